#include "engine/rulefile/allowances.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "engine/base/text.h"
#include "engine/diag/codes.h"
#include "engine/rulefile/comments.h"
#include "engine/rulefile/yaml_read.h"

namespace steelyard {

namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::array<std::string_view, 2> kColons = {":", "："};
constexpr std::array<std::string_view, 2> kAllow = {"allow", "允许"};
constexpr std::array<std::string_view, 2> kBecause = {"because", "因为"};

bool LooksLikeCode(std::string_view word) {
  return word.size() >= 3 && (word.starts_with("SY") || word.starts_with("sy")) && word[2] >= '0' &&
         word[2] <= '9';
}

// Does a code stand anywhere in the text?
bool NamesCode(std::string_view text) {
  for (size_t at = 0; at + 3 <= text.size(); ++at) {
    if (LooksLikeCode(text.substr(at))) return true;
  }
  return false;
}

// Walks through one comment.
class Cursor {
 public:
  Cursor(std::string_view text, Span comment) : text_(text), comment_(comment) {}

  void SkipBlanks() {
    while (at_ < text_.size() && kBlanks.find(text_[at_]) != std::string_view::npos) ++at_;
  }
  // Blanks, commas and 、 between codes.
  void SkipSeparators() {
    for (bool again = true; again;) {
      SkipBlanks();
      again = Take(",") || Take("，") || Take("、");
    }
  }
  bool Take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  template <size_t kCount>
  bool TakeOne(const std::array<std::string_view, kCount>& words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return Take(word); });
  }
  std::string_view Rest() const { return text_.substr(at_); }
  bool Done() const { return at_ >= text_.size(); }
  // Letters and digits from here on.
  Span TakeWord() {
    const size_t begin = at_;
    while (at_ < text_.size() && IsNamePart(DecodeAt(text_, at_).value)) {
      at_ += DecodeAt(text_, at_).length;
    }
    if (at_ == begin && !Done()) at_ += DecodeAt(text_, at_).length;
    return {comment_.file, comment_.begin + static_cast<uint32_t>(begin),
            comment_.begin + static_cast<uint32_t>(at_)};
  }

 private:
  std::string_view text_;
  Span comment_;
  size_t at_ = 0;
};

// Most files have none, and are not read once more.
bool MayHaveSome(std::string_view text) {
  constexpr std::string_view kName = "teelyard";
  for (size_t at = text.find(kName); at < text.size(); at = text.find(kName, at + 1)) {
    const size_t line = text.rfind('\n', at);
    const size_t begin = line == std::string_view::npos ? 0 : line;
    if (text.substr(begin, at - begin).find('#') != std::string_view::npos) return true;
  }
  return false;
}

class AllowanceReader {
 public:
  AllowanceReader(const YamlNode& root, FileId file, const SourceFile& source, DiagnosticSink& sink)
      : root_(root), file_(file), source_(source), sink_(sink) {}

  std::vector<Allowance> Run() {
    for (const Span comment : FindComments(root_, file_, source_)) Read(comment);
    return std::move(allowances_);
  }

 private:
  std::string_view TextOf(Span span) const {
    return std::string_view(source_.text()).substr(span.begin, span.end - span.begin);
  }

  // Other comments that begin with the program's name are left alone: `# steelyard: 1` may be a
  // line that was taken out.
  void Read(Span comment) {
    Cursor cursor(TextOf(comment), comment);
    cursor.Take("#");
    cursor.SkipBlanks();
    if (!cursor.Take("steelyard") && !cursor.Take("Steelyard")) return;
    cursor.SkipBlanks();
    if (!cursor.TakeOne(kColons)) return;
    cursor.SkipBlanks();
    const bool names_code = NamesCode(cursor.Rest());
    if (cursor.TakeOne(kAllow)) {
      ReadCodes(cursor, comment);
    } else if (names_code) {
      ReportForm(comment);
    }
  }

  void ReportForm(Span comment) {
    sink_.Report(DiagKind::kAllowanceForm, comment).Because(HelpKind::kAllowLike, {"SY0404"});
  }

  void ReadCodes(Cursor& cursor, Span comment) {
    std::vector<Span> codes;
    bool because = false;
    while (true) {
      cursor.SkipSeparators();
      because = cursor.TakeOne(kBecause);
      if (because || cursor.Done()) break;
      if (!codes.empty() && !NamesCode(cursor.Rest().substr(0, 3))) break;
      codes.push_back(cursor.TakeWord());
    }
    if (codes.empty()) return ReportForm(comment);
    if (because) {
      cursor.TakeOne(kColons);
      cursor.SkipBlanks();
    }
    const std::string_view reason = cursor.Rest();
    if (!because || reason.find_first_not_of(" \t.…。") == std::string_view::npos) {
      std::vector<std::string> names;
      for (const Span code : codes) names.push_back("`" + std::string(TextOf(code)) + "`");
      sink_.Report(DiagKind::kAllowanceReason, comment, {fmt::format("{}", fmt::join(names, ", "))})
          .Because(HelpKind::kAllowLike, {std::string(TextOf(codes.front()))});
      return;
    }
    for (const Span code : codes) Add(code, comment, reason);
  }

  void Add(Span code, Span comment, std::string_view reason) {
    const std::string word(TextOf(code));
    const std::optional<DiagKind> kind = KindOf(word);
    if (!kind) {
      Diagnostic& found = sink_.Report(DiagKind::kUnknownCode, code, {word});
      if (const auto near = NearestCode(word)) found.Because(HelpKind::kDidYouMean, {*near});
      found.Because(HelpKind::kSeeCodes);
      return;
    }
    if (!MayBeAllowed(*kind)) {
      sink_.Report(DiagKind::kAllowanceOfError, code, {word});
      return;
    }
    Allowance allowance{*kind, code, comment, std::string(reason), 0, 0};
    FindScope(allowance);
    allowances_.push_back(std::move(allowance));
  }

  void FindScope(Allowance& allowance) {
    const size_t line = source_.PositionOf(allowance.comment.begin).line;
    const size_t before = allowance.comment.begin - source_.LineStart(line);
    if (source_.Line(line).substr(0, before).find_first_not_of(" \t\xEF\xBB\xBF") !=
        std::string_view::npos) {
      return SetLine(allowance, line);
    }
    for (size_t next = line + 1; next <= source_.LineCount(); ++next) {
      const std::string_view text = source_.Line(next);
      const size_t first = text.find_first_not_of(" \t\r");
      if (first == std::string_view::npos || text[first] == '#') continue;
      SetLine(allowance, next);
      if (things_.empty()) NoteThings(root_);
      if (const auto thing = things_.find(next); thing != things_.end()) {
        allowance.end = std::max(allowance.end, thing->second->end);
      }
      return;
    }
  }

  void SetLine(Allowance& allowance, size_t line) const {
    allowance.begin = source_.LineStart(line);
    allowance.end = allowance.begin + static_cast<uint32_t>(source_.Line(line).size()) + 1;
  }

  // The outermost come first: they stay.
  void NoteThings(const YamlNode& node) {
    for (const YamlNode& item : node.items) {
      things_.try_emplace(source_.PositionOf(item.span.begin).line, &item);
      NoteThings(item);
    }
    for (const YamlEntry& entry : node.entries) {
      things_.try_emplace(source_.PositionOf(entry.key.span.begin).line, &entry.value);
      NoteThings(entry.value);
    }
  }

  const YamlNode& root_;
  FileId file_;
  const SourceFile& source_;
  DiagnosticSink& sink_;
  std::vector<Allowance> allowances_;
  // By line: the value of the outermost entry, or the item, that begins on it.
  std::unordered_map<size_t, const YamlNode*> things_;
};

}  // namespace

std::vector<Allowance> ReadAllowances(FileId file, const SourceFile& source, DiagnosticSink& sink) {
  if (!MayHaveSome(source.text())) return {};
  DiagnosticSink unheard;  // the file's own mistakes are told by whoever reads its rules
  const std::optional<YamlNode> root = ReadYaml(file, source, unheard);
  if (!root) return {};
  return AllowanceReader(*root, file, source, sink).Run();
}

}  // namespace steelyard
