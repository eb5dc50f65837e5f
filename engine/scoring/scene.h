// What all parts of one scoring run share.
#pragma once

#include <vector>

#include "engine/exact/links.h"
#include "engine/program/program.h"
#include "engine/scoring/output_plan.h"
#include "engine/scoring/result_text.h"
#include "engine/source/source.h"

namespace steelyard {

struct ScoringScene {
  const SourceSet& sources;
  const Model& model;
  const Program& program;
  const OutputPlan& plan;
  const RunFrame& frame;
  const std::vector<bool>& scored;  // by period of the frame
  ResultFormat format = ResultFormat::kCsv;
};

}  // namespace steelyard
