// Cuts a formula into pieces: what the parser took for a name, a number or a text is one piece, and
// of what stands between them each sign and each word. Then decides what stands between two pieces.
#include "engine/format/formula_layout.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

#include "engine/base/text.h"
#include "engine/parse/fold.h"
#include "engine/parse/parse.h"

namespace steelyard {
namespace {

ExprTree Parse(std::string_view text, FormulaKind kind) {
  DiagnosticSink unheard;
  const EmbeddedText embedded = EmbeddedText::Verbatim(FileId{0}, 0, text);
  return kind == FormulaKind::kBand ? ParseBandCondition(embedded, unheard)
                                    : ParseFormula(embedded, unheard);
}

enum class PieceKind : uint8_t {
  kOperand,   // a name, a number, a text
  kFunction,  // the word before the bracket of a call
  kWord,      // `and`, 且, `then`
  kOpen,
  kClose,
  kComma,
  kColon,
  kRange,   // `..`
  kPrefix,  // a sign before its operand
  kInfix,
};

struct Piece {
  PieceKind kind = PieceKind::kOperand;
  std::string text;
  bool wide = false;   // punctuation that brings its own blank: `，`
  bool apart = false;  // a blank stands before it
  std::string line;    // where it begins a line: the line end, and the blanks before it
};

// Signs that have two faces, by how they are folded.
struct Sign {
  std::string_view folded;
  std::string_view ascii;
  std::string_view typographic;
};
constexpr Sign kSigns[] = {
    {"==", "=", "="},  {"!=", "!=", "≠"}, {"<>", "!=", "≠"}, {"<=", "<=", "≤"},
    {">=", ">=", "≥"}, {"*", "*", "×"},   {"/", "/", "÷"},
};

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class Cutter {
 public:
  Cutter(std::string_view text, const ExprTree& tree, OperatorStyle style)
      : source_(EmbeddedText::Verbatim(FileId{0}, 0, text)), folded_(source_), style_(style) {
    for (const Expr& expr : tree.nodes) Note(expr);
  }

  std::vector<Piece> Cut() {
    while (at_ < folded_.size()) {
      if (IsBlank(folded_.text()[at_])) {
        TakeBlanks();
      } else if (const auto known = known_.find(OriginAt(at_)); known != known_.end()) {
        TakeKnown(known->second);
      } else if (IsNamePart(DecodeAt(folded_.text(), at_).value)) {
        TakeWord();
      } else {
        TakeSign();
      }
    }
    return std::move(pieces_);
  }

 private:
  struct Known {
    uint32_t end;
    PieceKind kind;
  };

  // What the parser has already taken for one thing.
  void Note(const Expr& expr) {
    switch (expr.kind) {
      case ExprKind::kNumber:
      case ExprKind::kQuantity:
      case ExprKind::kText:
      case ExprKind::kDate:
      case ExprKind::kPeriod:
      case ExprKind::kBool:
      case ExprKind::kMissing:
      case ExprKind::kName: Know(expr.span, PieceKind::kOperand); break;
      case ExprKind::kCall: Know(expr.op_span, PieceKind::kFunction); break;
      default: break;
    }
  }

  // The `value` that a band leaves out has no text of its own.
  void Know(Span span, PieceKind kind) {
    const std::string_view text(source_.text);
    while (span.end > span.begin && IsBlank(text[span.end - 1])) --span.end;
    if (span.end == span.begin) return;
    const std::string_view own = text.substr(span.begin, span.end - span.begin);
    const bool is_sign = own.find_first_of("<>=!") == 0 && kind == PieceKind::kOperand;
    if (!is_sign) known_[span.begin] = {span.end, kind};
  }

  uint32_t OriginAt(size_t folded) const {
    return static_cast<uint32_t>(folded_.Written({folded, folded + 1}).data() -
                                 source_.text.data());
  }

  void TakeBlanks() {
    const size_t begin = at_;
    while (at_ < folded_.size() && IsBlank(folded_.text()[at_])) ++at_;
    const std::string_view blanks(folded_.text().data() + begin, at_ - begin);
    const size_t last = blanks.rfind('\n');
    apart_ = true;
    if (last == std::string_view::npos) return;
    line_ = std::string(static_cast<size_t>(std::count(blanks.begin(), blanks.end(), '\n')), '\n');
    line_ += blanks.substr(last + 1);
  }

  Piece& Add(PieceKind kind, std::string text) {
    Piece piece;
    piece.kind = kind;
    piece.text = std::move(text);
    piece.apart = std::exchange(apart_, false);
    piece.line = std::exchange(line_, {});
    pieces_.push_back(std::move(piece));
    return pieces_.back();
  }

  void TakeKnown(const Known& known) {
    const uint32_t begin = OriginAt(at_);
    while (at_ < folded_.size() && OriginAt(at_) < known.end) ++at_;
    Add(known.kind, source_.text.substr(begin, known.end - begin));
  }

  void TakeWord() {
    const size_t begin = at_;
    while (at_ < folded_.size()) {
      const CodePoint point = DecodeAt(folded_.text(), at_);
      if (!IsNamePart(point.value) || (at_ > begin && known_.contains(OriginAt(at_)))) break;
      at_ += point.length;
    }
    Add(PieceKind::kWord, std::string(folded_.Written({begin, at_})));
  }

  void TakeSign() {
    constexpr std::string_view kDouble[] = {"<=", ">=", "!=", "==", "<>", "??", ".."};
    const std::string_view rest = std::string_view(folded_.text()).substr(at_);
    const bool is_double =
        std::find(std::begin(kDouble), std::end(kDouble), rest.substr(0, 2)) != std::end(kDouble);
    const size_t length = is_double ? 2 : DecodeAt(rest, 0).length;
    const std::string folded(rest.substr(0, length));
    const std::string written(folded_.Written({at_, at_ + length}));
    at_ += length;
    const bool keeps = style_ == OperatorStyle::kKeep;
    const std::string text = keeps ? written : Styled(folded);
    Piece& piece = Add(KindOf(folded), text);
    piece.wide = text.size() > folded.size() &&
                 (piece.kind == PieceKind::kComma || piece.kind == PieceKind::kColon ||
                  piece.kind == PieceKind::kOpen || piece.kind == PieceKind::kClose);
  }

  std::string Styled(const std::string& folded) const {
    const auto* const sign = std::find_if(std::begin(kSigns), std::end(kSigns),
                                          [&](const Sign& s) { return s.folded == folded; });
    if (sign == std::end(kSigns)) return folded;
    return std::string(style_ == OperatorStyle::kAscii ? sign->ascii : sign->typographic);
  }

  PieceKind KindOf(std::string_view folded) const {
    if (folded == "(") return PieceKind::kOpen;
    if (folded == ")") return PieceKind::kClose;
    if (folded == ",") return PieceKind::kComma;
    if (folded == ":") return PieceKind::kColon;
    if (folded == "..") return PieceKind::kRange;
    const bool may_be_prefix = folded == "-" || folded == "+";
    return may_be_prefix && !EndsOperand() ? PieceKind::kPrefix : PieceKind::kInfix;
  }

  // Can what came before be the left side of an operation? A word opens something, but for `end`.
  bool EndsOperand() const {
    if (pieces_.empty()) return false;
    const Piece& last = pieces_.back();
    if (last.kind == PieceKind::kWord) return ToLower(last.text) == "end";
    return last.kind == PieceKind::kOperand || last.kind == PieceKind::kClose;
  }

  EmbeddedText source_;
  FoldedText folded_;
  OperatorStyle style_;
  std::map<uint32_t, Known> known_;  // by where it begins
  size_t at_ = 0;
  bool apart_ = false;
  std::string line_;
  std::vector<Piece> pieces_;
};

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<uint8_t>(c) < 128; });
}

// `if(a, b, c)` and `if (a) then b`, 若（…）: both are right, and the blank is their author's.
// Before the bracket of any other word a blank stands.
bool IsApartFromBracket(const Piece& word, const Piece& open) {
  return ToLower(word.text) == "if" || !IsAscii(word.text) ? open.apart : true;
}

bool HasBlankBetween(const Piece& left, const Piece& right) {
  if (right.kind == PieceKind::kClose || right.kind == PieceKind::kComma ||
      right.kind == PieceKind::kColon || left.kind == PieceKind::kOpen) {
    return false;
  }
  if (left.kind == PieceKind::kComma || left.kind == PieceKind::kColon) return !left.wide;
  if (left.kind == PieceKind::kPrefix) return false;
  if (left.kind == PieceKind::kRange || right.kind == PieceKind::kRange) return false;
  if (right.kind == PieceKind::kOpen) {
    if (left.kind == PieceKind::kFunction) return false;
    if (left.kind == PieceKind::kWord) return IsApartFromBracket(left, right);
  }
  return true;
}

}  // namespace

std::optional<std::string> LayOutFormula(std::string_view text, FormulaKind kind,
                                         OperatorStyle style) {
  const ExprTree tree = Parse(text, kind);
  if (!tree.root.valid()) return std::nullopt;
  std::string laid_out;
  const std::vector<Piece> pieces = Cutter(text, tree, style).Cut();
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (i > 0 && !pieces[i].line.empty()) {
      laid_out += pieces[i].line;
    } else if (i > 0 && HasBlankBetween(pieces[i - 1], pieces[i])) {
      laid_out += " ";
    }
    laid_out += pieces[i].text;
  }
  const ExprTree again = Parse(laid_out, kind);
  if (!again.root.valid() || Dump(again) != Dump(tree)) return std::nullopt;
  return laid_out;
}

bool IsSameFormula(std::string_view a, std::string_view b) {
  for (const FormulaKind kind : {FormulaKind::kFormula, FormulaKind::kBand}) {
    const ExprTree one = Parse(a, kind);
    const ExprTree other = Parse(b, kind);
    if (one.root.valid() != other.root.valid()) return false;
    if (one.root.valid()) return Dump(one) == Dump(other);
  }
  return false;
}

}  // namespace steelyard
