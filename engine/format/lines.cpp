// Comments keep their column where there is room. Where there is none, those that stood below each
// other move together.
#include "engine/format/lines.h"

#include <algorithm>

#include "engine/base/text.h"

namespace steelyard {
namespace {

constexpr size_t kBeforeComment = 2;

}  // namespace

void OutputLines::Start(size_t indent, const std::string& text) {
  std::string begin = dashes_;
  if (begin.size() < indent) begin.append(indent - begin.size(), ' ');
  dashes_.clear();
  lines_.push_back({begin + text, next_, false});
  next_.reset();
}

void OutputLines::AddBlank() {
  if (!lines_.empty() && !lines_.back().text.empty()) lines_.push_back({});
}

void OutputLines::AddVerbatim(size_t indent, const std::string& text) {
  lines_.push_back({text.empty() ? "" : std::string(indent, ' ') + text, std::nullopt, true});
}

void OutputLines::AddDash(size_t indent) {
  if (dashes_.size() < indent) dashes_.append(indent - dashes_.size(), ' ');
  dashes_ += "- ";
}

bool OutputLines::Trail(const Comment& comment) {
  if (lines_.empty() || lines_.back().comment || lines_.back().text.empty()) return false;
  lines_.back().comment = comment;
  return true;
}

void OutputLines::InsertBlank(size_t line) {
  lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(line), Line{});
}

bool OutputLines::NeedsBlank() const {
  const std::string& text = lines_.back().text;
  return !text.empty() && text.back() != ' ';
}

size_t OutputLines::Width() const { return DisplayWidth(lines_.back().text); }

size_t OutputLines::NextColumn() const { return Width() + (NeedsBlank() ? 1 : 0); }

// For each line where its comment begins; 0 for those without one.
std::vector<size_t> OutputLines::CommentColumns() const {
  std::vector<size_t> columns(lines_.size(), 0);
  for (size_t first = 0; first < lines_.size();) {
    if (!lines_[first].comment) {
      ++first;
      continue;
    }
    size_t column = lines_[first].comment->column;
    size_t last = first;
    for (; last < lines_.size() && lines_[last].comment &&
           lines_[last].comment->column == lines_[first].comment->column;
         ++last) {
      column = std::max(column, DisplayWidth(lines_[last].text) + kBeforeComment);
    }
    for (; first < last; ++first) columns[first] = column;
  }
  return columns;
}

std::string OutputLines::ToText() const {
  const std::vector<size_t> columns = CommentColumns();
  std::string text;
  for (size_t i = 0; i < lines_.size(); ++i) {
    std::string line = lines_[i].text;
    while (!lines_[i].verbatim && line.ends_with(' ')) line.pop_back();
    text += line;
    if (lines_[i].comment) {
      text.append(columns[i] - DisplayWidth(line), ' ');
      text += lines_[i].comment->text;
    }
    text += "\n";
  }
  return text;
}

}  // namespace steelyard
