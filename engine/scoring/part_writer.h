// Rows of results as text, with what a summary needs of them: each number as every exact value has
// it that the fast evaluator's double may stand for, and from the exact evaluator where it may be
// either of two texts.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/column/table.h"
#include "engine/fast/run.h"
#include "engine/report/write.h"
#include "engine/scoring/part_tally.h"
#include "engine/scoring/scene.h"
#include "engine/scoring/text_buffer.h"

namespace steelyard {

// Consecutive subjects.
struct ScoredPart {
  TextBuffer text;
  PartTally tally;
  std::vector<RejectLine> rejects;
  uint64_t scored = 0;  // subjects
  uint64_t not_selected = 0;
  uint64_t rejected = 0;

  void Clear();
};

// Writes the results of some tables; one for each thread.
class PartWriter {
 public:
  // All must outlive it.
  PartWriter(const ScoringScene& scene, const Tables& tables, fast::Run& run,
             const std::vector<int32_t>* period_of_row);
  ~PartWriter();
  PartWriter(PartWriter&&) noexcept;

  // Adds the subjects `first` to `end`, which are rows of the subject's table. The table's first
  // row has the number `first_number` in the file, counted from 0.
  void Write(size_t first, size_t end, ScoredPart& part, size_t first_number = 0);

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace steelyard
