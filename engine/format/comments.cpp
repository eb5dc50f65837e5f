// Looks for `#` wherever no key and no value stands.
#include "engine/format/comments.h"

#include <algorithm>

#include "engine/base/text.h"

namespace steelyard {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

size_t LineStart(std::string_view text, size_t offset) {
  const size_t line_end = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  const size_t start = line_end == std::string_view::npos ? 0 : line_end + 1;
  return start == 0 && text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : start;
}

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// Keys and texts, in the order of the file.
void CollectTexts(const YamlNode& node, std::vector<const YamlNode*>& texts) {
  if (node.shape == Shape::kText) texts.push_back(&node);
  for (const YamlNode& item : node.items) CollectTexts(item, texts);
  for (const YamlEntry& entry : node.entries) {
    CollectTexts(entry.key, texts);
    CollectTexts(entry.value, texts);
  }
}

class Finder {
 public:
  Finder(std::string_view text, const YamlNode& root) : text_(text) { CollectTexts(root, texts_); }

  std::vector<Comment> Find() {
    if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
    while (at_ < text_.size()) {
      if (next_ < texts_.size() && at_ >= texts_[next_]->begin) {
        PassText(*texts_[next_++]);
      } else if (text_[at_] == '#' || IsMarker()) {
        TakeComment();
      } else {
        ++at_;
      }
    }
    return std::move(comments_);
  }

 private:
  // Behind the `|` or `>` of a block there may be a comment.
  void PassText(const YamlNode& node) {
    if (node.style == TextStyle::kBlock) {
      const size_t line_end = std::min(text_.find('\n', node.begin), text_.size());
      at_ = std::min(text_.find('#', node.begin), line_end);
      after_ = static_cast<uint32_t>(at_);
      if (at_ < line_end) TakeComment();
    }
    at_ = std::max<size_t>(at_, node.end);
    after_ = node.end;
  }

  // `---`, `...` and directives, which stand at the beginning of a line.
  bool IsMarker() const {
    if (at_ != LineStart(text_, at_)) return false;
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with('%')) return true;
    const bool marker = rest.starts_with("---") || rest.starts_with("...");
    return marker && (rest.size() == 3 || IsBlank(rest[3]) || rest[3] == '\n');
  }

  void TakeComment() {
    const bool marker = text_[at_] == '-' || text_[at_] == '.';
    size_t end = marker ? at_ + 3 : std::min(text_.find('\n', at_), text_.size());
    const size_t next = end;
    while (end > at_ && IsBlank(text_[end - 1])) --end;
    Comment comment;
    comment.offset = static_cast<uint32_t>(at_);
    comment.text = std::string(text_.substr(at_, end - at_));
    comment.alone = BeginsLine(text_, at_);
    comment.spaced = comment.alone && IsSpaced(text_, at_);
    const size_t line = LineStart(text_, at_);
    comment.column = DisplayWidth(text_.substr(line, at_ - line));
    comment.after = after_;
    comments_.push_back(std::move(comment));
    at_ = next;
  }

  std::string_view text_;
  std::vector<const YamlNode*> texts_;
  size_t next_ = 0;
  size_t at_ = 0;
  uint32_t after_ = 0;
  std::vector<Comment> comments_;
};

}  // namespace

std::vector<Comment> FindComments(std::string_view text, const YamlNode& root) {
  return Finder(text, root).Find();
}

bool BeginsLine(std::string_view text, size_t offset) {
  for (size_t at = LineStart(text, offset); at < offset; ++at) {
    const bool dash = text[at] == '-' && at + 1 < text.size() && IsBlank(text[at + 1]);
    if (!dash && !IsBlank(text[at])) return false;
  }
  return true;
}

bool IsSpaced(std::string_view text, size_t offset) {
  const size_t line = LineStart(text, offset);
  if (line == 0 || text[line - 1] != '\n') return false;
  const size_t above = LineStart(text, line - 1);
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(above),
                     text.begin() + static_cast<std::ptrdiff_t>(line - 1), IsBlank);
}

size_t ColumnOf(std::string_view text, size_t offset) { return offset - LineStart(text, offset); }

}  // namespace steelyard
