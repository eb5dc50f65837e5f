#include "engine/test_case.h"

#include <algorithm>

#include "engine/column/cell.h"
#include "engine/exact/evaluate.h"
#include "engine/explain/derive.h"
#include "engine/periods.h"
#include "engine/program/lower.h"
#include "engine/report/causes.h"
#include "engine/score.h"
#include "engine/testing/expect.h"
#include "engine/testing/given.h"
#include "engine/testing/names.h"

namespace steelyard {
namespace {

constexpr size_t kMostLines = 8;  // of a derivation

bool ExpectsRejection(const TestCase& test) {
  return std::any_of(test.expect.begin(), test.expect.end(), [](const TestExpectedRow& row) {
    return std::any_of(row.entries.begin(), row.entries.end(),
                       [](const TestExpected& entry) { return entry.output.text == "rejected"; });
  });
}

class CaseRunner {
 public:
  CaseRunner(Session& session, const TestedRules& rules, FileId file, const TestCase& test)
      : session_(session),
        rules_(rules),
        file_(file),
        test_(test),
        constants_(rules.model.schema, file, sink_) {}

  TestResult Run() {
    TestResult result;
    const SourceFile& source = session_.sources.file(file_);
    result.file = source.path();
    result.name = test_.name.text;
    result.line = source.PositionOf(test_.name.span.begin).line;
    const auto mismatches = Mismatches();
    if (!mismatches) {
      result.status = TestStatus::kNotRun;
      result.mistakes = sink_.all();
      session_.sink.Append(sink_);
      return result;
    }
    for (size_t i = 0; i < mismatches->size(); ++i) {
      result.failures.push_back(FailureOf((*mismatches)[i]));
      if (i < derivations_.size()) Move(derivations_[i], result.failures.back());
    }
    if (!mismatches->empty()) result.status = TestStatus::kFailed;
    return result;
  }

 private:
  // Empty where a mistake was reported.
  std::optional<std::vector<Mismatch>> Mismatches() {
    const auto expected =
        BindExpectations(rules_.model, rules_.program, rules_.columns, test_, constants_, sink_);
    const bool good = CheckPeriod();
    const std::optional<Draft> draft = MakeDraft(rules_.model, test_, sink_);
    if (!draft) return std::nullopt;
    const auto stand_ins = ReadStandIns(rules_.model, *draft, constants_, sink_);
    const auto given =
        LoadDraft(rules_.model, *draft, session_.sources, file_, ExpectsRejection(test_), sink_);
    if (!expected || !good || !stand_ins || !given) return std::nullopt;
    if (!test_.has_values) return Hold(rules_.model, rules_.program, *given, {}, *draft, *expected);
    const Model model = WithStandIns(rules_.model, *stand_ins);
    const Program program = WithoutUnknownRows(
        rules_.coverage == nullptr ? Lower(model) : LowerWithProbes(model), *draft);
    return Hold(model, program, *given, *stand_ins, *draft, *expected);
  }

  bool CheckPeriod() {
    if (!test_.period.present()) return true;
    if (rules_.model.schema.period) {
      return ReadPeriod(rules_.model.schema, test_.period, sink_).has_value();
    }
    sink_.Report(DiagKind::kCaseWithoutPeriods, test_.period.span, {rules_.model.scorecard});
    return false;
  }

  std::optional<std::vector<Mismatch>> Hold(const Model& model, const Program& program,
                                            const GivenData& given,
                                            const std::vector<StandIn>& stand_ins,
                                            const Draft& draft,
                                            const std::vector<ExpectedResult>& expected) {
    auto plan = Plan(model, program, given, draft);
    if (!plan) return std::nullopt;
    const auto period = Period::Parse(test_.period.text);
    if (period && !CheckValuePeriods(program, draft, *period, sink_)) return std::nullopt;
    plan->frame.stand_ins = StandInColumns(model, stand_ins, given, plan->frame);
    ScoreDetail detail;
    const auto outcome = ScoreTables({session_, model, program, given.data, *plan}, &detail);
    if (rules_.coverage != nullptr) rules_.coverage->Take(program, detail.reached);
    FoundResults found;
    found.results = &outcome->table;
    found.turned_away = TurnedAwayIn(given, *outcome, detail.rejected);
    found.subjects = SubjectsOf(given);
    found.cause = [&](const Missing& why, Language language) {
      return CauseText(why, program, given.data.tables, session_.sources, language);
    };
    auto mismatches = Compare(expected, found, sink_);
    if (mismatches && !mismatches->empty())
      Derive(model, draft, given, *plan, *outcome, *mismatches);
    return mismatches;
  }

  // How what was found came about. The program is lowered once more, so that its way can be told.
  void Derive(const Model& model, const Draft& draft, const GivenData& given, const RunPlan& plan,
              const ScoreOutcome& outcome, const std::vector<Mismatch>& mismatches) {
    Program program = LowerTraced(model);
    if (test_.has_values) program = WithoutUnknownRows(std::move(program), draft);
    const Tables& tables = given.data.tables;
    const Evaluation evaluation = Evaluate(program, tables, plan.frame, true);
    Links links(model.schema, tables, plan.frame);
    const Scene scene{session_.sources, model, program, tables, plan.frame, evaluation, links};
    for (const Mismatch& mismatch : mismatches) {
      Derivation lines;
      for (const Language language : {Language::kEnglish, Language::kChinese}) {
        if (!mismatch.row) continue;
        lines.of[static_cast<size_t>(language)] =
            DerivationLines(scene, outcome.table.columns[mismatch.column].heading,
                            outcome.subject_rows[*mismatch.row], language, kMostLines);
      }
      derivations_.push_back(std::move(lines));
    }
  }

  std::optional<RunPlan> Plan(const Model& model, const Program& program, const GivenData& given,
                              const Draft& draft) {
    std::vector<Period> periods;
    for (const DraftValue& value : draft.values) {
      if (value.period) periods.push_back(*value.period);
    }
    DiagnosticSink own;
    auto plan = PlanRun(model, program, given.data.tables, test_.period.text, test_.as_of.text, own,
                        periods);
    for (const Diagnostic& found : own.all()) Retell(found);
    return plan;
  }

  // What the planner says of a command line, said of the case.
  void Retell(const Diagnostic& found) {
    Span place = test_.name.span;
    if (test_.period.present()) place = test_.period.span;
    if (test_.as_of.present()) place = test_.as_of.span;
    Diagnostic& told = sink_.Report(found.kind, place, found.args);
    for (const Help& help : found.helps) {
      HelpKind kind = help.kind;
      if (kind == HelpKind::kGivePeriod) kind = HelpKind::kCasePeriod;
      if (kind == HelpKind::kGiveAsOf) kind = HelpKind::kCaseAsOf;
      told.Because(kind, help.args, help.span);
    }
  }

  std::vector<TurnedAway> TurnedAwayIn(const GivenData& given, const ScoreOutcome& outcome,
                                       const std::vector<RejectedSubject>& rejected) const {
    std::vector<TurnedAway> turned_away;
    for (const UnusedSubject& unused : given.unused) {
      TurnedAway away;
      away.keys = unused.keys;
      away.because = unused.reject.column;
      for (const Language language : {Language::kEnglish, Language::kChinese}) {
        away.cause[static_cast<size_t>(language)] = ReasonText(unused.reject, language);
      }
      turned_away.push_back(std::move(away));
    }
    for (const RejectedSubject& subject : rejected) {
      const RejectLine& line = outcome.rejects[subject.line];
      TurnedAway away;
      away.keys = KeysOf(given.data, subject.row);
      away.period = subject.period;
      away.because = line.column;
      for (size_t language = 0; language < 2; ++language) {
        away.cause[language] = line.reason[language];
      }
      turned_away.push_back(std::move(away));
    }
    return turned_away;
  }

  std::vector<std::vector<std::string>> SubjectsOf(const GivenData& given) const {
    std::vector<std::vector<std::string>> subjects;
    const size_t rows = given.data.tables.at(rules_.model.schema.subject).rows;
    for (size_t row = 0; row < rows; ++row) subjects.push_back(KeysOf(given.data, row));
    for (const UnusedSubject& unused : given.unused) subjects.push_back(unused.keys);
    return subjects;
  }

  std::vector<std::string> KeysOf(const DataSet& data, size_t row) const {
    const TableId subject = rules_.model.schema.subject;
    const Table& table = data.tables.at(subject);
    std::vector<std::string> keys;
    for (const int32_t key : rules_.model.schema.table(subject).key) {
      const Value value = CellAt(table.columns[static_cast<size_t>(key)], row);
      keys.push_back(CellText(value, rules_.columns.columns[keys.size()]));
    }
    if (keys.empty()) keys.push_back(std::to_string(row + 1));
    return keys;
  }

  TestFailure FailureOf(const Mismatch& mismatch) const {
    const Position at = session_.sources.file(file_).PositionOf(mismatch.place.begin);
    TestFailure failure;
    failure.line = at.line;
    failure.column = at.column;
    failure.subject = mismatch.subject;
    failure.output = mismatch.output;
    for (size_t language = 0; language < 2; ++language) {
      failure.expected[language] = mismatch.expected[language];
      failure.found[language] = mismatch.found[language];
    }
    return failure;
  }

  struct Derivation {
    std::vector<std::string> of[2];  // by Language
  };
  static void Move(Derivation& from, TestFailure& to) {
    for (size_t i = 0; i < 2; ++i) to.derivation[i] = std::move(from.of[i]);
  }

  Session& session_;
  const TestedRules& rules_;
  FileId file_;
  const TestCase& test_;
  DiagnosticSink sink_;
  std::vector<Derivation> derivations_;  // by mismatch
  ConstantReader constants_;
};

}  // namespace

TestResult RunCase(Session& session, const TestedRules& rules, FileId file, const TestCase& test) {
  return CaseRunner(session, rules, file, test).Run();
}

}  // namespace steelyard
