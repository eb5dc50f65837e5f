// steelyard verify: holds a receipt against its files, or a ledger against its own chain.
#include <fmt/format.h>

#include "cli/command.h"
#include "cli/data_arguments.h"
#include "engine/base/sha256.h"
#include "engine/base/text.h"
#include "engine/diag/printable.h"
#include "engine/receipt.h"

namespace steelyard {

namespace {

constexpr size_t kLongestPath = 400;

constexpr std::string_view kHelpEnglish =
    R"(steelyard verify: find what differs from a receipt, or where a ledger was altered

usage: steelyard verify RECEIPT|LEDGER [--rules FILE] [--data …] [--head HASH]

  --rules FILE         these rules, instead of those that the receipt names
  --data DIR|FILE|TABLE=FILE …
                       these data, instead of those that the receipt names
  --result FILE        this file of results, instead of the one that the receipt names
  --head HASH          the ledger must have a record with this hash, as `score` has told it
  --format text|json   how the verdict is shown; otherwise text
  --lang en|zh         language of messages

A receipt holds where its files are there and unchanged, and these rules make this result of these
data. A ledger holds where no record was altered, removed, inserted or moved; records taken from
its end show with --head only.

Exit codes: 0 it holds; 1 it does not; 2 wrong usage; 3 a file that cannot be read, or is neither.
)";

constexpr std::string_view kHelpChinese =
    R"(steelyard verify：核对收据与文件和结果有何不同，或查出账本何处被改动

用法：steelyard verify 收据|账本 [--rules 文件] [--data …] [--head 哈希值]

  --rules 文件         使用这份规则，而不是收据所写的
  --data 文件夹|文件|表=文件 …
                       使用这些数据，而不是收据所写的
  --result 文件        核对这份结果，而不是收据所写的
  --head 哈希值        账本中必须有一条记录的哈希值与之相符（`score` 会显示它）
  --format text|json   结论的显示格式；默认为 text
  --lang en|zh         消息的语言

文件都在且未改动，并且由这些规则和数据得出该结果时，收据成立。没有记录被改动、删除、插入或
移动时，账本成立；末尾的记录被删除，只有用 --head 才能发现。

退出码：0 成立；1 不成立；2 用法有误；3 文件无法读取，或既不是收据也不是账本。
)";

class VerifyCommand : public Command {
 public:
  std::string_view name() const override { return "verify"; }
  std::string_view Help(Language language) const override {
    return language == Language::kEnglish ? kHelpEnglish : kHelpChinese;
  }
  std::string_view Needs(Language language) const override {
    return language == Language::kEnglish ? "a receipt or a ledger" : "收据或账本";
  }

  void Declare(CLI::App& app) override {
    app.add_option("receipt", options_.receipt)->required();
    app.add_option("--rules", options_.rules);
    app.add_option("--data", options_.data)->take_all()->allow_extra_args(false);
    app.add_option("--result", options_.result);
    app.add_option("--head", head_);
    app.add_option("--format", format_);
  }

  void Prepare(std::vector<std::string>& arguments) const override { SpreadData(arguments); }

  ExitCode Run(const Console& console) override {
    head_ = ToLower(head_);
    if (format_ != "text" && format_ != "json") {
      return Misused(console.Say("`verify --format` takes text or json",
                                 "`verify --format` 须为 text 或 json"),
                     console);
    }
    if (!head_.empty() && !IsSha256(head_)) {
      return Misused(console.Say("`--head` takes the 64 hexadecimal digits of a record's hash",
                                 "`--head` 须为一条记录的哈希值，共 64 位十六进制数"),
                     console);
    }
    Session session;
    const std::optional<VerifiedKind> kind = KindOf(session, options_.receipt);
    if (!kind) {
      console.TellDiagnostics(session);
      return CodeOfFailure(session);
    }
    if (*kind == VerifiedKind::kEmpty) return Empty(console);
    return *kind == VerifiedKind::kLedger ? RunLedger(session, console)
                                          : RunReceipt(session, console);
  }

 private:
  static ExitCode Misused(std::string_view what, const Console& console) {
    console.TellError(what);
    return ExitCode::kUsage;
  }

  // A ledger whose records were all taken away looks like this, so it does not pass for one.
  ExitCode Empty(const Console& console) const {
    console.TellError(fmt::format(
        fmt::runtime(console.Say("`{}` is empty: it is no receipt, and a ledger without a record",
                                 "`{}` 是空文件：不是收据，作为账本则没有任何记录")),
        Printable(options_.receipt, kLongestPath)));
    return ExitCode::kFailed;
  }

  ExitCode RunLedger(Session& session, const Console& console) const {
    if (!options_.rules.empty() || !options_.data.empty() || !options_.result.empty()) {
      return Misused(console.Say("`--rules`, `--data` and `--result` go with a receipt, not with a "
                                 "ledger",
                                 "`--rules`、`--data` 和 `--result` 用于收据，不用于账本"),
                     console);
    }
    const auto verdict = VerifyLedger(options_.receipt, head_, session.sink);
    if (!verdict) {
      console.TellDiagnostics(session);
      return CodeOfFailure(session);
    }
    const bool holds =
        verdict->flaw == LedgerFlaw::kNone && (head_.empty() || verdict->asked_head > 0);
    const bool printed =
        console.Print(format_ == "json" ? LedgerVerdictJson(*verdict, head_)
                                        : LedgerVerdictText(*verdict, head_, console.language()));
    if (!printed) return ExitCode::kFailed;
    return holds ? ExitCode::kDone : ExitCode::kWanting;
  }

  ExitCode RunReceipt(Session& session, const Console& console) const {
    if (!head_.empty()) {
      return Misused(console.Say("`--head` goes with a ledger, not with a receipt",
                                 "`--head` 用于账本，不用于收据"),
                     console);
    }
    const auto outcome = VerifyReceipt(session, options_);
    if (session.sink.HasErrors()) console.TellDiagnostics(session);
    if (!outcome) return CodeOfFailure(session);
    const bool printed =
        console.Print(format_ == "json" ? ReceiptVerdictJson(*outcome)
                                        : ReceiptVerdictText(*outcome, console.language()));
    if (!printed) return ExitCode::kFailed;
    return outcome->holds() ? ExitCode::kDone : ExitCode::kWanting;
  }

  VerifyOptions options_;
  std::string head_;
  std::string format_ = "text";
};

}  // namespace

std::unique_ptr<Command> MakeVerify() { return std::make_unique<VerifyCommand>(); }

}  // namespace steelyard
