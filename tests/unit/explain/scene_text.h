// Rules and data that a test writes down, scored and ready to be explained.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "engine/data/given.h"
#include "engine/explain/scene.h"
#include "engine/periods.h"
#include "engine/steelyard.h"

namespace steelyard {

// The file that `tests/unit/explain` mostly uses: two managers and their orders of two quarters.
extern const char* const kTeamRules;
extern const std::map<std::string, std::string> kTeamData;

class TextScene {
 public:
  // `data`: table name to CSV text without quotes. Fails the test where the rules have errors.
  TextScene(const std::string& rules, const std::map<std::string, std::string>& data);

  const Scene& scene() const { return *scene_; }
  const Model& model() const { return *model_; }
  // The row of the program of a result, by subject and period as results show them.
  size_t Row(const std::string& key, const std::string& period = "") const;
  const ScoreOutcome& outcome() const { return *outcome_; }

 private:
  Session session_;
  std::optional<RuleFile> file_;
  std::optional<Model> model_;
  Program program_;
  GivenSet given_;
  std::optional<RunPlan> plan_;
  Evaluation evaluation_;
  std::unique_ptr<Links> links_;
  std::optional<Scene> scene_;
  std::unique_ptr<ScoreOutcome> outcome_;
};

}  // namespace steelyard
