#include "engine/testing/coverage.h"

#include <algorithm>

namespace steelyard {
namespace {

// The place as it is written, in one line.
std::string TextAt(const SourceSet& sources, Span span) {
  const std::string& source = sources.file(span.file).text();
  std::string text;
  for (uint32_t i = span.begin; i < span.end && i < source.size(); ++i) {
    const bool blank =
        source[i] == ' ' || source[i] == '\n' || source[i] == '\t' || source[i] == '\r';
    if (!blank) {
      text += source[i];
    } else if (!text.empty() && text.back() != ' ') {
      text += ' ';
    }
  }
  return text;
}

}  // namespace

size_t RuleCoverage::reached() const {
  return static_cast<size_t>(std::count_if(items.begin(), items.end(),
                                           [](const CoverageItem& item) { return item.reached; }));
}

CoverageCount::Key CoverageCount::KeyOf(const Probe& probe) {
  return {probe.span, probe.kind, probe.outcome, probe.id, probe.text};
}

CoverageCount::CoverageCount(const Program& program) {
  for (const Probe& probe : program.probes) {
    CoverageItem item;
    item.kind = probe.kind;
    item.outcome = probe.outcome;
    item.id = probe.id;
    item.name = probe.name;
    item.text = probe.text;
    items_.emplace(KeyOf(probe), std::move(item));
  }
}

void CoverageCount::Take(const Program& program, const std::vector<bool>& reached) {
  for (size_t i = 0; i < reached.size(); ++i) {
    const auto item = reached[i] ? items_.find(KeyOf(program.probes[i])) : items_.end();
    if (item != items_.end()) item->second.reached = true;
  }
}

std::vector<CoverageItem> CoverageCount::Items(const SourceSet& sources) const {
  std::vector<CoverageItem> items;
  for (const auto& [key, counted] : items_) {
    const Span span = std::get<0>(key);
    CoverageItem item = counted;
    const SourceFile& file = sources.file(span.file);
    const Position at = file.PositionOf(span.begin);
    item.file = file.path();
    item.line = at.line;
    item.column = at.column;
    if (item.text.empty()) item.text = TextAt(sources, span);
    items.push_back(std::move(item));
  }
  return items;
}

std::string PercentReached(size_t reached, size_t total) {
  const size_t tenths = total == 0 ? 1000 : reached * 1000 / total;
  const std::string whole = std::to_string(tenths / 10);
  return tenths % 10 == 0 ? whole + "%" : whole + "." + std::to_string(tenths % 10) + "%";
}

bool ReachesPercent(size_t reached, size_t total, const Number& percent) {
  if (total == 0) return true;
  return Number(static_cast<int64_t>(reached)) * Number(100) >=
         percent * Number(static_cast<int64_t>(total));
}

}  // namespace steelyard
