// One subject of a scoring run, found by its key, and explained.
#include "engine/explain.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/text.h"
#include "engine/column/cell.h"
#include "engine/diag/printable.h"
#include "engine/explain/explanation.h"
#include "engine/explain/explanation_json.h"
#include "engine/explain/figure_text.h"
#include "engine/explain/page.h"
#include "engine/explain/words.h"
#include "engine/score.h"

namespace steelyard {
namespace {

// The results of one run, and which of them are meant.
class Explainer {
 public:
  Explainer(Session& session, const Card& card, ReadyCard& ready, const ExplainOptions& options)
      : session_(session),
        model_(card.model),
        ready_(ready),
        options_(options),
        schema_(card.model.schema.table(card.model.schema.subject)),
        evaluation_(
            Evaluate(ready.program, ready.data.tables, ready.plan.frame, /*keep_all=*/true)),
        links_(card.model.schema, ready.data.tables, ready.plan.frame),
        scene_{session.sources,  card.model,  ready.program, ready.data.tables,
               ready.plan.frame, evaluation_, links_} {}

  std::unique_ptr<ExplainOutcome> Run() {
    auto outcome = std::make_unique<ExplainOutcome>();
    outcome->score = ScoreReady(session_, model_, ready_, evaluation_, &detail_);
    result_ = &outcome->score->table;
    const auto wanted = ReadKey();
    const auto row = wanted ? FindResult(*outcome->score, *wanted) : std::nullopt;
    if (!row) {
      if (wanted) ReportNoResult(*outcome->score, *wanted);
      outcome->problem = std::move(problem_);
      return outcome;
    }
    Explanation explanation = ExplainRow(scene_, *row, LanguageOfTexts());
    explanation.other_periods = other_periods_;
    outcome->text = TextOf(explanation);
    return outcome;
  }

 private:
  // Machines are spoken to in English.
  Language LanguageOfTexts() const {
    return options_.format == ExplainFormat::kJson ? Language::kEnglish : options_.language;
  }

  std::string TextOf(const Explanation& explanation) const {
    if (options_.format == ExplainFormat::kJson) return ExplanationJson(explanation, model_);
    const Document page = PageOf(explanation, model_, options_.language, options_.rows);
    return options_.format == ExplainFormat::kHtml ? ToHtml(page, options_.language) : ToText(page);
  }

  template <class... Args>
  std::string Say(const char* english, const char* chinese, const Args&... args) const {
    const bool chinese_wanted = options_.language == Language::kChinese;
    return fmt::format(fmt::runtime(chinese_wanted ? chinese : english), Printable(args, 120)...);
  }
  void Report(bool usage, std::string message, std::vector<std::string> advice) {
    problem_ = ExplainProblem{usage, std::move(message), std::move(advice)};
  }

  // --- the key
  // ------------------------------------------------------------------------------------

  size_t KeyParts() const { return std::max<size_t>(schema_.key.size(), 1); }

  // Its parts, one for each column of the key. A comma parts them only where there are several.
  std::optional<std::vector<std::string>> ReadKey() {
    const std::vector<std::string>& given = options_.subject;
    if (given.size() == KeyParts()) return given;
    std::vector<std::string> parts;
    for (const std::string& text : given) {
      size_t begin = 0;
      for (size_t comma = text.find(','); comma != std::string::npos;
           comma = text.find(',', begin)) {
        parts.push_back(text.substr(begin, comma - begin));
        begin = comma + 1;
      }
      parts.push_back(text.substr(begin));
    }
    if (parts.size() == KeyParts()) return parts;
    std::string columns;
    std::string example;
    for (const int32_t key : schema_.key) {
      const ColumnSchema& column = schema_.columns[static_cast<size_t>(key)];
      columns += (columns.empty() ? "`" : ", `") + column.id + "`";
      example += (example.empty() ? "" : ",") + ToUpper(column.id);
    }
    Report(
        true,
        Say("`--subject {}` gives {} of the {} parts of a key",
            "`--subject {0}` 给出 {1} 个部分，而主键有 {2} 个部分", Joined(given),
            std::to_string(parts.size()), std::to_string(KeyParts())),
        {Say("a key has {}: `--subject {}`", "主键由 {} 组成：`--subject {}`", columns, example)});
    return std::nullopt;
  }

  static std::string Joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ",") + part;
    return text;
  }

  std::vector<std::string> KeyOfResult(size_t row) const {
    std::vector<std::string> key;
    for (const ResultColumn& column : result_->columns) {
      if (column.role == ResultRole::kKey) key.push_back(CellText(column.cells[row], column));
    }
    return key;
  }

  std::string PeriodOfResult(size_t row) const {
    for (const ResultColumn& column : result_->columns) {
      if (column.role == ResultRole::kPeriod) return CellText(column.cells[row], column);
    }
    return "";
  }

  // The program's row of the last result with this key; the periods of the others are kept.
  std::optional<size_t> FindResult(const ScoreOutcome& outcome,
                                   const std::vector<std::string>& wanted) {
    std::optional<size_t> found;
    for (size_t row = 0; row < result_->rows; ++row) {
      if (KeyOfResult(row) != wanted) continue;
      if (found) other_periods_.push_back(PeriodOfResult(*found));
      found = row;
    }
    if (!found) return std::nullopt;
    return outcome.subject_rows[*found];
  }

  // --- why there is none
  // --------------------------------------------------------------------------

  std::vector<std::string> KeyOfSubject(size_t subject) const {
    const Table& table = scene_.tables.at(model_.schema.subject);
    std::vector<std::string> key;
    for (const int32_t column : schema_.key) {
      key.push_back(CellText(CellAt(table.columns[static_cast<size_t>(column)], subject),
                             result_->columns[key.size()]));
    }
    if (key.empty()) key.push_back(std::to_string(subject + 1));
    return key;
  }

  void ReportNoResult(const ScoreOutcome& outcome, const std::vector<std::string>& wanted) {
    const Table& table = scene_.tables.at(model_.schema.subject);
    std::vector<std::string> keys;
    for (size_t subject = 0; subject < table.rows; ++subject) {
      const std::vector<std::string> key = KeyOfSubject(subject);
      if (key == wanted) return ReportUnscored(outcome, subject, Joined(wanted));
      keys.push_back(Joined(key));
    }
    if (ReportRejectedRow(wanted)) return;
    std::vector<std::string> advice;
    if (const auto near = NearestName(Joined(wanted), keys)) {
      advice.push_back(Say("did you mean `{}`?", "您是指 `{}` 吗？", *near));
    } else if (!keys.empty()) {
      advice.push_back(Say("there is for instance `{}`", "例如有 `{}`", keys.front()));
    }
    TellOfRejects(advice);
    Report(true, Say("there is no {} `{}`", "没有 {} `{}`", LabelOf(schema_), Joined(wanted)),
           std::move(advice));
  }

  void TellOfRejects(std::vector<std::string>& advice) const {
    size_t count = 0;
    const Reject* first = nullptr;
    for (const Reject& reject : ready_.data.rejects) {
      if (reject.table != model_.schema.subject) continue;
      if (count++ == 0) first = &reject;
    }
    if (first == nullptr) return;
    advice.push_back(Say("{} rows of `{}` were rejected, the first in {}: it may be one of them",
                         "`{1}` 有 {0} 行被拒绝，第一行位于 {2}，它可能是其中之一",
                         std::to_string(count), schema_.id, PlaceOf(*first)));
  }

  static std::string PlaceOf(const Reject& reject) {
    return fmt::format("{}:{}", reject.file, reject.line);
  }

  // A row of the subject's table that could not be used, where what was found in it is the key.
  bool ReportRejectedRow(const std::vector<std::string>& wanted) {
    for (const Reject& reject : ready_.data.rejects) {
      if (reject.table != model_.schema.subject) continue;
      const bool named = wanted.size() == 1 && reject.text == wanted[0];
      if (!named) continue;
      Report(false,
             Say("{} `{}` was rejected: {}", "{} `{}` 被拒绝：{}", LabelOf(schema_), Joined(wanted),
                 ReasonText(reject, options_.language)),
             {Say("in {}, column `{}`: `{}`", "位于 {}，列 `{}`：`{}`", PlaceOf(reject),
                  reject.column, reject.text)});
      return true;
    }
    return false;
  }

  // The subject is there, and has no result.
  void ReportUnscored(const ScoreOutcome& outcome, size_t subject, const std::string& key) {
    std::vector<std::string> told;
    for (const RejectedSubject& rejected : detail_.rejected) {
      if (rejected.row != subject) continue;
      const RejectLine& line = outcome.rejects[rejected.line];
      std::vector<std::string> advice = std::move(problem_ ? problem_->advice : told);
      advice.push_back(Say("{}: `{}` has no value, in {}: {}", "{}：`{}` 没有值，位于 {}：{}",
                           line.text, line.column, fmt::format("{}:{}", line.file, line.line),
                           line.reason[static_cast<size_t>(options_.language)]));
      Report(false, Say("{} `{}` was rejected", "{} `{}` 被拒绝", LabelOf(schema_), key),
             std::move(advice));
    }
    if (problem_) return;
    if (ready_.program.selected.valid() && !IsSelected(subject)) {
      Derivation derivation(scene_, options_.language);
      const size_t condition = derivation.Add(model_.subject_where, HereOf(subject));
      std::string words;
      for (const std::string& part : EquationOf(derivation.at(condition))) words += part;
      Report(false,
             Say("{} `{}` is not scored: `where` of the subject does not hold for it",
                 "{} `{}` 不评分：考核对象的 `where` 条件不成立", LabelOf(schema_), key),
             {words});
      return;
    }
    Report(true,
           Say("{} `{}` has no result in {}", "{} `{}` 在 {} 没有结果", LabelOf(schema_), key,
               options_.score.period.empty() ? "-" : options_.score.period),
           {});
  }

  Here HereOf(size_t subject) const {
    const Grain grain = ready_.program.subject;
    return {grain, grain.periodic ? subject * ready_.plan.frame.periods.size() : subject};
  }

  bool IsSelected(size_t subject) const {
    const auto value = ValueAt(scene_, ready_.program.selected, HereOf(subject));
    return value && value->holds();
  }

  Session& session_;
  const Model& model_;
  ReadyCard& ready_;
  const ExplainOptions& options_;
  const TableSchema& schema_;
  Evaluation evaluation_;
  Links links_;
  Scene scene_;
  const ResultTable* result_ = nullptr;
  ScoreDetail detail_;
  std::vector<std::string> other_periods_;
  std::optional<ExplainProblem> problem_;
};

// Results of lower cards were read from files that nobody knows.
void NameFiles(ReadyCard& ready) {
  for (Table& table : ready.data.tables.tables) {
    for (std::string& file : table.files) file = ready.lower.NameOf(file);
  }
}

}  // namespace

std::unique_ptr<ExplainOutcome> Explain(Session& session, const ExplainOptions& options) {
  CardShelf shelf(session);
  const std::unique_ptr<Card> card = OpenCard(shelf, options.score.rules);
  if (card == nullptr) return nullptr;
  auto ready = MakeReady(shelf, card->file, card->model, options.score, {card->path}, true);
  if (!ready) return nullptr;
  NameFiles(*ready);
  return Explainer(session, *card, *ready, options).Run();
}

}  // namespace steelyard
