#include "engine/compare/mark.h"

#include <algorithm>
#include <map>

namespace steelyard {
namespace {

constexpr size_t kMaxAligned = 4'000'000;  // cells of the table; beyond it only ends are compared

std::vector<std::string> KeysOf(const std::vector<Normal>& parts) {
  std::vector<std::string> keys;
  for (const Normal& part : parts) keys.push_back(part.key);
  return keys;
}

// Those of equal keys with each other, whatever the order.
std::vector<int> MatchEqual(const std::vector<std::string>& before,
                            const std::vector<std::string>& after) {
  std::multimap<std::string, int> open;
  for (size_t i = 0; i < after.size(); ++i) open.emplace(after[i], static_cast<int>(i));
  std::vector<int> match(before.size(), -1);
  for (size_t i = 0; i < before.size(); ++i) {
    const auto found = open.find(before[i]);
    if (found == open.end()) continue;
    match[i] = found->second;
    open.erase(found);
  }
  return match;
}

class Marker {
 public:
  explicit Marker(Marks& marks) : marks_(marks) {}

  void Compare(const Normal& a, const Normal& b) {
    if (a.key == b.key) return;
    if (IsWrapped(a, b, marks_.after) || IsWrapped(b, a, marks_.before)) return;
    if (IsOtherSign(a, b)) return;
    if (a.head != b.head || a.parts.empty()) return Whole(a, b);
    CompareParts(a, b);
  }

 private:
  static void Add(Span span, std::vector<Span>& spans) {
    if (span.valid() && span.end > span.begin) spans.push_back(span);
  }

  void Whole(const Normal& a, const Normal& b) {
    Add(a.span, marks_.before);
    Add(b.span, marks_.after);
  }

  // `x` became `min(x, 100)`: what stands around it is new.
  static bool IsWrapped(const Normal& inner, const Normal& outer, std::vector<Span>& marks) {
    if (outer.head == "-" || outer.head == "1/" || !inner.span.valid()) return false;
    for (const Normal& part : outer.parts) {
      if (part.key != inner.key || part.span.begin < outer.span.begin ||
          part.span.end > outer.span.end || part.span == outer.span) {
        continue;
      }
      Add({outer.span.file, outer.span.begin, part.span.begin}, marks);
      Add({outer.span.file, part.span.end, outer.span.end}, marks);
      return true;
    }
    return false;
  }

  // `a - b` became `a + b`, `x > 5` became `x >= 5`: only the sign.
  bool IsOtherSign(const Normal& a, const Normal& b) {
    const auto bare = [](const Normal& node) -> const Normal& {
      return node.head == "-" || node.head == "1/" ? node.parts.front() : node;
    };
    const bool signs = bare(a).key == bare(b).key && (&bare(a) != &a || &bare(b) != &b);
    const bool operators =
        a.head != b.head && a.parts.size() > 1 && KeysOf(a.parts) == KeysOf(b.parts);
    const bool turned = a.head != b.head && a.parts.size() == 2 && b.parts.size() == 2 &&
                        a.parts[0].key == b.parts[1].key && a.parts[1].key == b.parts[0].key;
    if (!signs && !operators && !turned) return false;
    if (!a.sign.valid() || !b.sign.valid()) return false;
    Add(a.sign, marks_.before);
    Add(b.sign, marks_.after);
    return true;
  }

  void CompareParts(const Normal& a, const Normal& b) {
    const std::vector<std::string> before = KeysOf(a.parts);
    const std::vector<std::string> after = KeysOf(b.parts);
    std::vector<int> match = a.unordered ? MatchEqual(before, after) : Align(before, after);
    std::vector<const Normal*> gone;
    std::vector<const Normal*> come;
    std::vector<bool> taken(b.parts.size(), false);
    for (size_t i = 0; i < match.size(); ++i) {
      if (match[i] < 0) gone.push_back(&a.parts[i]);
      if (match[i] >= 0) taken[static_cast<size_t>(match[i])] = true;
    }
    for (size_t i = 0; i < taken.size(); ++i) {
      if (!taken[i]) come.push_back(&b.parts[i]);
    }
    PairLeft(gone, come);
    if (gone.empty() && come.empty()) Whole(a, b);  // only the order, where it matters
  }

  // What is left on both sides goes together: first what is of one kind, then in order.
  void PairLeft(std::vector<const Normal*>& gone, std::vector<const Normal*>& come) {
    for (auto& left : gone) {
      for (auto& right : come) {
        if (left == nullptr || right == nullptr || left->head != right->head) continue;
        Compare(*left, *right);
        left = right = nullptr;
      }
    }
    const auto is_paired = [](const Normal* part) { return part == nullptr; };
    std::vector<const Normal*> before = gone;
    std::vector<const Normal*> after = come;
    std::erase_if(before, is_paired);
    std::erase_if(after, is_paired);
    for (size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
      if (i < before.size() && i < after.size()) {
        Compare(*before[i], *after[i]);
      } else if (i < before.size()) {
        WithSign(*before[i], marks_.before);
      } else {
        WithSign(*after[i], marks_.after);
      }
    }
  }

  static void WithSign(const Normal& part, std::vector<Span>& spans) {
    Span span = part.span;
    if (part.sign.valid() && part.sign.begin < span.begin) span.begin = part.sign.begin;
    Add(span, spans);
  }

  Marks& marks_;
};

// The bytes of the shown text that stand for `span` of the file.
std::pair<size_t, size_t> InText(const EmbeddedText& source, Span span) {
  const auto at = [&](uint32_t offset) {
    return static_cast<size_t>(
        std::lower_bound(source.offsets.begin(), source.offsets.end(), offset) -
        source.offsets.begin());
  };
  return {at(span.begin), at(span.end)};
}

// A text on one line that is made of pieces, with its marks.
class TextBuilder {
 public:
  void AddPlain(std::string_view text, bool marked) {
    const size_t begin = marked_.text.size();
    marked_.text += text;
    if (marked) Mark(begin, marked_.text.size());
  }

  void AddFormula(const EmbeddedText& source, const std::vector<Span>& spans, bool whole) {
    std::vector<bool> marks(source.text.size(), whole);
    for (const Span span : spans) {
      const auto [begin, end] = InText(source, span);
      for (size_t i = begin; i < std::min(end, marks.size()); ++i) marks[i] = true;
    }
    const size_t start = marked_.text.size();
    for (size_t i = 0; i < source.text.size(); ++i) AddByte(source.text[i], marks[i], start);
    while (marked_.text.size() > start && marked_.text.back() == ' ') marked_.text.pop_back();
    while (!marked_.marks.empty() && marked_.marks.back().second > marked_.text.size()) {
      marked_.marks.back().second = marked_.text.size();
      if (marked_.marks.back().first >= marked_.text.size()) marked_.marks.pop_back();
    }
  }

  MarkedText Take() { return std::move(marked_); }

 private:
  void AddByte(char c, bool marked, size_t start) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    const bool again = marked_.text.size() == start || marked_.text.back() == ' ';
    if (blank && again) return;
    marked_.text += blank ? ' ' : c;
    if (marked) Mark(marked_.text.size() - 1, marked_.text.size());
  }

  void Mark(size_t begin, size_t end) {
    if (begin >= end) return;
    if (!marked_.marks.empty() && marked_.marks.back().second == begin) {
      marked_.marks.back().second = end;
    } else {
      marked_.marks.emplace_back(begin, end);
    }
  }

  MarkedText marked_;
};

// Blanks at the ends of a mark say nothing.
void Trim(MarkedText& marked) {
  for (auto& [begin, end] : marked.marks) {
    while (begin < end && marked.text[begin] == ' ') ++begin;
    while (end > begin && marked.text[end - 1] == ' ') --end;
  }
  std::erase_if(marked.marks, [](const auto& mark) { return mark.first >= mark.second; });
}

struct PieceMarks {
  bool whole = false;
  std::vector<Span> spans;
};

MarkedText Build(const std::vector<KeyedPiece>& pieces, const std::vector<PieceMarks>& marks) {
  TextBuilder builder;
  for (size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = *pieces[i].piece;
    if (piece.formula != nullptr) {
      builder.AddFormula(piece.formula->source, marks[i].spans, marks[i].whole);
    } else {
      builder.AddPlain(piece.text, marks[i].whole);
    }
  }
  MarkedText text = builder.Take();
  Trim(text);
  return text;
}

// Two pieces that stand in each other's place.
void MarkPair(const KeyedPiece& a, const KeyedPiece& b, PieceMarks& before, PieceMarks& after) {
  const bool trees = !a.normal.key.empty() && !b.normal.key.empty();
  if (!trees) {
    before.whole = after.whole = true;
    return;
  }
  Marks marks;
  MarkFormulas(a.normal, b.normal, marks);
  before.spans = std::move(marks.before);
  after.spans = std::move(marks.after);
}

}  // namespace

std::vector<int> Align(const std::vector<std::string>& before,
                       const std::vector<std::string>& after) {
  const size_t rows = before.size();
  const size_t columns = after.size();
  std::vector<int> match(rows, -1);
  size_t head = 0;
  while (head < std::min(rows, columns) && before[head] == after[head]) {
    match[head] = static_cast<int>(head);
    ++head;
  }
  if ((rows - head) * (columns - head) > kMaxAligned) return match;
  std::vector<std::vector<uint32_t>> longest(rows - head + 1,
                                             std::vector<uint32_t>(columns - head + 1, 0));
  for (size_t i = rows; i-- > head;) {
    for (size_t j = columns; j-- > head;) {
      const uint32_t skip =
          std::max(longest[i - head + 1][j - head], longest[i - head][j - head + 1]);
      longest[i - head][j - head] =
          before[i] == after[j] ? longest[i - head + 1][j - head + 1] + 1 : skip;
    }
  }
  for (size_t i = head, j = head; i < rows && j < columns;) {
    if (before[i] == after[j]) {
      match[i++] = static_cast<int>(j++);
    } else if (longest[i - head + 1][j - head] >= longest[i - head][j - head + 1]) {
      ++i;
    } else {
      ++j;
    }
  }
  return match;
}

void MarkFormulas(const Normal& before, const Normal& after, Marks& marks) {
  Marker(marks).Compare(before, after);
}

std::pair<MarkedText, MarkedText> MarkTexts(const std::vector<KeyedPiece>& before,
                                            const std::vector<KeyedPiece>& after) {
  std::vector<std::string> old_keys;
  std::vector<std::string> new_keys;
  for (const KeyedPiece& piece : before) old_keys.push_back(piece.key);
  for (const KeyedPiece& piece : after) new_keys.push_back(piece.key);
  const std::vector<int> match = Align(old_keys, new_keys);
  std::vector<PieceMarks> old_marks(before.size());
  std::vector<PieceMarks> new_marks(after.size());
  std::vector<bool> taken(after.size(), false);
  for (const int index : match) {
    if (index >= 0) taken[static_cast<size_t>(index)] = true;
  }
  size_t next = 0;
  const auto is_glue = [](const KeyedPiece& piece) {
    return piece.piece->kind == Piece::Kind::kGlue;
  };
  for (size_t i = 0; i < before.size(); ++i) {
    if (match[i] >= 0) {
      next = static_cast<size_t>(match[i]) + 1;
      continue;
    }
    if (is_glue(before[i])) continue;
    while (next < after.size() && !taken[next] && is_glue(after[next])) ++next;
    if (next < after.size() && !taken[next]) {
      MarkPair(before[i], after[next], old_marks[i], new_marks[next]);
      taken[next++] = true;
    } else {
      old_marks[i].whole = true;
    }
  }
  for (size_t i = 0; i < after.size(); ++i) {
    if (!taken[i] && !is_glue(after[i])) new_marks[i].whole = true;
  }
  return {Build(before, old_marks), Build(after, new_marks)};
}

}  // namespace steelyard
