// Named values and parameters, explained beneath the formulas that use them.
#include <algorithm>
#include <deque>

#include "engine/base/text.h"
#include "engine/handbook/chapters.h"

namespace steelyard {
namespace {

template <class Declarations>
const auto* FindBySpan(const Declarations& declarations, Span span) {
  const auto found = std::find_if(declarations.begin(), declarations.end(),
                                  [&](const auto& d) { return d.id.span == span; });
  return found == declarations.end() ? nullptr : &*found;
}

const ColumnDecl* FindColumn(const RuleFile& file, Span span) {
  for (const TableDecl& table : file.tables) {
    if (const ColumnDecl* column = FindBySpan(table.columns, span)) return column;
  }
  return nullptr;
}

class Explainer {
 public:
  explicit Explainer(Writing& writing) : writing_(writing), words_(writing.words) {}

  void Run() {
    Take();
    Sheet sheet;
    sheet.head = {words_.Say("where", "其中"), words_.Say("is", "是")};
    while (!waiting_.empty()) {
      const DefinitionId id = waiting_.front();
      waiting_.pop_front();
      const Definition& definition = writing_.model.definition(id);
      const std::string label = definition.column.valid() ? writing_.labels.Of(definition.column)
                                                          : writing_.labels.Of(definition);
      Line meaning = Meaning(definition);
      Take();
      if (!meaning.empty()) sheet.rows.push_back({NameAndId(label, definition.id), meaning});
    }
    writing_.document.Add(std::move(sheet));
  }

 private:
  void Take() {
    for (const DefinitionId id : writing_.labels.TakeMet()) {
      const DefinitionKind kind = writing_.model.definition(id).kind;
      const bool result = kind == DefinitionKind::kOutcome || kind == DefinitionKind::kPool;
      if (result || writing_.explained.count(id) > 0 || !seen_.insert(id).second) continue;
      waiting_.push_back(id);
    }
  }

  Line Meaning(const Definition& definition) {
    switch (definition.kind) {
      case DefinitionKind::kParameter: return Parameter(definition);
      case DefinitionKind::kValue: {
        const ValueDecl* decl = FindBySpan(writing_.file.values, definition.span);
        return decl != nullptr ? Mathematics(decl->formula) : Line();
      }
      case DefinitionKind::kComputedColumn: {
        const ColumnDecl* decl = FindColumn(writing_.file, definition.span);
        return decl != nullptr ? Mathematics(decl->formula) : Line();
      }
      case DefinitionKind::kIndicator:
        return Mathematics(
            writing_.model.indicators[static_cast<size_t>(definition.indicator)].decl->formula);
      default: return {};
    }
  }

  Line Mathematics(const Formula& formula) {
    Line line;
    if (formula.parsed()) line.Add(words_.Mathematics(formula));
    return line;
  }

  // `5%`; or `from 2025-01-01 on 6%; from 2026-01-01 on 5%`.
  Line Parameter(const Definition& definition) {
    const ParameterDecl* decl = FindBySpan(writing_.file.parameters, definition.span);
    if (decl == nullptr) return {};
    std::vector<const ParameterDecl::Entry*> entries;
    for (const auto& entry : decl->entries) entries.push_back(&entry);
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto* a, const auto* b) { return a->from < b->from; });
    Line line;
    for (const auto* entry : entries) {
      if (!line.empty()) line.Add(words_.Say("; ", "；"));
      if (entry->from) line.Add(words_.From(entry->from) + words_.Say(": ", "："));
      for (const Formula& value : entry->values) {
        if (&value != &entry->values.front()) line.Add(words_.Say(", ", "、"));
        line.Add(Element(value));
      }
    }
    return line;
  }

  // A bare word in a list is a text.
  Line Element(const Formula& formula) {
    if (!formula.parsed()) return {};
    const Expr& root = formula.tree.at(formula.tree.root);
    if (root.kind == ExprKind::kName && !writing_.labels.TermOf(root).valid()) {
      return "“" + root.text + "”";
    }
    return words_.Amount(formula);
  }

  Writing& writing_;
  Sentences& words_;
  std::deque<DefinitionId> waiting_;
  std::set<DefinitionId> seen_;
};

bool IsPlainWord(const std::string& id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

}  // namespace

void ExplainNames(Writing& writing) { Explainer(writing).Run(); }

std::string AnchorOf(const char* kind, const std::string& id, size_t index) {
  // A number alone could be the anchor of another one.
  const bool plain = IsPlainWord(id) && id.find_first_not_of("0123456789") != std::string::npos;
  return std::string(kind) + "-" + (plain ? id : std::to_string(index + 1));
}

std::string AnchorOf(const Writing& writing, const IndicatorModel& indicator) {
  const auto index = static_cast<size_t>(&indicator - writing.model.indicators.data());
  return AnchorOf("indicator", indicator.id, index);
}

Line NameAndId(const std::string& name, const std::string& id) {
  Line line = name;
  if (name != id) line.Quiet(" " + id);
  return line;
}

Line StrongNameAndId(const std::string& id, const std::string& name) {
  Line line;
  const std::string label = Labels::Chosen(id, name);
  line.Strong(label);
  if (label != id) line.Quiet(" " + id);
  return line;
}

bool IsDescribed(const Writing& writing, const IndicatorModel& indicator) {
  if (!indicator.value.valid() || !IsShown(writing.model, indicator)) return false;
  const std::optional<Date>& begin = writing.model.effective.from;
  return indicator.status != Status::kRetired || !begin || !indicator.until ||
         *indicator.until >= *begin;
}

}  // namespace steelyard
