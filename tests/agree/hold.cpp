#include "tests/agree/hold.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <optional>
#include <vector>

#include "engine/diag/render.h"
#include "engine/exact/evaluate.h"
#include "engine/fast/kernels.h"
#include "engine/fast/run.h"
#include "engine/program/prune.h"
#include "engine/score.h"
#include "engine/score_to.h"

namespace steelyard::agree {
namespace {

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "steelyard-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

class Sink final : public ResultSink {
 public:
  void Begin() override { text.clear(); }
  void Write(std::string_view piece) override { text += piece; }
  std::string text;
};

Session InMemory(const std::string& rules) {
  return Session([rules](const std::string& path) -> LoadedText {
    if (path != "rules.yaml") return {"", LoadFailure::kNotFound};
    return {rules, std::nullopt};
  });
}

std::string Shown(const Value& value) {
  if (value.missing()) return "missing";
  if (value.is_number()) return value.number().ToFraction();
  if (value.is_bool()) return value.truth() ? "true" : "false";
  return value.is_text() ? value.text() : "a date or period";
}

// Does a number of the fast evaluator stand for the value?
bool StandsFor(const Value& value, double number, const fast::Bound& bound, const fast::Run& run) {
  if (value.missing()) return std::isnan(number);
  if (std::isnan(number)) return false;
  if (value.is_bool()) return number == (value.truth() ? 1 : 0);
  if (value.is_text()) return run.TextOf(number) == value.text();
  if (!value.is_number()) return true;  // dates are written from the exact value
  if (std::isinf(number)) return !std::isfinite(bound.error);
  const Number apart = Abs(value.number() - Number(mpq_class(number)));
  return !std::isfinite(bound.error) || apart <= Number(mpq_class(bound.error));
}

// All that `ScoreTo` and the exact evaluator put out.
struct Written {
  std::string results;
  std::string summary;
  std::string rejects;
};

Written WrittenBy(const ScoreOutcome& outcome, std::string results) {
  return {std::move(results), Summary(outcome.summary, Language::kEnglish),
          RejectsCsv(outcome.rejects, Language::kEnglish)};
}

std::string FirstDifference(const std::string& exact, const std::string& fast) {
  const size_t length = std::min(exact.size(), fast.size());
  size_t at = 0;
  while (at < length && exact[at] == fast[at]) ++at;
  const auto line = [at](const std::string& text) {
    const size_t end = std::min(at, text.size());
    const size_t before = end == 0 ? std::string::npos : text.rfind('\n', end - 1);
    const size_t begin = before == std::string::npos ? 0 : before + 1;
    return text.substr(begin, text.find('\n', end) - begin);
  };
  return "\n  exact: " + line(exact) + "\n  fast:  " + line(fast);
}

class Holding {
 public:
  Holding(const std::string& rules, const std::map<std::string, std::string>& data,
          const HoldOptions& options)
      : options_(options), rules_(rules), session_(InMemory(rules_)) {
    for (const auto& [table, csv] : data) folder_.Write(table + ".csv", csv);
    score_.rules = "rules.yaml";
    score_.data = {folder_.path()};
  }

  Finding Run() {
    finding_.counts.cases = 1;
    CardShelf shelf(session_);
    const std::unique_ptr<Card> card = OpenCard(shelf, score_.rules);
    const CardChain chain = {"rules.yaml"};
    std::optional<ReadyCard> ready;
    if (card) ready = MakeReady(shelf, card->file, card->model, score_, chain, false);
    if (!ready) {
      finding_.counts.refused = 1;
      finding_.refusal = RenderAll(session_.sink, session_.sources, {});
      return finding_;
    }
    const Evaluation evaluation = Evaluate(ready->program, ready->data.tables, ready->plan.frame);
    HoldCells(*ready, evaluation, 1);
    if (Differs()) return finding_;
    if (options_.texts) HoldTexts(card->model, *ready, evaluation);
    return finding_;
  }

 private:
  bool Differs() const { return !finding_.difference.empty(); }

  void HoldCells(const ReadyCard& ready, const Evaluation& evaluation, size_t threads) {
    const std::vector<NodeId> outputs = Outputs(ready.program);
    fast::Run run(ready.program, ready.data.tables, ready.plan.frame, outputs, threads);
    fast::Runner runner = run.MakeRunner();
    finding_.counts.rows += run.rows();
    for (size_t row = 0; row < run.rows() && !Differs(); row += fast::kBlockRows) {
      const fast::Block& block = runner.Run(row, std::min(fast::kBlockRows, run.rows() - row));
      finding_.counts.exact_rows += block.undecided.size();
      HoldBlock(block, outputs, evaluation, run);
      run.Forget();
    }
  }

  void HoldBlock(const fast::Block& block, const std::vector<NodeId>& outputs,
                 const Evaluation& evaluation, fast::Run& run) {
    std::vector<bool> undecided(block.rows);
    for (const uint32_t row : block.undecided) undecided[row] = true;
    for (size_t i = 0; i < block.rows; ++i) {
      const size_t row = block.first + i;
      // Asking for all of them would take longer than everything else.
      const bool ask = undecided[i] || (row * 2654435761U) % 16 == 0;
      for (size_t output = 0; output < outputs.size(); ++output) {
        const NodeId node = outputs[output];
        const Value& exact = evaluation.at(node, row);
        ++finding_.counts.cells;
        if (ask) {
          const Value asked = run.Exact(node, row);
          if (!(asked == exact))
            return Tell(node, row, exact, "asked for exactly: " + Shown(asked));
        }
        if (undecided[i]) continue;
        const fast::Bound& bound = block.bounds[output];
        double number = block.values[output][i];
        if (options_.change_number != nullptr) number = options_.change_number(number, bound);
        if (StandsFor(exact, number, bound, run)) continue;
        return Tell(node, row, exact, fmt::format("fast: {} ± {}", number, bound.error));
      }
    }
  }

  void Tell(NodeId node, size_t row, const Value& exact, const std::string& found) {
    finding_.difference =
        fmt::format("n{} in row {}: {}; {}", node.value, row, Shown(exact), found);
  }

  void HoldTexts(const Model& model, const ReadyCard& ready, const Evaluation& evaluation) {
    const auto exact = ScoreReady(session_, model, ready, evaluation, nullptr);
    const Written csv = WrittenBy(*exact, ToCsv(exact->table));
    HoldText(csv, ResultFormat::kCsv, 1);
    if (!options_.all_ways) return;
    HoldText(csv, ResultFormat::kCsv, 3);
    HoldText(WrittenBy(*exact, ToJson(exact->table)), ResultFormat::kJson, 3);
  }

  void HoldText(const Written& exact, ResultFormat format, size_t threads) {
    if (Differs()) return;
    Session session = InMemory(rules_);
    Sink sink;
    score_.threads = threads;
    const auto outcome = ScoreTo(session, score_, {format, false}, sink);
    if (!outcome) {
      finding_.difference = "only the fast run failed";
      return;
    }
    if (options_.change_text != nullptr) options_.change_text(sink.text);
    const Written fast = WrittenBy(*outcome, sink.text);
    Same("results", exact.results, fast.results);
    Same("summary", exact.summary, fast.summary);
    Same("rejects", exact.rejects, fast.rejects);
  }

  void Same(const std::string& what, const std::string& exact, const std::string& fast) {
    if (exact == fast || Differs()) return;
    finding_.difference = what + FirstDifference(exact, fast);
  }

  const HoldOptions& options_;
  const std::string rules_;
  const Folder folder_;
  Session session_;
  ScoreOptions score_;
  Finding finding_;
};

}  // namespace

void Counts::Add(const Counts& other) {
  cases += other.cases;
  refused += other.refused;
  rows += other.rows;
  exact_rows += other.exact_rows;
  cells += other.cells;
}

std::string Counts::Text() const {
  const double share =
      rows == 0 ? 0 : 100 * static_cast<double>(exact_rows) / static_cast<double>(rows);
  return fmt::format(
      "{} cases ({} refused), {} rows, {} cells, {:.3f} % of rows left to exact arithmetic", cases,
      refused, rows, cells, share);
}

Finding Hold(const std::string& rules, const std::map<std::string, std::string>& data,
             const HoldOptions& options) {
  return Holding(rules, data, options).Run();
}

Finding Hold(const Case& made, const HoldOptions& options) {
  HoldOptions here = options;
  here.all_ways = options.all_ways || made.seed % 4 == 0;
  return Hold(made.Rules(), made.Data(), here);
}

}  // namespace steelyard::agree
