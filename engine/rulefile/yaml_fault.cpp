#include "engine/rulefile/yaml_fault.h"

#include <yaml-cpp/exceptions.h>

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "engine/base/text.h"
#include "engine/rulefile/align.h"
#include "engine/rulefile/yaml_read.h"

namespace steelyard {

namespace {

namespace yaml = YAML::ErrorMsg;

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

bool IsOneOf(std::string_view message, std::initializer_list<std::string_view> candidates) {
  // Some of yaml-cpp's messages go on with the character that was found.
  return std::any_of(candidates.begin(), candidates.end(),
                     [&](std::string_view candidate) { return message.starts_with(candidate); });
}

class Explainer {
 public:
  Explainer(const YamlFault& fault, FileId file, std::string_view text)
      : fault_(fault), file_(file), text_(text), at_(std::min(fault.offset, text.size())) {
    line_ = at_;
    while (line_ > 0 && text_[line_ - 1] != '\n') --line_;
    line_end_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
    first_ = line_;
    while (first_ < line_end_ && IsBlank(text_[first_])) ++first_;
  }

  FaultReport Run() {
    if (const size_t tab = text_.find('\t', line_); tab < first_) {
      return Say(DiagKind::kTabIndent, tab, tab + 1).With(HelpKind::kUseBlanks);
    }
    const std::string_view message = fault_.message;
    if (message == yaml::TAB_IN_INDENTATION) return Tab();
    if (IsOneOf(message, {yaml::INVALID_ESCAPE, yaml::INVALID_HEX, yaml::INVALID_UNICODE})) {
      return BadEscape();
    }
    if (IsOneOf(message, {yaml::EOF_IN_SCALAR, yaml::DOC_IN_SCALAR})) return UnclosedQuote();
    if (IsOneOf(message, {yaml::END_OF_MAP_FLOW, yaml::END_OF_SEQ_FLOW})) return UnclosedBracket();
    if (IsOneOf(message, {yaml::END_OF_MAP, yaml::END_OF_SEQ})) return MoreThanExpected();
    if (message == yaml::FLOW_END) return StrayBracket();
    if (message == yaml::BLOCK_ENTRY) return Dash();
    if (message == yaml::MAP_VALUE) return ColonOutOfPlace();
    if (message == yaml::BAD_FILE) return TooDeep();
    return ReservedOrUnclear();
  }

 private:
  // A report in the making.
  struct Draft {
    FaultReport report;

    Draft With(HelpKind help, std::vector<std::string> args = {}) && {
      report.diagnostic.Because(help, std::move(args));
      return std::move(*this);
    }
    Draft Overwriting(ByteRange bytes, char filler, ByteRange broken) && {
      report.repair = Repair{bytes, filler, broken};
      return std::move(*this);
    }
    operator FaultReport() && { return std::move(report); }  // NOLINT: ends the chain
  };

  Span MakeSpan(size_t begin, size_t end) const {
    return {file_, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  }
  Draft Say(DiagKind kind, size_t begin, size_t end, std::vector<std::string> args = {}) const {
    const size_t last = std::max(begin, std::min(end, text_.size()));
    return Draft{{{kind, MakeSpan(begin, last), std::move(args), {}}, std::nullopt}};
  }

  char At(size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }

  // The value that the line of the fault holds: behind its dashes and its key.
  ByteRange LineValue() const {
    size_t begin = first_;
    while (text_.substr(begin).starts_with("- ")) {
      begin = std::min(text_.find_first_not_of(' ', begin + 1), line_end_);
    }
    const size_t colon = text_.substr(0, line_end_).find(": ", begin);
    if (colon != std::string_view::npos && colon < at_) begin = colon + 2;
    while (begin < line_end_ && IsBlank(text_[begin])) ++begin;
    return {begin, std::max(line_end_, begin + 1)};
  }

  FaultReport Tab() const {
    const size_t tab = std::min(text_.find('\t', at_), line_end_);
    return Say(DiagKind::kTabIndent, tab, tab + 1).With(HelpKind::kUseBlanks);
  }

  FaultReport BadEscape() const {
    size_t begin = at_;
    while (begin > line_ && At(begin) != '\\') --begin;
    if (begin + 1 >= text_.size()) return UnclosedQuote();
    const size_t end = std::max(begin + 2, at_);
    const std::string escape(text_.substr(begin, end - begin));
    return Say(DiagKind::kBadEscape, begin, end, {escape})
        .With(HelpKind::kDoubleBackslash)
        .Overwriting({begin, begin + 2}, 'x', {begin, begin + 2});
  }

  // The quote that is not closed begins a value at or after the last thing that was read.
  FaultReport UnclosedQuote() const {
    for (size_t at = fault_.last_offset; at < text_.size(); ++at) {
      const char c = text_[at];
      if (c != '"' && c != '\'') continue;
      const bool begins =
          at == 0 || std::string_view(" \t\n[{,").find(text_[at - 1]) != std::string_view::npos;
      if (!begins) continue;
      const std::optional<size_t> end = FindClosingQuote(text_, at);
      const bool past_fault = !end || *end > at_;
      if (past_fault) return Say(DiagKind::kUnclosedQuote, at, at + 1, {std::string(1, c)});
      at = *end;
    }
    return Say(DiagKind::kYamlUnclear, at_, line_end_);
  }

  FaultReport UnclosedBracket() const {
    if (!fault_.open_bracket) return Say(DiagKind::kYamlUnclear, at_, line_end_);
    const bool same_line = *fault_.open_bracket >= line_;
    const size_t before = BeforeFault();
    if (same_line && at_ < line_end_ && IsCloser(At(before))) {
      return Say(DiagKind::kTextAfterEnd, at_, line_end_, {std::string(1, At(before))})
          .With(HelpKind::kCommaBetween);
    }
    if (!same_line || At(at_) != ':') return OpenBracket();
    return Say(DiagKind::kColonInValue, at_, at_ + 1)
        .With(HelpKind::kCommaBetween)
        .Overwriting({at_, at_ + 1}, 'x', LineValue());
  }

  FaultReport OpenBracket() const {
    const size_t open = *fault_.open_bracket;
    const char* const closing = text_[open] == '[' ? "]" : "}";
    return Say(DiagKind::kUnclosedBracket, open, open + 1, {std::string(1, text_[open])})
        .With(HelpKind::kCloseBracketWith, {closing});
  }

  FaultReport StrayBracket() const {
    if (fault_.open_bracket) return UnclosedBracket();
    const ByteRange value = LineValue();
    return Say(DiagKind::kStrayBracket, at_, at_ + 1, {std::string(1, At(at_))})
        .With(HelpKind::kQuoteWhole)
        .Overwriting({at_, at_ + 1}, 'x', value);
  }

  FaultReport Dash() const {
    if (at_ == first_) return Misfit(first_, line_end_);
    return Say(DiagKind::kDashInValue, at_, at_ + 1)
        .With(HelpKind::kListOnNewLine)
        .With(HelpKind::kQuoteWhole)
        .Overwriting({at_, at_ + 1}, 'x', LineValue());
  }

  Draft Misfit(size_t begin, size_t end) const {
    return Say(DiagKind::kIndentation, begin, end).With(HelpKind::kLineUp);
  }

  // The last character before the fault that is not blank.
  size_t BeforeFault() const {
    size_t before = at_ > 0 ? at_ - 1 : 0;
    while (before > first_ && IsBlank(At(before))) --before;
    return before;
  }
  static bool IsCloser(char c) {
    return std::string_view("\"'}]").find(c) != std::string_view::npos;
  }

  // Something follows where a list or mapping should go on with its next line.
  FaultReport MoreThanExpected() const {
    if (at_ <= first_) return Misfit(first_, line_end_);
    const char closer = At(BeforeFault());
    if (!IsCloser(closer)) {
      return At(at_) == ',' ? ReservedOrUnclear() : Misfit(first_, line_end_);
    }
    return Say(DiagKind::kTextAfterEnd, at_, line_end_, {std::string(1, closer)})
        .With(HelpKind::kQuoteWhole)
        .Overwriting({at_, line_end_}, ' ', LineValue());
  }

  // A colon with no key before it: two in one line, a line indented too far, or a line above that
  // has no colon and so goes on here.
  FaultReport ColonOutOfPlace() const {
    const ByteRange value = LineValue();
    if (value.begin > first_ && value.begin < at_ &&
        text_.substr(0, at_).find(": ", first_) < at_) {
      return Say(DiagKind::kColonInValue, at_, at_ + 1)
          .With(HelpKind::kQuoteWhole)
          .Overwriting({at_, at_ + 1}, 'x', value);
    }
    if (const auto above = LineAbove()) {
      const std::string_view line = text_.substr(above->begin, above->end - above->begin);
      const bool same_column = ColumnOf(above->begin) == first_ - line_;
      if (same_column && line.find(": ") == std::string_view::npos && !line.ends_with(':')) {
        Draft draft = Say(DiagKind::kNoColon, above->begin, above->end, {std::string(line)});
        ExplainColon(line, draft.report.diagnostic);
        return draft;
      }
    }
    return Misfit(first_, at_);
  }

  size_t ColumnOf(size_t offset) const {
    const size_t line = text_.substr(0, offset).rfind('\n');
    return line == std::string_view::npos ? offset : offset - line - 1;
  }

  // The text of the line above, without comment lines, blanks around it and its line end.
  std::optional<ByteRange> LineAbove() const {
    size_t end = line_;
    while (end > 0) {
      const size_t line_end = end - 1;  // at the line feed
      const size_t before = text_.substr(0, line_end).rfind('\n');
      const size_t start = before == std::string_view::npos ? 0 : before + 1;
      const size_t first = text_.find_first_not_of(" \t\r", start);
      if (first < line_end && text_[first] != '#') {
        const size_t last = text_.find_last_not_of(" \t\r", line_end - 1);
        return ByteRange{first, last + 1};
      }
      end = start;
    }
    return std::nullopt;
  }

  FaultReport TooDeep() const {
    const size_t place = fault_.open_bracket.value_or(std::min(at_, fault_.last_offset));
    return Say(DiagKind::kYamlTooDeep, place, place + 1, {std::to_string(kMaxYamlDepth)});
  }

  // A value that begins with a sign that YAML keeps for itself.
  FaultReport ReservedOrUnclear() const {
    const std::optional<size_t> sign_at = FindReserved();
    if (!sign_at) {
      if (fault_.open_bracket) return OpenBracket();
      return Say(DiagKind::kYamlUnclear, at_, std::max(line_end_, at_ + 1));
    }
    const size_t begin = *sign_at;
    const size_t value_end = InBrackets(begin)
                                 ? std::min(text_.find_first_of(",]}\r\n", begin), text_.size())
                                 : line_end_;
    const std::string_view value = text_.substr(begin, value_end - begin);
    const std::string sign = value[0] == '`' ? "'`'" : "`" + std::string(1, value[0]) + "`";
    return Say(DiagKind::kReservedStart, begin, value_end, {sign})
        .With(HelpKind::kPutInQuotes, {Quoted(value)})
        .Overwriting({begin, value_end}, 'x', {begin, value_end});
  }

  // The sign at the fault, or the one before it: some faults are noticed behind the sign, as with
  // `> 5` and `|x|`.
  std::optional<size_t> FindReserved() const {
    static constexpr std::string_view kReserved = "`@%*&!|>?,";
    const auto is_reserved = [&](size_t at) {
      return at < text_.size() && kReserved.find(text_[at]) != std::string_view::npos;
    };
    size_t begin = at_;
    if (!is_reserved(begin)) {
      while (begin > line_ && IsBlank(text_[begin - 1])) --begin;
      while (begin > line_ && !IsBlank(text_[begin - 1]) && !is_reserved(begin)) --begin;
    }
    if (!is_reserved(begin) || (begin < at_ && text_[begin] == ',')) return std::nullopt;
    while (begin > line_ && is_reserved(begin - 1) && text_[begin - 1] != ',') --begin;
    return begin;
  }

  // yaml-cpp holds brackets back until they are closed, so they may not have been told yet.
  bool InBrackets(size_t offset) const {
    size_t depth = fault_.open_bracket ? 1 : 0;
    for (size_t at = fault_.last_offset; at < offset; ++at) {
      const char c = text_[at];
      if (c == '"' || c == '\'') at = FindClosingQuote(text_, at).value_or(at);
      if (c == '[' || c == '{') ++depth;
      if ((c == ']' || c == '}') && depth > 0) --depth;
    }
    return depth > 0;
  }

  static std::string Quoted(std::string_view value) {
    while (!value.empty() && IsBlank(value.back())) value.remove_suffix(1);
    const char quote = value.find('"') == std::string_view::npos ? '"' : '\'';
    const bool plain = value.find('\\') == std::string_view::npos && value.size() <= 80;
    if (!plain || value.find(quote) != std::string_view::npos) return "'…'";
    return quote + std::string(value) + quote;
  }

  const YamlFault& fault_;
  FileId file_;
  std::string_view text_;
  size_t at_;
  size_t line_ = 0;   // where the line of the fault begins
  size_t first_ = 0;  // its first character that is not blank
  size_t line_end_ = 0;
};

}  // namespace

FaultReport ExplainFault(const YamlFault& fault, FileId file, std::string_view text) {
  return Explainer(fault, file, text).Run();
}

}  // namespace steelyard
