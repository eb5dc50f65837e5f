// The chapters of a handbook. Each adds its part to the document; where there is nothing to say it
// adds nothing.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/check/model.h"
#include "engine/compare/change.h"
#include "engine/handbook/document.h"
#include "engine/handbook/labels.h"
#include "engine/handbook/sentences.h"
#include "engine/syntax/rule_file.h"

namespace steelyard {

// What the chapters share.
struct Writing {
  const Model& model;
  const RuleFile& file;
  Labels labels;
  Sentences words;
  HandbookDocument document;
  std::set<DefinitionId> explained;  // in a chapter of their own

  Writing(const Model& checked, Language language)
      : model(checked),
        file(*checked.file),
        labels(checked, language),
        words(checked, labels, language) {
    document.language = language;
  }

  std::string Say(std::string_view english, std::string_view chinese) const {
    return words.Say(english, chinese);
  }
};

// Does the handbook describe the indicator? Not a draft, nor one that ended before the card began.
bool IsDescribed(const Writing& writing, const IndicatorModel& indicator);
// `strategic_share` and the like as anchors; a number where the id is no plain word.
std::string AnchorOf(const char* kind, const std::string& id, size_t index);
std::string AnchorOf(const Writing& writing, const IndicatorModel& indicator);
// `战略客户营收占比` and behind it, small, the id.
Line NameAndId(const std::string& name, const std::string& id);
// The same at the head of an item of a list.
Line StrongNameAndId(const std::string& id, const std::string& name);
// Values and parameters that were met since this was last called, in a table.
void ExplainNames(Writing& writing);

void AddTitle(Writing& writing);     // overview.cpp
void AddOverview(Writing& writing);  // overview.cpp
void AddWeights(Writing& writing);   // weights.cpp
void AddIndicators(Writing& writing);
void AddPoints(Writing& writing, const IndicatorModel& indicator);      // points.cpp
void AddGates(Writing& writing);                                        // gates.cpp
void AddGrades(Writing& writing);                                       // grades.cpp
void AddPay(Writing& writing);                                          // pay.cpp
void AddExample(Writing& writing);                                      // example.cpp
void AddRetired(Writing& writing);                                      // indicators.cpp
void AddChanges(Writing& writing, const std::vector<Change>& changes);  // changes.cpp
void AddGlossary(Writing& writing);                                     // glossary.cpp

}  // namespace steelyard
