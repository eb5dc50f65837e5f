// The five ways to write a YAML text, each walked beside its decoded value. The value tells where
// the text ends and how indentation was stripped, so the rules of YAML for these are not repeated.
#include "engine/rulefile/align.h"

#include <algorithm>
#include <string>

#include "engine/base/text.h"

namespace steelyard {

namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

// Letters after `\` that stand for one character.
std::optional<char32_t> ShortEscape(char letter) {
  switch (letter) {
    case '0': return U'\0';
    case 'a': return U'\a';
    case 'b': return U'\b';
    case 't': return U'\t';
    case 'n': return U'\n';
    case 'v': return U'\v';
    case 'f': return U'\f';
    case 'r': return U'\r';
    case 'e': return U'\x1B';
    case 'N': return U'\x85';
    case '_': return U'\xA0';
    case 'L': return U'\x2028';
    case 'P': return U'\x2029';
    case ' ':
    case '"':
    case '\'':
    case '/':
    case '\\': return static_cast<char32_t>(letter);
    default: return std::nullopt;
  }
}

// How many hexadecimal digits follow `\x`, `\u`, `\U`; 0 for other letters.
size_t HexDigits(char letter) {
  switch (letter) {
    case 'x': return 2;
    case 'u': return 4;
    case 'U': return 8;
    default: return 0;
  }
}

std::optional<char32_t> ReadHex(std::string_view digits) {
  uint64_t value = 0;
  for (const char c : digits) {
    value *= 16;
    if (c >= '0' && c <= '9') {
      value += static_cast<uint64_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      value += static_cast<uint64_t>(c - 'a' + 10);
    } else if (c >= 'A' && c <= 'F') {
      value += static_cast<uint64_t>(c - 'A' + 10);
    } else {
      return std::nullopt;
    }
  }
  if (value > 0x10FFFF) return std::nullopt;
  return static_cast<char32_t>(value);
}

class Aligner {
 public:
  Aligner(std::string_view source, size_t begin, std::string_view value)
      : source_(source), at_(begin), value_(value) {
    offsets_.reserve(value.size() + 1);
  }

  std::optional<std::vector<uint32_t>> Run() {
    if (!Walk()) return std::nullopt;
    offsets_.push_back(static_cast<uint32_t>(at_));
    return std::move(offsets_);
  }

 private:
  bool Walk() {
    switch (at_ < source_.size() ? source_[at_] : '\0') {
      case '"': return ++at_, WalkLines('"');
      case '\'': return ++at_, WalkLines('\'');
      case '|':
      case '>': return WalkBlock();
      default: return WalkLines('\0');
    }
  }

  bool Done() const { return offsets_.size() == value_.size(); }
  size_t BreakLength(size_t at) const {
    if (source_.substr(at).starts_with('\n')) return 1;
    return source_.substr(at).starts_with("\r\n") ? 2 : 0;
  }
  size_t SkipBlanks(size_t at) const {
    while (at < source_.size() && IsBlank(source_[at])) ++at;
    return at;
  }

  // The next byte of the value is `byte`, and came from `offset`.
  bool Match(char byte, size_t offset) {
    if (Done() || value_[offsets_.size()] != byte) return false;
    offsets_.push_back(static_cast<uint32_t>(offset));
    return true;
  }
  // It stands in the source as it is.
  bool MatchHere() {
    if (at_ >= source_.size() || !Match(source_[at_], at_)) return false;
    ++at_;
    return true;
  }

  // Plain and quoted texts: lines that are folded together.
  bool WalkLines(char quote) {
    while (!Done()) {
      if (at_ >= source_.size()) return false;
      const char c = source_[at_];
      const bool in_gap = IsBlank(c) || BreakLength(at_) > 0;
      if (in_gap ? !WalkGap() : !WalkCharacter(quote)) return false;
    }
    return true;
  }

  bool WalkCharacter(char quote) {
    if (quote == '"' && source_[at_] == '\\') return WalkEscape();
    if (quote == '\'' && source_[at_] == '\'') {
      if (!Match('\'', at_)) return false;
      at_ += 2;
      return true;
    }
    return MatchHere();
  }

  // Blanks are kept within a line; around line ends they go, one line end is a blank, more of them
  // are one fewer.
  bool WalkGap() {
    std::vector<size_t> breaks;
    size_t end = at_;
    while (true) {
      end = SkipBlanks(end);
      const size_t length = BreakLength(end);
      if (length == 0) break;
      breaks.push_back(end);
      end += length;
    }
    if (breaks.empty()) {
      while (at_ < end && !Done()) {
        if (!MatchHere()) return false;
      }
      return true;
    }
    at_ = end;
    if (breaks.size() == 1) return Match(' ', breaks[0]);
    for (size_t i = 1; i < breaks.size() && !Done(); ++i) {  // yaml-cpp drops some at the end
      if (!Match('\n', breaks[i])) return false;
    }
    return true;
  }

  bool WalkEscape() {
    const size_t start = at_;
    if (const size_t length = BreakLength(start + 1); length > 0) {
      at_ = SkipBlanks(start + 1 + length);
      return WalkBreaksAfterEscape();
    }
    if (start + 1 >= source_.size()) return false;
    const char letter = source_[start + 1];
    const size_t digits = HexDigits(letter);
    const std::optional<char32_t> code_point =
        digits > 0 ? ReadHex(source_.substr(start + 2, digits)) : ShortEscape(letter);
    if (!code_point) return false;
    at_ = std::min(start + 2 + digits, source_.size());
    std::string bytes;
    AppendUtf8(*code_point, bytes);
    return std::all_of(bytes.begin(), bytes.end(), [&](char c) { return Match(c, start); });
  }

  // An escaped line end is nothing; empty lines after it are line ends.
  bool WalkBreaksAfterEscape() {
    while (!Done()) {
      const size_t length = BreakLength(at_);
      if (length == 0) return true;
      if (!Match('\n', at_)) return false;
      at_ = SkipBlanks(at_ + length);
    }
    return true;
  }

  // --- `|` and `>` ---

  bool WalkBlock() {
    const bool folded = source_[at_] == '>';
    const size_t header_end = source_.find('\n', at_);
    if (header_end == std::string_view::npos) return Done();
    at_ = header_end + 1;
    indent_ = FindIndent();
    while (!Done()) {
      if (at_ >= source_.size()) return false;
      StripIndent();
      while (!Done() && at_ < source_.size() && BreakLength(at_) == 0) {
        if (!MatchHere()) return false;
      }
      if (Done()) return true;
      if (!(folded ? WalkFold() : WalkBreak())) return false;
    }
    return true;
  }

  // How far the lines are indented: the blanks before the first line with text, less those that
  // belong to the value.
  size_t FindIndent() const {
    const size_t first = value_.find_first_not_of(" \n");
    if (first == std::string_view::npos) return std::string_view::npos;
    const size_t line = value_.rfind('\n', first);
    const size_t kept = first - (line == std::string_view::npos ? 0 : line + 1);
    size_t start = at_;
    while (true) {
      size_t text = start;
      while (text < source_.size() && source_[text] == ' ') ++text;
      const size_t length = BreakLength(text);
      if (length == 0) return text - start >= kept ? text - start - kept : 0;
      start = text + length;
    }
  }

  void StripIndent() {
    for (size_t i = 0; i < indent_ && at_ < source_.size() && source_[at_] == ' '; ++i) ++at_;
  }

  bool WalkBreak() {
    if (!Match('\n', at_)) return false;
    at_ += BreakLength(at_);
    return true;
  }

  // The end of a line of a folded text with the empty lines that follow: a blank, or line ends as
  // many as are written, or one fewer. The value tells which.
  bool WalkFold() {
    std::vector<size_t> breaks;
    size_t next = at_;
    while (next < source_.size() && BreakLength(next) > 0) {
      breaks.push_back(next);
      at_ = next + BreakLength(next);
      const size_t line = at_;
      StripIndent();
      next = at_;
      at_ = line;
    }
    if (breaks.size() == 1 && Match(' ', breaks[0])) return true;
    const std::string_view rest = value_.substr(offsets_.size());
    const size_t wanted = std::min(rest.find_first_not_of('\n'), rest.size());
    if (wanted > breaks.size() || (wanted + 1 < breaks.size() && wanted < rest.size()))
      return false;
    const size_t skipped = wanted < breaks.size() && wanted < rest.size() ? 1 : 0;
    for (size_t i = 0; i < wanted; ++i) Match('\n', breaks[i + skipped]);
    return true;
  }

  std::string_view source_;
  size_t at_;
  std::string_view value_;
  size_t indent_ = 0;
  std::vector<uint32_t> offsets_;
};

}  // namespace

std::optional<std::vector<uint32_t>> AlignText(std::string_view source, size_t begin,
                                               std::string_view value) {
  return Aligner(source, begin, value).Run();
}

std::optional<size_t> FindClosingQuote(std::string_view source, size_t begin) {
  const char quote = source[begin];
  for (size_t at = begin + 1; at < source.size(); ++at) {
    if (quote == '"' && source[at] == '\\') {
      ++at;
    } else if (source[at] == quote) {
      const bool doubled = quote == '\'' && source.substr(at + 1).starts_with('\'');
      if (!doubled) return at;
      ++at;
    }
  }
  return std::nullopt;
}

}  // namespace steelyard
