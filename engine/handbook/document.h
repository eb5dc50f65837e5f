// A handbook before it is written: headings, paragraphs, tables, formulas and curves, in no format
// yet. Texts in it are plain; whoever writes them escapes.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/number.h"
#include "engine/diag/diagnostic.h"
#include "engine/handbook/math.h"

namespace steelyard {

// A stretch of a line.
struct Run {
  enum class Kind : uint8_t { kText, kStrong, kQuiet, kCode, kLink, kMath };
  Kind kind = Kind::kText;
  std::string text;
  std::string anchor;  // kLink: of a heading
  Math math;
};

class Line {
 public:
  Line() = default;
  Line(std::string text) { Add(std::move(text)); }  // NOLINT(google-explicit-constructor)
  Line(const char* text) { Add(text); }             // NOLINT(google-explicit-constructor)

  Line& Add(const char* text) { return Add(std::string(text)); }
  Line& Add(std::string text) { return Put({Run::Kind::kText, std::move(text), "", {}}); }
  Line& Strong(std::string text) { return Put({Run::Kind::kStrong, std::move(text), "", {}}); }
  Line& Quiet(std::string text) { return Put({Run::Kind::kQuiet, std::move(text), "", {}}); }
  Line& Code(std::string text) { return Put({Run::Kind::kCode, std::move(text), "", {}}); }
  Line& Link(std::string text, std::string anchor) {
    return Put({Run::Kind::kLink, std::move(text), std::move(anchor), {}});
  }
  Line& Add(Math math) { return Put({Run::Kind::kMath, "", "", std::move(math)}); }
  Line& Add(const Line& other) {
    for (const Run& piece : other.pieces_) Put(piece);
    return *this;
  }

  bool empty() const { return pieces_.empty(); }
  const std::vector<Run>& pieces() const { return pieces_; }

 private:
  Line& Put(Run piece) {
    const bool is_text = piece.kind != Run::Kind::kMath;
    if (!is_text || !piece.text.empty()) pieces_.push_back(std::move(piece));
    return *this;
  }
  std::vector<Run> pieces_;
};

struct Sheet {
  std::string caption;
  std::vector<Line> head;
  std::vector<bool> is_number;  // by column: to the right
  std::vector<std::vector<Line>> rows;
};

// Points over values: straight lines between the points given.
struct Curve {
  struct Point {
    Number at;
    Number points;
    std::string label;  // of the value: `25%`
  };
  std::string caption;
  std::string along;  // what the two axes show
  std::string up;
  Number highest;             // of points, at least 100
  bool level_beyond = true;   // otherwise the lines go on
  std::vector<Point> points;  // by rising value, two or more
};

struct Block {
  enum class Kind : uint8_t { kHeading, kParagraph, kFormula, kTable, kList, kCurve };
  Kind kind = Kind::kParagraph;
  int level = 0;       // kHeading: 1 to 4
  std::string anchor;  // kHeading: unique
  Line line;           // kHeading, kParagraph; kFormula: what stands before it, if anything
  Math math;
  Sheet sheet;
  std::vector<Line> items;
  Curve curve;
};

struct HandbookDocument {
  std::string title;
  Language language = Language::kEnglish;
  std::vector<Block> blocks;

  void Heading(int level, Line line, std::string anchor);
  void Paragraph(Line line);
  void Formula(Math math);
  void Add(Sheet sheet);
  void Add(Curve curve);
  void List(std::vector<Line> items);
};

// One page with everything in it; contents of the headings of the second and third level come
// behind the first heading.
std::string ToHtml(const HandbookDocument& document);
std::string ToMarkdown(const HandbookDocument& document);

}  // namespace steelyard
