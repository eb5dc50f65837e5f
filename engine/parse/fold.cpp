// Folds characters one by one; a table holds those that are not plain full-width forms.
#include "engine/parse/fold.h"

#include <algorithm>
#include <iterator>

#include "engine/base/text.h"

namespace steelyard {

namespace {

struct Fold {
  char32_t from;
  std::string_view to;
};

constexpr Fold kFolds[] = {
    {U'\u00A0', " "},  // no-break space
    {U'×', "*"},      {U'÷', "/"},      {U'\u2002', " "}, {U'\u2003', " "}, {U'\u2004', " "},
    {U'\u2005', " "}, {U'\u2006', " "}, {U'\u2007', " "}, {U'\u2008', " "}, {U'\u2009', " "},
    {U'\u200A', " "}, {U'\u2010', "-"},               // hyphen
    {U'\u2011', "-"}, {U'\u2012', "-"}, {U'–', "-"},  // figure dash, en dash
    {U'\u202F', " "}, {U'⁄', "/"},      {U'\u205F', " "}, {U'−', "-"},      {U'∕', "/"},
    {U'∗', "*"},      {U'∶', ":"},      {U'≠', "!="},     {U'≤', "<="},     {U'≥', ">="},
    {U'≦', "<="},     {U'≧', ">="},     {U'✕', "*"},      {U'✖', "*"},      {U'⨯', "*"},
    {U'⩽', "<="},     {U'⩾', ">="},     {U'、', ","},     {U'﹐', ","},     {U'﹣', "-"},
};

// The full-width quotes stay: they may stand inside a text in other quotes.
bool StaysWide(char32_t point) { return point == U'＂' || point == U'＇'; }

std::string_view FoldOf(char32_t point) {
  const auto* const end = std::end(kFolds);
  const auto* const found =
      std::lower_bound(std::begin(kFolds), end, point,
                       [](const Fold& fold, char32_t key) { return fold.from < key; });
  return found != end && found->from == point ? found->to : std::string_view();
}

}  // namespace

FoldedText::FoldedText(const EmbeddedText& source) : source_(source) {
  const std::string& written = source.text;
  text_.reserve(written.size());
  origins_.reserve(written.size() + 1);
  for (size_t at = 0; at < written.size();) {
    const CodePoint point = DecodeAt(written, at);
    const size_t before = text_.size();
    if (const std::string_view fold = FoldOf(point.value); !fold.empty()) {
      text_ += fold;
    } else {
      AppendUtf8(StaysWide(point.value) ? point.value : FoldWidth(point.value), text_);
    }
    const bool same_length = text_.size() - before == point.length;
    for (size_t i = 0; i < text_.size() - before; ++i) {
      origins_.push_back(static_cast<uint32_t>(same_length ? at + i : at));
    }
    at += point.length;
  }
  origins_.push_back(static_cast<uint32_t>(written.size()));
}

std::string_view FoldedText::Slice(Extent extent) const {
  return std::string_view(text_).substr(extent.begin, extent.end - extent.begin);
}

Extent FoldedText::Origin(Extent extent) const {
  size_t end = extent.end;
  // Not into the middle of a character that became two.
  while (end > extent.begin && end < text_.size() && origins_[end] == origins_[end - 1]) ++end;
  return {origins_[extent.begin], origins_[end]};
}

std::string_view FoldedText::Written(Extent extent) const {
  const Extent origin = Origin(extent);
  return std::string_view(source_.text).substr(origin.begin, origin.end - origin.begin);
}

Span FoldedText::Locate(Extent extent) const {
  const Extent origin = Origin(extent);
  return source_.Locate(origin.begin, origin.end);
}

}  // namespace steelyard
