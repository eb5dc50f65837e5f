// steelyard explain-code: what a code means, with an example and the right way.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "cli/code_pages.h"
#include "cli/command.h"
#include "engine/base/text.h"
#include "engine/diag/codes.h"
#include "engine/diag/printable.h"

namespace steelyard {

namespace {

constexpr std::string_view kHelpEnglish =
    R"(steelyard explain-code: what a code such as SY0203 means, with an example

usage: steelyard explain-code [CODE…]

  CODE             one or several; without any, all codes are listed
  --lang en|zh     language of messages

Each code has a page of its own in docs/codes, which says the same.

Exit codes: 0 told; 2 wrong usage, or no such code.
)";

constexpr std::string_view kHelpChinese =
    R"(steelyard explain-code：说明 SY0203 等代码的含义，并举例

用法：steelyard explain-code [代码…]

  代码             一个或多个；省略时列出全部代码
  --lang en|zh     消息的语言

每个代码在 docs/codes 中都有一页，内容与此相同。

退出码：0 已说明；2 用法有误，或没有该代码。
)";

constexpr std::string_view kSecondHeading = "\n## ";

// Captions of the examples on a page, and what they are called in Chinese.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kCaptions = {{
    {"With:", "前提："},
    {"Raises it:", "会报告："},
    {"Right:", "正确写法："},
    {"For instance:", "例如："},
}};

std::string_view PageOf(std::string_view code) {
  const std::vector<CodePage>& pages = CodePages();
  const auto page = std::find_if(pages.begin(), pages.end(),
                                 [&](const CodePage& one) { return one.code == code; });
  return page == pages.end() ? std::string_view() : page->text;
}

// The examples of a page as a terminal shows them, with their captions.
std::string Examples(std::string_view page, Language language) {
  std::string text;
  bool inside = false;
  while (!page.empty()) {
    const size_t end = std::min(page.find('\n'), page.size());
    const std::string_view line = page.substr(0, end);
    page.remove_prefix(std::min(end + 1, page.size()));
    if (line.starts_with("```")) {
      inside = !inside;
      if (!inside) text += '\n';
    } else if (inside) {
      text += line.empty() ? "\n" : fmt::format("    {}\n", line);
    }
    for (const auto& [english, chinese] : kCaptions) {
      if (inside || line != english) continue;
      text += fmt::format("{}\n\n", language == Language::kEnglish ? english : chinese);
    }
  }
  return text;
}

std::string_view Trimmed(std::string_view text) {
  while (text.starts_with('\n')) text.remove_prefix(1);
  while (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

// What stands under the heading of this language, before the examples.
std::string_view Prose(std::string_view page, Language language) {
  const size_t second = page.find(kSecondHeading);
  std::string_view part = page.substr(0, second);
  if (language == Language::kChinese) {
    part = second == std::string_view::npos ? std::string_view() : page.substr(second + 1);
  }
  part.remove_prefix(std::min(part.find('\n'), part.size()));
  for (const auto& [caption, chinese] : kCaptions) {
    part = part.substr(0, part.find(fmt::format("\n{}\n", caption)));
  }
  return Trimmed(part);
}

std::string Explain(DiagKind kind, Language language) {
  const std::string_view page = PageOf(Info(kind).code);
  std::string text =
      fmt::format("{}{}{}\n", Info(kind).code, language == Language::kEnglish ? ": " : "：",
                  TitleOf(kind, language));
  if (page.empty()) return text;
  text += fmt::format("\n{}\n\n{}", Prose(page, language),
                      Examples(page.substr(0, page.find(kSecondHeading)), language));
  return std::string(Trimmed(text)) + "\n";
}

class ExplainCode : public Command {
 public:
  std::string_view name() const override { return "explain-code"; }
  std::string_view Help(Language language) const override {
    return language == Language::kEnglish ? kHelpEnglish : kHelpChinese;
  }
  std::string_view Needs(Language language) const override {
    return language == Language::kEnglish ? "a code" : "代码";
  }

  void Declare(CLI::App& app) override { app.add_option("codes", codes_)->take_all(); }

  ExitCode Run(const Console& console) override {
    std::string text;
    if (codes_.empty()) {
      for (const DiagKind kind : KindsByCode()) {
        text += fmt::format("{}  {}\n", Info(kind).code, TitleOf(kind, console.language()));
      }
    }
    for (const std::string& word : codes_) {
      const std::string code = ToUpper(NormalizeName(word));
      const std::optional<DiagKind> kind = KindOf(code);
      if (!kind) return Unknown(word, code, console);
      text += text.empty() ? "" : "\n";
      text += Explain(*kind, console.language());
    }
    return console.Print(text) ? ExitCode::kDone : ExitCode::kFailed;
  }

 private:
  static ExitCode Unknown(const std::string& word, const std::string& code,
                          const Console& console) {
    std::vector<std::string> advice;
    if (const std::optional<std::string> near = NearestCode(code)) {
      advice.push_back(
          fmt::format(fmt::runtime(console.Say("did you mean `{}`?", "您是指 `{}` 吗？")), *near));
    }
    advice.emplace_back(console.Say("`steelyard explain-code` lists all codes",
                                    "`steelyard explain-code` 列出全部代码"));
    console.TellError(
        fmt::format(fmt::runtime(console.Say("there is no code `{}`", "没有代码 `{}`")),
                    Printable(word, 60)),
        advice);
    return ExitCode::kUsage;
  }

  std::vector<std::string> codes_;
};

}  // namespace

std::unique_ptr<Command> MakeExplainCode() { return std::make_unique<ExplainCode>(); }

}  // namespace steelyard
