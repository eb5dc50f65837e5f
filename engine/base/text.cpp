// Unicode text, on top of utf8proc.
#include "engine/base/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <memory>
#include <vector>

namespace steelyard {

namespace {

constexpr char32_t kReplacement = 0xFFFD;
// Names longer than this are not worth comparing with others.
constexpr size_t kMaxComparedBytes = 400;
constexpr size_t kMaxSuggestedDistance = 3;

const utf8proc_uint8_t* Bytes(std::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

// Applies a utf8proc mapping; text that is not UTF-8 comes back as it is.
std::string Map(std::string_view text, int options) {
  utf8proc_uint8_t* raw = nullptr;
  const auto size = utf8proc_map(Bytes(text), static_cast<utf8proc_ssize_t>(text.size()), &raw,
                                 static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(raw, &std::free);
  if (size < 0) return std::string(text);
  return std::string(reinterpret_cast<const char*>(raw), static_cast<size_t>(size));
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

std::string FoldWidths(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeAt(text, at);
    AppendUtf8(FoldWidth(point.value), folded);
    at += point.length;
  }
  return folded;
}

std::u32string Decode(std::string_view text) {
  std::u32string points;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeAt(text, at);
    points += point.value;
    at += point.length;
  }
  return points;
}

bool IsLetter(char32_t code_point) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(code_point))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:  // 〇 among them
      return true;
    default: return false;
  }
}

// One row of the table of distances, kept only within `limit` of the diagonal.
class DistanceRow {
 public:
  DistanceRow(size_t size, size_t beyond) : cells_(size + 1, beyond), beyond_(beyond) {}

  size_t at(size_t column) const { return cells_[column]; }
  void Set(size_t column, size_t distance) { cells_[column] = std::min(distance, beyond_); }
  void Clear() { std::fill(cells_.begin(), cells_.end(), beyond_); }

 private:
  std::vector<size_t> cells_;
  size_t beyond_;
};

size_t Distance(const std::u32string& a, const std::u32string& b, size_t limit) {
  const size_t beyond = limit + 1;
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) return beyond;
  DistanceRow before(b.size(), beyond);  // row i − 2
  DistanceRow above(b.size(), beyond);   // row i − 1
  DistanceRow row(b.size(), beyond);
  for (size_t j = 0; j <= std::min(b.size(), limit); ++j) row.Set(j, j);
  for (size_t i = 1; i <= a.size(); ++i) {
    std::swap(before, above);
    std::swap(above, row);
    row.Clear();
    if (i <= limit) row.Set(0, i);
    const size_t last = std::min(b.size(), i + limit);
    for (size_t j = i > limit ? i - limit : 1; j <= last; ++j) {
      const bool same = a[i - 1] == b[j - 1];
      size_t best = above.at(j - 1) + (same ? 0 : 1);
      best = std::min({best, above.at(j) + 1, row.at(j - 1) + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) best = std::min(best, before.at(j - 2) + 1);
      row.Set(j, best);
    }
  }
  return row.at(b.size());
}

// How far a suggestion may be from a name of so many characters: nothing for a single one, one for
// short names, as most Chinese ones are, and a third of longer ones.
size_t SuggestionLimit(size_t length) {
  if (length < 2) return 0;
  return std::clamp(length / 3, size_t{1}, kMaxSuggestedDistance);
}

// A bit for each letter that occurs; letters may share one.
uint64_t LettersOf(const std::u32string& text) {
  uint64_t letters = 0;
  for (const char32_t letter : text) letters |= uint64_t{1} << (letter % 64);
  return letters;
}

// Are two texts more than `limit` edits apart, as far as their lengths and letters tell? An edit
// brings or takes one letter at most.
bool AreApart(size_t a_size, uint64_t a, size_t b_size, uint64_t b, size_t limit) {
  return std::max(a_size, b_size) - std::min(a_size, b_size) > limit ||
         static_cast<size_t>(std::popcount(a & ~b)) > limit ||
         static_cast<size_t>(std::popcount(b & ~a)) > limit;
}

}  // namespace

std::optional<size_t> FirstInvalidUtf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    if ((text[at] & 0x80) == 0) {
      ++at;
      continue;
    }
    utf8proc_int32_t value = 0;
    const auto length = utf8proc_iterate(Bytes(text.substr(at)),
                                         static_cast<utf8proc_ssize_t>(text.size() - at), &value);
    if (length < 1) return at;
    at += static_cast<size_t>(length);
  }
  return std::nullopt;
}

CodePoint DecodeAt(std::string_view text, size_t offset) {
  const std::string_view rest = text.substr(offset);
  utf8proc_int32_t value = 0;
  const auto length =
      utf8proc_iterate(Bytes(rest), static_cast<utf8proc_ssize_t>(rest.size()), &value);
  if (length < 1) return {kReplacement, 1};
  return {static_cast<char32_t>(value), static_cast<size_t>(length)};
}

void AppendUtf8(char32_t code_point, std::string& out) {
  auto value = static_cast<utf8proc_int32_t>(code_point);
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (surrogate || !utf8proc_codepoint_valid(value)) value = kReplacement;
  utf8proc_uint8_t bytes[4];
  const auto length = utf8proc_encode_char(value, bytes);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(length));
}

bool IsNameStart(char32_t code_point) {
  return FoldWidth(code_point) == U'_' || IsLetter(code_point);
}

bool IsNamePart(char32_t code_point) {
  if (IsNameStart(code_point)) return true;
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(code_point))) {
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC: return true;
    default: return false;
  }
}

char32_t FoldWidth(char32_t code_point) {
  if (code_point >= U'\uFF01' && code_point <= U'\uFF5E') return code_point - 0xFEE0;
  return code_point == U'\u3000' ? U' ' : code_point;
}

std::string NormalizeName(std::string_view name) {
  if (IsAscii(name)) return std::string(name);
  if (FirstInvalidUtf8(name)) return std::string(name);
  // Widths first: a full-width letter may be followed by a combining mark.
  return Map(FoldWidths(name), UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string FoldCase(std::string_view text) {
  return Map(NormalizeName(text), UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeAt(text, at);
    const int columns =
        point.value == U'\t' ? 1 : utf8proc_charwidth(static_cast<utf8proc_int32_t>(point.value));
    width += static_cast<size_t>(std::max(columns, 0));
    at += point.length;
  }
  return width;
}

size_t EditDistance(std::string_view a, std::string_view b, size_t limit) {
  const std::u32string left = Decode(a);
  const std::u32string right = Decode(b);
  // No distance is greater than the longer text.
  const size_t longest = std::max(left.size(), right.size());
  return Distance(left, right, std::min(limit, longest));
}

NameIndex::NameIndex(std::span<const std::string> names) {
  entries_.reserve(names.size());
  for (const std::string& name : names) {
    if (name.size() > kMaxComparedBytes) continue;
    Entry entry{name, Decode(FoldCase(name)), 0};
    entry.letters = LettersOf(entry.folded);
    entries_.push_back(std::move(entry));
  }
}

std::optional<std::string> NameIndex::Nearest(std::string_view name) const {
  if (name.size() > kMaxComparedBytes) return std::nullopt;
  const std::u32string wanted = Decode(FoldCase(name));
  const uint64_t letters = LettersOf(wanted);
  const std::string normal = NormalizeName(name);
  size_t nearest = SuggestionLimit(wanted.size()) + 1;
  const std::string* best = nullptr;
  for (const Entry& entry : entries_) {
    if (nearest == 0) break;
    if (AreApart(wanted.size(), letters, entry.folded.size(), entry.letters, nearest - 1)) continue;
    const size_t distance = Distance(wanted, entry.folded, nearest - 1);
    if (distance >= nearest || NormalizeName(entry.name) == normal) continue;
    nearest = distance;
    best = &entry.name;
  }
  return best == nullptr ? std::nullopt : std::optional(*best);
}

std::optional<std::string> NearestName(std::string_view name,
                                       std::span<const std::string> candidates) {
  return NameIndex(candidates).Nearest(name);
}

}  // namespace steelyard
