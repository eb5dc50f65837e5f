// The façade: everything the command line (or another program) needs of the engine. A call takes
// texts and paths and gives results and diagnostics; nothing outlives it, nothing is printed.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/calendar.h"
#include "engine/diag/diagnostic.h"
#include "engine/report/results.h"
#include "engine/report/write.h"

namespace steelyard {

// One run: the files it read and what was found. Rendered with diag/render.h.
struct Session {
  SourceSet sources;
  DiagnosticSink sink;
  explicit Session(SourceLoader loader = LoadFromDisk) : sources(std::move(loader)) {}
};

// --- check --------------------------------------------------------------------------------------

// The house rules to hold a rule file against.
struct PolicyChoice {
  bool nearest = false;  // `steelyard.policy.yaml` in the file's folder, or in one above
  std::string path;      // these instead; empty: none, or the nearest
};

struct CheckOutcome {
  bool passed = false;                  // no errors (warnings may be in the sink)
  bool is_library = false;              // no scorecard: only its form was checked
  bool is_tests = false;                // tests of rules: likewise
  bool is_policy = false;               // house rules
  std::string policy;                   // the house rules that were applied, as a path; empty: none
  std::vector<AllowedFinding> allowed;  // not in the sink
  size_t indicators = 0;
  size_t formulas = 0;
  std::string dump;  // the program, where it was asked for and could be made
};
// A file of house rules is checked as such.
CheckOutcome CheckRules(Session& session, const std::string& path, bool want_dump,
                        const PolicyChoice& choice = {});

// --- score --------------------------------------------------------------------------------------

struct ScoreOptions {
  std::string rules;
  std::vector<std::string> data;  // as given to --data
  std::string period;             // --period, as typed; empty: all in force
  std::string as_of;              // --as-of, as typed
  std::function<void(const std::string& stage, uint64_t done)> progress;  // may be empty
  std::function<void(const std::string& path)>
      opening;  // a data file is going to be read; likewise
  bool want_meaning = false;
  size_t threads = 1;
};

struct DataFile {
  std::string table;
  std::string path;
};

struct ScoreOutcome {
  ResultTable table;
  SummaryInput summary;  // `table` points into this outcome; output and rejects are left empty
  std::vector<RejectLine> rejects;
  std::vector<DataFile> data_files;  // that were read, also for lower cards
  std::string meaning;               // of the rules, as a hash, where it was asked for
  std::vector<size_t> subject_rows;  // by row of `table`: the row of the program it tells of
};
// Empty exactly when errors were reported (in the session's sink). Rejected rows are no errors.
std::unique_ptr<ScoreOutcome> Score(Session& session, const ScoreOptions& options);

// Did the run read the file at this path, by whatever name? To write there would destroy it.
bool WasRead(const Session& session, const ScoreOutcome& outcome, const std::string& path);
// The same of rule files alone.
bool WasRead(const Session& session, const std::string& path);

// Writes `text` so that the file appears under its name only when complete.
bool WriteFile(Session& session, const std::string& path, const std::string& text);

// --- eval ---------------------------------------------------------------------------------------

struct EvalOptions {
  std::string formula;
  std::vector<std::string> settings;  // NAME=VALUE; VALUE a formula, or [a, b, …] for a column
  bool exact = false;                 // print the fraction
};
struct EvalOutcome {
  std::string text;      // `0.35`, `true`, `36 h`, `missing`
  std::string cause[2];  // why it is missing, by Language; empty otherwise
};
std::optional<EvalOutcome> Eval(Session& session, const EvalOptions& options);

}  // namespace steelyard
