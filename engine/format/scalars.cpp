// What YAML takes a text for depends on its first character, on `: ` and ` #` in it, and on whether
// it stands within brackets. Where in doubt, quotes.
#include "engine/format/scalars.h"

#include <algorithm>
#include <iterator>

#include "engine/base/text.h"

namespace steelyard {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool HasControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<uint8_t>(c) < 0x20 || c == 0x7F; });
}

std::string_view Trimmed(std::string_view text) {
  const auto blank = [](char c) { return IsBlank(c) || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

bool BeginsPlain(std::string_view text) {
  if (std::string_view(",[]{}#&*!|>'\"%@`?").find(text[0]) != std::string_view::npos) return false;
  if (text[0] != '-' && text[0] != ':') return true;
  return text.size() > 1 && !IsBlank(text[1]) && text != "---";
}

std::vector<std::string_view> SplitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (true) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (size_t i = 0; i < lines.size(); ++i) text += (i > 0 ? "\n" : "") + lines[i];
  return text;
}

std::vector<std::string> Owned(const std::vector<std::string_view>& lines) {
  return {lines.begin(), lines.end()};
}

size_t IndentOf(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

}  // namespace

bool IsPlain(std::string_view text, bool in_flow) {
  if (text.empty() || HasControl(text) || IsBlank(text.front()) || IsBlank(text.back())) {
    return false;
  }
  if (!BeginsPlain(text) || text.starts_with("...") || text.back() == ':') return false;
  if (text == "~" || ToLower(text) == "null") return false;
  if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos) {
    return false;
  }
  if (!in_flow) return true;
  return text.find_first_of(",[]{}?") == std::string_view::npos;
}

bool LooksTyped(std::string_view text) {
  constexpr std::string_view kWords[] = {"y",     "n", "yes",  "no", "on", "off",  "true",
                                         "false", "~", "null", "=",  "<<", ".inf", ".nan"};
  const std::string lower = ToLower(text);
  if (std::find(std::begin(kWords), std::end(kWords), lower) != std::end(kWords)) return true;
  const size_t first = text.find_first_not_of("+-.");
  return first != std::string_view::npos && IsDigit(text[first]);
}

std::string Quoted(std::string_view text) {
  if (text.find_first_of("\"\\") == std::string_view::npos) return '"' + std::string(text) + '"';
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? "''" : std::string(1, c);
  return quoted + "'";
}

void Scalars::AddFormula(uint32_t offset, std::string_view formula) {
  formulas_.emplace(offset, formula);
}

std::string_view Scalars::Written(const YamlNode& node) const {
  return text_.substr(node.begin, node.end - node.begin);
}

bool Scalars::IsFormula(const YamlNode& node) const {
  const std::string_view whole = node.text.text;
  const std::string_view text = Trimmed(whole);
  if (text.empty()) return false;
  const auto found =
      formulas_.find(node.text.offsets[static_cast<size_t>(text.data() - whole.data())]);
  return found != formulas_.end() && found->second == text;
}

// A range is a text of two formulas, and `cap 80` holds one: neither is touched.
std::optional<std::string> Scalars::LaidOut(const YamlNode& node, std::string_view text) const {
  if (!IsFormula(node)) return std::nullopt;
  const auto laid_out = LayOutFormula(Trimmed(text), FormulaKind::kFormula, style_);
  return laid_out ? laid_out : LayOutFormula(Trimmed(text), FormulaKind::kBand, style_);
}

std::optional<std::string> Scalars::OneLine(const YamlNode& node, bool in_flow) const {
  if (node.style == TextStyle::kBlock) return std::nullopt;
  const std::string_view written = Written(node);
  const bool is_long = written.find('\n') != std::string_view::npos;
  const std::string& text = node.text.text;
  if (HasControl(text)) {
    return is_long ? std::nullopt : std::optional<std::string>(written);
  }
  const auto formula = LaidOut(node, text);
  if (node.style == TextStyle::kQuoted) return QuotedAgain(node, formula, in_flow);
  if (!is_long && (!formula || *formula == text)) return std::string(written);
  const std::string& wanted = formula ? *formula : text;
  return IsPlain(wanted, in_flow) ? wanted : Quoted(wanted);
}

// Escapes stay as their author wrote them, and so do quotes that keep other readers of YAML from
// taking a text for a number.
std::optional<std::string> Scalars::QuotedAgain(const YamlNode& node,
                                                const std::optional<std::string>& formula,
                                                bool in_flow) const {
  const std::string_view written = Written(node);
  const bool has_escapes = written[0] == '"' && written.find('\\') != std::string_view::npos;
  if (has_escapes && (!formula || *formula == node.text.text)) {
    if (written.find('\n') != std::string_view::npos) return std::nullopt;
    return std::string(written);
  }
  const std::string& wanted = formula ? *formula : node.text.text;
  const bool needs_quotes = keeps_quotes_ || !IsPlain(wanted, in_flow) || LooksTyped(wanted);
  return needs_quotes ? Quoted(wanted) : wanted;
}

bool Scalars::IsLong(const YamlNode& node) const {
  return node.style != TextStyle::kBlock && Written(node).find('\n') != std::string_view::npos;
}

std::vector<std::string> Scalars::Lines(const YamlNode& node) const {
  const std::string_view written = Written(node);
  std::vector<std::string> lines;
  const bool has_escapes = written.find('\\') != std::string_view::npos;
  for (std::string_view line : SplitLines(written)) {
    // A blank behind a backslash is one that counts.
    const std::string_view trimmed = Trimmed(line);
    const bool cuts = has_escapes && trimmed.ends_with('\\') && trimmed.end() != line.end();
    if (cuts) line.remove_prefix(static_cast<size_t>(trimmed.begin() - line.begin()));
    lines.emplace_back(cuts ? line : trimmed);
  }
  const bool quoted = node.style == TextStyle::kQuoted;
  const std::string all = Joined(lines);
  const std::string inner = quoted ? all.substr(1, all.size() - 2) : all;
  if (has_escapes || (quoted && inner.find(all[0]) != std::string::npos)) return lines;
  const auto formula = LaidOut(node, inner);
  if (!formula || (!quoted && !IsPlain(node.text.text, false))) return lines;
  std::string flat = *formula;
  std::replace(flat.begin(), flat.end(), '\n', ' ');
  if (!quoted && !IsPlain(flat, false)) return lines;
  const std::string quote = quoted ? all.substr(0, 1) : "";
  return Owned(SplitLines(quote + *formula + quote));
}

BlockText Scalars::Block(const YamlNode& node) const {
  BlockText block;
  const size_t line_end = std::min(text_.find('\n', node.begin), text_.size());
  const std::string_view header = text_.substr(node.begin, line_end - node.begin);
  const size_t header_end = std::min(header.find_first_of(" \t\r#"), header.size());
  bool says_indent = false;
  for (const char c : header.substr(0, header_end)) {
    says_indent = says_indent || IsDigit(c);
    block.header += IsDigit(c) ? '2' : c;
  }
  if (node.end <= line_end) return block;
  std::string_view body = text_.substr(line_end + 1, node.end - line_end - 1);
  if (body.ends_with('\n')) body.remove_suffix(1);
  std::vector<std::string_view> lines = SplitLines(body);
  // The first line with text tells how far the lines are indented, less what is part of the text.
  const auto first = std::find_if(lines.begin(), lines.end(),
                                  [](std::string_view line) { return !Trimmed(line).empty(); });
  size_t indent = first == lines.end() ? 0 : IndentOf(*first);
  if (says_indent && first != lines.end()) {
    const std::string_view value = node.text.text;
    indent -= std::min(
        indent, IndentOf(value.substr(std::min(value.find_first_not_of('\n'), value.size()))));
  }
  for (const std::string_view line : lines) {
    block.lines.emplace_back(line.substr(std::min(indent, IndentOf(line))));
  }
  if (const auto formula = LaidOut(node, Joined(block.lines))) {
    block.lines = Owned(SplitLines(*formula));
  }
  return block;
}

}  // namespace steelyard
