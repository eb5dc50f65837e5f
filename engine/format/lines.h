// Lines in the making, with comments at their ends.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/format/comments.h"

namespace steelyard {

class OutputLines {
 public:
  // Begins a line; the dashes of list items that wait go before `text`.
  void Start(size_t indent, const std::string& text);
  void Append(const std::string& text) { lines_.back().text += text; }
  // Behind a colon with a blank; behind a dash, or on a line of its own, as it is.
  void Put(const std::string& text) { Append((NeedsBlank() ? " " : "") + text); }
  // Where that would begin.
  size_t NextColumn() const;
  // A blank line, unless there is one, or nothing yet.
  void AddBlank();
  // A line of a text, blanks at its end included.
  void AddVerbatim(size_t indent, const std::string& text);

  // The next line that is started begins with a dash at `indent`.
  void AddDash(size_t indent);

  // Puts a comment behind the last line, or behind the next one; false if one is there already.
  bool Trail(const Comment& comment);
  void TrailNext(const Comment& comment) { next_ = comment; }

  size_t size() const { return lines_.size(); }
  bool IsBlank(size_t line) const { return lines_[line].text.empty(); }
  // A blank line before line `line`.
  void InsertBlank(size_t line);
  size_t Width() const;  // of the last line

  std::string ToText() const;

 private:
  struct Line {
    std::string text;
    std::optional<Comment> comment;
    bool verbatim = false;
  };
  bool NeedsBlank() const;
  std::vector<size_t> CommentColumns() const;

  std::vector<Line> lines_;
  std::string dashes_;  // of the next line, blanks before them included
  std::optional<Comment> next_;
};

}  // namespace steelyard
