// Grows the tree one event at a time, and says what is wrong with each piece as it is attached.
#include "engine/rulefile/yaml_build.h"

#include <algorithm>
#include <utility>

#include "engine/base/text.h"
#include "engine/rulefile/align.h"
#include "engine/rulefile/yaml_read.h"

namespace steelyard {

namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t'; }
bool IsSpace(char c) { return IsBlank(c) || c == '\n' || c == '\r'; }

TextStyle StyleOf(char first) {
  switch (first) {
    case '"':
    case '\'': return TextStyle::kQuoted;
    case '|':
    case '>': return TextStyle::kBlock;
    default: return TextStyle::kPlain;
  }
}

// What yaml-cpp calls a word: up to a blank, a comma or a bracket.
std::string WordAt(std::string_view text, size_t offset) {
  const size_t end = std::min(text.find_first_of(" \t\r\n,[]{}", offset), text.size());
  return std::string(text.substr(offset, end - offset));
}

ptrdiff_t Count(std::string_view text, std::string_view part) {
  ptrdiff_t count = 0;
  for (size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

// How many more parentheses a plain text opens than it closes.
ptrdiff_t OpenParentheses(const YamlNode& node) {
  if (node.shape != Shape::kText || node.style != TextStyle::kPlain) return 0;
  const std::string_view text = node.text.text;
  return Count(text, "(") + Count(text, "（") - Count(text, ")") - Count(text, "）");
}

}  // namespace

std::optional<size_t> YamlBuilder::OpenBracket() const {
  if (levels_.empty() || !levels_.back().node.is_flow) return std::nullopt;
  // `[a b: c]` makes a mapping without brackets of its own inside the list.
  for (size_t i = levels_.size(); i-- > 0;) {
    size_t begin = levels_[i].node.span.begin;
    const bool has_tag = At(begin) == '!' || At(begin) == '&';
    if (has_tag) begin = std::min(text_.find_first_of("[{", begin), text_.size());
    if (At(begin) == '[' || At(begin) == '{') return begin;
  }
  return std::nullopt;
}

void YamlBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (!root_) return;
  const size_t offset = Offset(mark);
  const size_t line_end = std::min(text_.find_first_of("\r\n", offset), text_.size());
  const bool marked = text_.substr(offset).starts_with("---");
  sink_
      .Report(marked ? DiagKind::kSecondDocument : DiagKind::kIndentation,
              MakeSpan(offset, marked ? offset + 3 : line_end))
      .Because(marked ? HelpKind::kOneFile : HelpKind::kLineUp);
  throw StopReading{};
}

// --- texts --------------------------------------------------------------------------------------

bool YamlBuilder::IsBroken(const YamlNode& node, size_t begin, size_t end) const {
  const bool is_text = node.shape == Shape::kText;
  return std::any_of(broken_.begin(), broken_.end(), [&](const ByteRange& range) {
    return begin < range.end && (is_text ? end > range.begin : begin >= range.begin);
  });
}

YamlNode YamlBuilder::Start(Shape shape, size_t offset) {
  if (++parts_ > kMaxYamlParts) {
    sink_.Report(DiagKind::kTooManyParts, MakeSpan(offset, offset + 1),
                 {std::to_string(kMaxYamlParts)});
    throw StopReading{};
  }
  if (sink_.error_count() >= kMaxFaults) {
    sink_.Report(DiagKind::kTooManyFaults, MakeSpan(offset, offset + 1),
                 {std::to_string(kMaxFaults)});
    throw StopReading{};
  }
  last_offset_ = offset;
  YamlNode node;
  node.shape = shape;
  node.in_flow = !levels_.empty() && levels_.back().node.is_flow;
  node.span = MakeSpan(offset, std::min(offset + 1, text_.size()));
  node.begin = node.span.begin;
  node.end = node.span.end;
  return node;
}

// Anchors and tags are reported once; the node they stand before is then broken.
bool YamlBuilder::Refused(size_t offset) {
  const bool had_anchor = std::exchange(next_is_broken_, false);
  if (At(offset) != '!') return had_anchor;
  const std::string tag = WordAt(text_, offset);
  sink_.Report(DiagKind::kTag, MakeSpan(offset, offset + tag.size()), {tag})
      .Because(HelpKind::kQuoteWhole);
  return true;
}

void YamlBuilder::OnAnchor(const YAML::Mark& mark, const std::string& /*name*/) {
  const size_t offset = Offset(mark);
  const std::string anchor = WordAt(text_, offset);
  sink_.Report(DiagKind::kAnchor, MakeSpan(offset, offset + anchor.size()), {anchor})
      .Because(HelpKind::kUseParameters);
  next_is_broken_ = true;
}

void YamlBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) {
  const size_t offset = Offset(mark);
  YamlNode node = Start(Shape::kBroken, offset);
  const std::string alias = WordAt(text_, offset);
  node.span = MakeSpan(offset, offset + alias.size());
  node.end = node.span.end;
  sink_.Report(DiagKind::kAnchor, node.span, {alias}).Because(HelpKind::kUseParameters);
  Attach(std::move(node));
}

void YamlBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) {
  YamlNode node = Start(Shape::kNothing, Offset(mark));
  if (std::exchange(next_is_broken_, false)) node.shape = Shape::kBroken;
  if (!levels_.empty() && levels_.back().key) {
    // yaml-cpp marks an absent value at whatever comes next, which may be lines away.
    node.span = levels_.back().key->span;
    node.end = levels_.back().key->end;
  } else {
    size_t before = std::min<size_t>(node.span.begin, text_.size());
    while (before > 0 && (before >= text_.size() || IsSpace(text_[before]))) --before;
    node.span = MakeSpan(before, std::min(before + 1, text_.size()));
  }
  Attach(std::move(node));
}

void YamlBuilder::OnScalar(const YAML::Mark& mark, const std::string& /*tag*/,
                           YAML::anchor_t /*anchor*/, const std::string& value) {
  const size_t begin = Offset(mark);
  YamlNode node = Start(Shape::kText, begin);
  if (Refused(begin)) {
    node.shape = Shape::kBroken;
    return Attach(std::move(node));
  }
  node.style = StyleOf(At(begin));
  node.text.text = value;
  node.text.file = file_;
  size_t end = 0;
  if (auto offsets = AlignText(text_, begin, value)) {
    node.text.offsets = std::move(*offsets);
    end = node.text.offsets.back();
  } else {
    end = std::min(text_.find_first_of("\r\n", begin), text_.size());
    // Never seen, but a message about the whole text is better than one at a wrong place.
    node.text.offsets.assign(value.size() + 1, static_cast<uint32_t>(begin));
    node.text.offsets.back() = static_cast<uint32_t>(end);
  }
  node.span = MakeSpan(node.text.offsets.front(), end);
  node.end = static_cast<uint32_t>(end);
  if (node.style == TextStyle::kQuoted) {
    const std::optional<size_t> closing = FindClosingQuote(text_, begin);
    if (!closing) {
      sink_.Report(DiagKind::kUnclosedQuote, MakeSpan(begin, begin + 1), {{At(begin)}});
      throw StopReading{};
    }
    node.end = static_cast<uint32_t>(*closing + 1);
    if (value.empty()) node.span = MakeSpan(begin, node.end);
  }
  const bool broken = IsBroken(node, begin, node.end) || IsMistakenHeader(node, begin);
  if (broken) node.shape = Shape::kBroken;
  Attach(std::move(node));
}

// `target: >5` is to YAML the head of a block indented by five, here with nothing in it.
bool YamlBuilder::IsMistakenHeader(const YamlNode& node, size_t begin) {
  if (node.style != TextStyle::kBlock) return false;
  if (node.text.text.find_first_not_of(" \n") != std::string::npos) return false;
  const std::string header = WordAt(text_, begin);
  if (header.find_first_of("123456789") == std::string::npos) return false;
  sink_
      .Report(DiagKind::kReservedStart, MakeSpan(begin, begin + header.size()),
              {"`" + header.substr(0, 1) + "`"})
      .Because(HelpKind::kPutInQuotes, {'"' + header + '"'});
  return true;
}

// --- lists and mappings -------------------------------------------------------------------------

void YamlBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/,
                                  YAML::anchor_t /*anchor*/, YAML::EmitterStyle::value style) {
  OpenLevel(Shape::kList, mark, style == YAML::EmitterStyle::Flow);
}

void YamlBuilder::OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/,
                             YAML::anchor_t /*anchor*/, YAML::EmitterStyle::value style) {
  OpenLevel(Shape::kMapping, mark, style == YAML::EmitterStyle::Flow);
}

void YamlBuilder::OnSequenceEnd() { CloseLevel(); }
void YamlBuilder::OnMapEnd() { CloseLevel(); }

void YamlBuilder::OpenLevel(Shape shape, const YAML::Mark& mark, bool is_flow) {
  const size_t offset = Offset(mark);
  YamlNode node = Start(shape, offset);
  if (levels_.size() >= kMaxYamlDepth) {
    sink_.Report(DiagKind::kYamlTooDeep, node.span, {std::to_string(kMaxYamlDepth)});
    throw StopReading{};
  }
  node.is_flow = is_flow;
  const bool refused = Refused(offset);
  const bool broken = refused || IsBroken(node, offset, offset + 1);
  levels_.push_back({std::move(node), broken, 0, std::nullopt, {}});
}

void YamlBuilder::CloseLevel() {
  YamlNode node = std::move(levels_.back().node);
  const bool broken = levels_.back().broken;
  levels_.pop_back();
  if (node.is_flow) {
    CheckCutItems(node.items);
    CloseBracket(node);
  } else if (!node.entries.empty()) {
    node.span = node.entries.front().key.span;
    node.end = node.entries.back().value.end;
  } else if (!node.items.empty()) {
    node.end = node.items.back().end;
  }
  if (broken) {
    node.shape = Shape::kBroken;
    node.items.clear();
    node.entries.clear();
  }
  Attach(std::move(node));
}

// `{formula: min(a, b)}`: the comma ends the value, and what is left of it has an open bracket.
void YamlBuilder::ReportCut(YamlNode& value) {
  if (value.shape != Shape::kText) return;
  sink_.Report(DiagKind::kFlowComma, value.span, {value.text.text}).Because(HelpKind::kQuoteWhole);
  value.shape = Shape::kBroken;
}

// `[round(1, 2), 3]`: what follows up to the closing parenthesis is of the same value.
void YamlBuilder::CheckCutItems(std::vector<YamlNode>& items) {
  ptrdiff_t open = 0;
  for (size_t i = 0; i < items.size(); ++i) {
    const ptrdiff_t change = OpenParentheses(items[i]);
    if (open > 0) {
      items[i].shape = Shape::kBroken;
      open += change;
    } else if (change > 0 && i + 1 < items.size()) {
      ReportCut(items[i]);
      open = change;
    }
  }
}

// Finds the end of a list or mapping in brackets: only commas, blanks and comments can follow what
// it holds.
void YamlBuilder::CloseBracket(YamlNode& node) const {
  size_t at = node.span.end;
  if (!node.items.empty()) at = node.items.back().end;
  if (!node.entries.empty()) {
    at = std::max(node.entries.back().value.end, node.entries.back().key.end);
  }
  at = SkipFiller(at);
  const char close = At(node.span.begin) == '[' ? ']' : '}';
  if (At(at) == close) ++at;
  node.end = static_cast<uint32_t>(at);
  const std::string_view whole = text_.substr(node.span.begin, at - node.span.begin);
  if (whole.find('\n') == std::string_view::npos) node.span.end = node.end;
}

size_t YamlBuilder::SkipFiller(size_t offset) const {
  while (offset < text_.size()) {
    if (text_[offset] == '#') {
      offset = std::min(text_.find('\n', offset), text_.size());
    } else if (IsSpace(text_[offset]) || text_[offset] == ',' || text_[offset] == ':') {
      ++offset;
    } else {
      break;
    }
  }
  return offset;
}

void YamlBuilder::Attach(YamlNode node) {
  if (levels_.empty()) {
    root_ = std::move(node);
    return;
  }
  Level& level = levels_.back();
  if (level.node.shape == Shape::kList) {
    level.node.items.push_back(std::move(node));
  } else if (!level.key) {
    level.key = std::move(node);
  } else {
    AddEntry(level, std::move(node));
  }
}

void YamlBuilder::AddEntry(Level& level, YamlNode value) {
  const ptrdiff_t change = OpenParentheses(value);
  if (level.node.is_flow && level.open > 0) {
    // No entry but more of the last value.
    ReportCut(level.node.entries.back().value);
    level.open += change + OpenParentheses(*level.key);
  } else if (CheckKey(level, value)) {
    level.open = change;
    level.node.entries.push_back({std::move(*level.key), std::move(value)});
  }
  level.key.reset();
}

// Says what is wrong with the key that waits for `value`; false if the entry must go.
bool YamlBuilder::CheckKey(Level& level, const YamlNode& value) {
  const YamlNode& key = *level.key;
  if (key.shape == Shape::kBroken) return false;
  if (key.shape != Shape::kText) {
    sink_.Report(DiagKind::kKeyNotText, key.span);
    return false;
  }
  if (value.shape == Shape::kNothing && !CheckColon(key)) return false;
  if (!level.node.is_flow) CheckIndentation(key);
  const auto [first, is_new] = level.keys.emplace(NormalizeName(key.text.text), key.span);
  if (!is_new) {
    sink_.Report(DiagKind::kDuplicateKey, key.span, {key.text.text})
        .Because(HelpKind::kFirstHere, {}, first->second);
  }
  return is_new;
}

// A key whose value is absent: was its colon forgotten?
bool YamlBuilder::CheckColon(const YamlNode& key) {
  size_t after = key.end;
  while (IsSpace(At(after))) ++after;
  if (At(after) == ':') return true;
  ExplainColon(key.text.text, sink_.Report(DiagKind::kNoColon, key.span, {key.text.text}));
  return false;
}

void YamlBuilder::CheckIndentation(const YamlNode& key) {
  size_t line = key.text.offsets.front();
  while (line > 0 && text_[line - 1] != '\n') --line;
  while (At(line) == ' ') ++line;
  if (At(line) != '\t') return;
  sink_.Report(DiagKind::kTabIndent, MakeSpan(line, line + 1)).Because(HelpKind::kUseBlanks);
}

}  // namespace steelyard
