// Walks the tree in the order of the file. Comments wait in a row of their own and are written when
// what follows them is, or at the end of the list or mapping that they are indented with.
#include "engine/format/layout.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/base/text.h"
#include "engine/format/comments.h"
#include "engine/format/lines.h"

namespace steelyard {
namespace {

constexpr size_t kWidth = 100;
constexpr size_t kStep = 2;
// A list is wrapped below its bracket only where that leaves room.
constexpr size_t kMaxBracketColumn = 40;
// What follows such a comment, or stands before it, stays on its one line: the comment is about it.
constexpr std::string_view kDirective = "# steelyard:";

enum class Form : uint8_t {
  kOneLine,
  kWrapped,  // in brackets over several lines
  kBlock,    // an entry a line, without brackets
};

bool IsCollection(const YamlNode& node) {
  return node.shape == Shape::kList || node.shape == Shape::kMapping;
}

bool IsEmpty(const YamlNode& node) { return node.items.empty() && node.entries.empty(); }

bool HoldsCollection(const YamlNode& node) {
  return std::any_of(node.items.begin(), node.items.end(), IsCollection) ||
         std::any_of(node.entries.begin(), node.entries.end(),
                     [](const YamlEntry& entry) { return IsCollection(entry.value); });
}

// Where the first key or text begins.
uint32_t FirstText(const YamlNode& node) {
  if (!node.items.empty()) return FirstText(node.items.front());
  return node.entries.empty() ? node.begin : node.entries.front().key.begin;
}

// Where what is written of it begins: the bracket, the quote, or in a block the first key.
uint32_t FirstByte(const YamlNode& node) { return node.is_flow ? node.begin : FirstText(node); }

// The end of the last key or text that has one.
uint32_t LastText(const YamlNode& node) {
  if (!node.items.empty()) return LastText(node.items.back());
  if (node.entries.empty()) return node.end;
  const YamlEntry& last = node.entries.back();
  return last.value.shape == Shape::kNothing ? last.key.end : LastText(last.value);
}

class Layout {
 public:
  Layout(std::string_view text, const YamlNode& root, const Scalars& scalars, LayoutOptions options)
      : text_(text),
        root_(root),
        scalars_(scalars),
        options_(options),
        comments_(FindComments(text, root)) {}

  std::string Run() {
    if (root_.shape == Shape::kMapping && FormOf(root_, 0, false) == Form::kBlock) {
      Entries(root_, 0, true);
    } else {
      Flush(FirstText(root_), 0);
      lines_.Start(0, "");
      Value(root_, 0, false);
    }
    while (next_ < comments_.size()) Write(comments_[next_++], 0);
    return lines_.ToText();
  }

 private:
  // --- comments ---------------------------------------------------------------------------------

  void Write(const Comment& comment, size_t indent) {
    if (!comment.alone && lines_.Trail(comment)) return;
    if (comment.spaced && !at_start_) lines_.AddBlank();
    at_start_ = false;
    lines_.Start(indent, comment.text);
  }

  // Comments that stand before this byte of the file.
  void Flush(size_t offset, size_t indent) {
    while (next_ < comments_.size() && comments_[next_].offset < offset) {
      Write(comments_[next_++], indent);
    }
  }

  // After the last text that was written: comments that are indented further than `column`.
  void FlushDeeper(uint32_t written, size_t column, size_t indent) {
    while (next_ < comments_.size() && comments_[next_].after <= written) {
      const Comment& comment = comments_[next_];
      if (comment.alone && ColumnOf(text_, comment.offset) <= column) return;
      Write(comment, indent);
      ++next_;
    }
  }

  bool HasCommentBefore(size_t offset) const {
    return next_ < comments_.size() && comments_[next_].offset < offset;
  }

  // The comment at the end of the line on which a list or mapping in brackets ends.
  std::optional<size_t> TrailerOf(const YamlNode& node) const {
    const auto begins = [&](const Comment& comment) { return comment.offset >= node.end; };
    const auto found = std::find_if(comments_.begin() + static_cast<std::ptrdiff_t>(next_),
                                    comments_.end(), begins);
    if (found == comments_.end() || found->alone || found->after > LastText(node)) return {};
    return static_cast<size_t>(found - comments_.begin());
  }

  // --- one line or more -------------------------------------------------------------------------

  std::string NothingWord(const YamlNode& node) const {
    for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
      const std::string_view rest = text_.substr(std::min<size_t>(node.begin, text_.size()));
      if (!rest.starts_with(word)) continue;
      const char after = rest.size() > word.size() ? rest[word.size()] : '\n';
      if (std::string_view(" \t\r\n,]}").find(after) != std::string_view::npos) {
        return std::string(word);
      }
    }
    return "";
  }

  std::optional<std::string> Inline(const YamlNode& node, bool in_flow) const {
    if (node.shape == Shape::kNothing) return NothingWord(node);
    if (node.shape == Shape::kText) return scalars_.OneLine(node, in_flow);
    const auto parts = Parts(node);
    if (!parts) return std::nullopt;
    std::string text;
    for (const std::string& part : *parts) text += (text.empty() ? "" : ", ") + part;
    return node.shape == Shape::kList ? "[" + text + "]" : "{" + text + "}";
  }

  // What stands between the commas.
  std::optional<std::vector<std::string>> Parts(const YamlNode& node) const {
    std::vector<std::string> parts;
    for (const YamlNode& item : node.items) {
      const auto part = Inline(item, true);
      if (!part) return std::nullopt;
      parts.push_back(*part);
    }
    for (const YamlEntry& entry : node.entries) {
      const auto key = scalars_.OneLine(entry.key, true);
      const auto value = Inline(entry.value, true);
      if (!key || !value) return std::nullopt;
      parts.push_back(*key + ":" + (value->empty() ? "" : " " + *value));
    }
    return parts;
  }

  bool HasCommentWithin(const YamlNode& node) const {
    return std::any_of(comments_.begin(), comments_.end(), [&](const Comment& comment) {
      return comment.offset > node.begin && comment.offset < node.end;
    });
  }

  bool IsOnOneLine(const YamlNode& node) const { return !HasBreak(node.begin, node.end); }
  bool HasBreak(size_t begin, size_t end) const {
    return text_.substr(begin, end - begin).find('\n') != std::string_view::npos;
  }

  bool IsHeldByDirective(const YamlNode& node) const {
    if (!IsOnOneLine(node)) return false;
    const auto is_directive = [](const Comment& c) { return c.text.starts_with(kDirective); };
    if (const auto trailer = TrailerOf(node); trailer && is_directive(comments_[*trailer])) {
      return true;
    }
    return above_ && *above_ + 1 == next_ && is_directive(comments_[*above_]);
  }

  // How a value is written behind `width` columns. `is_row`: it is one of a list.
  Form FormOf(const YamlNode& node, size_t width, bool is_row) const {
    if (!IsCollection(node)) return Form::kOneLine;
    if (!node.is_flow) return Form::kBlock;
    if (IsEmpty(node)) return Form::kOneLine;
    if (HasCommentWithin(node)) return Form::kBlock;
    if (HasBreak(node.begin, FirstText(node))) return Form::kBlock;
    const auto text = Inline(node, false);
    if (!text) return Form::kBlock;
    if (width + DisplayWidth(*text) <= kWidth || IsHeldByDirective(node)) return Form::kOneLine;
    const bool wraps = !HoldsCollection(node) && width <= kMaxBracketColumn &&
                       (node.shape == Shape::kList || is_row);
    return wraps ? Form::kWrapped : Form::kBlock;
  }

  // --- writing ----------------------------------------------------------------------------------

  void Collection(const YamlNode& node, size_t indent, size_t column) {
    if (node.shape == Shape::kMapping) {
      Entries(node, indent, false);
    } else {
      Items(node, indent);
    }
    if (node.is_flow) {
      Flush(node.end, indent);
    } else {
      FlushDeeper(LastText(node), column, indent);
    }
  }

  // Remembers whether a comment stands right above what comes next.
  void FlushBefore(uint32_t offset, size_t indent) {
    const size_t before = next_;
    Flush(offset, indent);
    above_.reset();
    if (next_ > before && comments_[next_ - 1].alone) above_ = next_ - 1;
  }

  // No blank line where something begins.
  void Blank(uint32_t offset) {
    const bool spaced = BeginsLine(text_, offset) && IsSpaced(text_, offset);
    if (spaced && !at_start_) lines_.AddBlank();
    at_start_ = false;
  }

  void Entries(const YamlNode& node, size_t indent, bool is_root) {
    bool last_is_long = false;
    for (size_t i = 0; i < node.entries.size(); ++i) {
      const YamlEntry& entry = node.entries[i];
      FlushTrailing(entry.key.begin, indent);
      const size_t begin = lines_.size();
      at_start_ = i == 0;
      FlushBefore(entry.key.begin, indent);
      Blank(entry.key.begin);
      const size_t line = lines_.size();
      Entry(entry, indent, node.is_flow ? 0 : ColumnOf(text_, entry.key.begin));
      const bool is_long = lines_.size() > line + 1;
      const bool parts = is_root && options_.parts_sections && (is_long || last_is_long);
      if (parts && i > 0) Part(begin, line);
      last_is_long = is_long;
    }
  }

  // Comments at the end of the line that was written last.
  void FlushTrailing(uint32_t offset, size_t indent) {
    while (HasCommentBefore(offset) && !comments_[next_].alone) Write(comments_[next_++], indent);
  }

  // A blank line before the comments of a section, or between them and it, if there is none.
  void Part(size_t begin, size_t line) {
    for (size_t i = begin - 1; i < line; ++i) {
      if (lines_.IsBlank(i)) return;
    }
    lines_.InsertBlank(begin);
  }

  void Entry(const YamlEntry& entry, size_t indent, size_t column) {
    const auto key = scalars_.OneLine(entry.key, false);
    lines_.Start(indent, key.value_or(entry.key.text.text) + ":");
    if (entry.value.shape == Shape::kNothing) {
      if (const std::string word = NothingWord(entry.value); !word.empty()) {
        lines_.Append(" " + word);
      }
      FlushDeeper(entry.key.end, column, indent + kStep);
      return;
    }
    if (IsCollection(entry.value) && !entry.value.is_flow) {
      return Collection(entry.value, indent + kStep, column);
    }
    // `key:  # comment` ends the line.
    const bool apart = HasCommentBefore(entry.value.begin);
    if (apart) {
      Flush(entry.value.begin, indent + kStep);
      if (FormOf(entry.value, indent + kStep, false) == Form::kBlock) {
        return Collection(entry.value, indent + kStep, column);
      }
      lines_.Start(indent + kStep, "");
    }
    Value(entry.value, indent, !apart && HasBreak(entry.key.end, entry.value.begin));
  }

  void Items(const YamlNode& node, size_t indent) {
    const size_t column = node.is_flow ? 0 : ColumnOf(text_, node.begin);
    for (size_t i = 0; i < node.items.size(); ++i) {
      const YamlNode& item = node.items[i];
      at_start_ = i == 0;
      if (item.shape != Shape::kNothing) {
        FlushTrailing(FirstByte(item), indent);
        FlushBefore(FirstByte(item), indent);
        Blank(FirstByte(item));
        // `{  # comment`: the bracket goes, and what it held begins on the line of the dash.
        while (HasCommentBefore(FirstText(item))) lines_.Start(indent, comments_[next_++].text);
      }
      lines_.AddDash(indent);
      Item(item, indent, column);
    }
  }

  void Item(const YamlNode& item, size_t indent, size_t column) {
    if (!IsCollection(item)) {
      lines_.Start(indent + kStep, "");
      if (item.shape == Shape::kNothing) {
        lines_.Append(NothingWord(item));
      } else {
        Value(item, indent, false);
      }
      return;
    }
    if (item.is_flow && FormOf(item, indent + kStep, true) != Form::kBlock) {
      lines_.Start(indent + kStep, "");
      Value(item, indent, false);
      return;
    }
    TakeTrailer(item, true);
    Collection(item, indent + kStep, column);
  }

  // The comment behind brackets that go stays on the first line of what they held.
  void TakeTrailer(const YamlNode& node, bool on_next_line) {
    if (!node.is_flow || !IsOnOneLine(node)) return;
    const auto trailer = TrailerOf(node);
    if (!trailer || *trailer != next_) return;
    Comment comment = comments_[next_];
    comment.column = 0;  // nothing is left of the line that it stood behind
    if (on_next_line) {
      lines_.TrailNext(comment);
    } else if (!lines_.Trail(comment)) {
      return;
    }
    ++next_;
  }

  // Behind what stands on the line. `below`: its author wrote it on the next line.
  void Value(const YamlNode& node, size_t indent, bool below) {
    if (node.shape == Shape::kText) return Text(node, indent, below);
    const size_t column = lines_.NextColumn();
    const Form form = FormOf(node, column, column <= indent + kStep);
    if (form == Form::kBlock) {
      TakeTrailer(node, false);
      return Collection(node, indent + kStep, 0);
    }
    if (form == Form::kOneLine) return lines_.Put(Inline(node, false).value_or(""));
    Wrap(node);
  }

  void Wrap(const YamlNode& node) {
    const std::vector<std::string> parts = Parts(node).value_or(std::vector<std::string>());
    lines_.Put(node.shape == Shape::kList ? "[" : "{");
    const size_t indent = lines_.Width();
    for (size_t i = 0; i < parts.size(); ++i) {
      const bool is_last = i + 1 == parts.size();
      const std::string part = parts[i] + (is_last ? "" : ",");
      const size_t width = lines_.Width() + DisplayWidth(part) + (i == 0 ? 0 : 1);
      if (i > 0 && width + (is_last ? 1 : 0) > kWidth) {
        lines_.Start(indent, part);
      } else {
        lines_.Append((i == 0 ? "" : " ") + part);
      }
    }
    lines_.Append(node.shape == Shape::kList ? "]" : "}");
  }

  void Text(const YamlNode& node, size_t indent, bool below) {
    if (node.style == TextStyle::kBlock) return Block(node, indent);
    if (!scalars_.IsLong(node)) {
      const std::string text = scalars_.OneLine(node, false).value_or("");
      if (below && lines_.NextColumn() + DisplayWidth(text) > kWidth) {
        lines_.Start(indent + kStep, text);
      } else {
        lines_.Put(text);
      }
      return;
    }
    const std::vector<std::string> lines = scalars_.Lines(node);
    for (size_t i = 0; i < lines.size(); ++i) {
      if (i == 0 && !below) {
        lines_.Put(lines[i]);
      } else if (lines[i].empty()) {
        lines_.AddVerbatim(0, "");
      } else {
        lines_.Start(indent + kStep, lines[i]);
      }
    }
  }

  void Block(const YamlNode& node, size_t indent) {
    const BlockText block = scalars_.Block(node);
    lines_.Put(block.header);
    // The comment behind the header.
    FlushTrailing(node.span.begin, indent + kStep);
    for (const std::string& line : block.lines) lines_.AddVerbatim(indent + kStep, line);
  }

  std::string_view text_;
  const YamlNode& root_;
  const Scalars& scalars_;
  LayoutOptions options_;
  std::vector<Comment> comments_;
  size_t next_ = 0;              // the first comment that is not written
  std::optional<size_t> above_;  // the comment on the line above what is written now
  bool at_start_ = false;        // nothing of the list or mapping is written yet
  OutputLines lines_;
};

}  // namespace

std::string LayOut(std::string_view text, const YamlNode& root, const Scalars& scalars,
                   LayoutOptions options) {
  return Layout(text, root, scalars, options).Run();
}

}  // namespace steelyard
