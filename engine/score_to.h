// Scoring to text: results are written as they are computed, by the fast evaluator unless the exact
// one is asked for. Both write the same text.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "engine/receipt.h"
#include "engine/scoring/part_writer.h"
#include "engine/steelyard.h"

namespace steelyard {

// Takes the text of results piece by piece.
class ResultSink {
 public:
  virtual ~ResultSink() = default;
  // What was written before is not wanted.
  virtual void Begin() = 0;
  virtual void Write(std::string_view text) = 0;
};

// A file of results; or text for standard output, a pipe or a device, which is kept until all of it
// is there: short texts in memory, long ones in a scratch file.
class ResultFile final : public ResultSink {
 public:
  // `path` empty: standard output. Nothing is opened before something is written.
  ResultFile(Session& session, std::string path, bool hashed);
  ~ResultFile() override;

  void Begin() override;
  void Write(std::string_view text) override;
  // Of all that was written; `hashed` only.
  ResultDigest Digest();
  // Puts the file in its place. False where an error was reported, of any write before it too.
  bool Commit();
  // Once that is done: hands on the text for standard output, until `take` returns false; false
  // then, too.
  bool Print(const std::function<bool(std::string_view)>& take);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct ScoreTarget {
  ResultFormat format = ResultFormat::kCsv;
  bool exact = false;  // the exact evaluator alone
};

// What `Score` gives, but for the rows of its table, which go to the sink; the table's columns hold
// no cells. Empty exactly when errors were reported; what the sink got until then is of no use.
std::unique_ptr<ScoreOutcome> ScoreTo(Session& session, const ScoreOptions& options,
                                      const ScoreTarget& target, ResultSink& sink);

}  // namespace steelyard
