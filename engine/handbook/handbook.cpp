#include "engine/handbook/handbook.h"

#include "engine/handbook/chapters.h"

namespace steelyard {

HandbookDocument WriteHandbook(const Model& model, Language language,
                               const std::vector<Change>* changes) {
  Writing writing(model, language);
  for (const IndicatorModel& indicator : model.indicators) {
    if (IsDescribed(writing, indicator)) writing.explained.insert(indicator.definition);
  }
  AddTitle(writing);
  ExplainNames(writing);
  AddOverview(writing);
  AddWeights(writing);
  AddExample(writing);
  AddIndicators(writing);
  AddGates(writing);
  AddGrades(writing);
  AddPay(writing);
  AddRetired(writing);
  if (changes != nullptr) AddChanges(writing, *changes);
  AddGlossary(writing);
  return std::move(writing.document);
}

}  // namespace steelyard
