// One formula by itself, with names given on the command line: a small rule file is made of them,
// and checked, lowered and evaluated like any other.
#include <map>

#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/check/check.h"
#include "engine/exact/evaluate.h"
#include "engine/parse/parse.h"
#include "engine/periods.h"
#include "engine/program/lower.h"
#include "engine/report/causes.h"
#include "engine/steelyard.h"

namespace steelyard {
namespace {

// A column given as a list.
struct ListSetting {
  std::string name;
  Span span;
  Type type;
  std::vector<Value> values;
};

Formula ParseText(Session& session, const std::string& label, const std::string& text) {
  Formula formula;
  const FileId file = session.sources.Add(label, text);
  formula.source = EmbeddedText::Verbatim(file, 0, text);
  formula.span = Span{file, 0, static_cast<uint32_t>(text.size())};
  formula.tree = ParseFormula(formula.source, session.sink);
  return formula;
}

std::string Trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::string NameOf(const std::string& text) {
  std::string name = Trimmed(text);
  if (name.size() > 2 && name.front() == '`' && name.back() == '`') {
    name = name.substr(1, name.size() - 2);
  }
  return NormalizeName(name);
}

// `[100, 120, 150]` to its elements, each a formula; a comma inside brackets or quotes parts
// nothing.
std::vector<std::string> Elements(const std::string& list) {
  std::vector<std::string> elements;
  std::string element;
  int depth = 0;
  char quote = 0;
  for (const char c : list.substr(1, list.size() - 2)) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')') {
      --depth;
    }
    if (c == ',' && depth == 0 && quote == 0) {
      elements.push_back(Trimmed(element));
      element.clear();
    } else {
      element += c;
    }
  }
  if (!Trimmed(element).empty()) elements.push_back(Trimmed(element));
  return elements;
}

class Evaluator {
 public:
  explicit Evaluator(Session& session) : session_(session) {
    // One subject, of which the settings are the values.
    const Word subject = {"eval", Span{session_.sources.Add("command line", ""), 0, 0}};
    TableDecl table;
    table.id = subject;
    file_.tables.push_back(std::move(table));
    file_.subject = subject;
    file_.is_command_line = true;
  }

  std::optional<EvalOutcome> Run(const EvalOptions& options) {
    for (const std::string& setting : options.settings) ReadSetting(setting);
    MakeTables();
    const Formula formula = ParseText(session_, "formula", options.formula);
    if (!formula.parsed() || session_.sink.HasErrors()) return std::nullopt;
    const auto checked = CheckFormula(file_, formula, session_.sink);
    if (!checked) return std::nullopt;
    return Compute(checked->model, checked->term, options.exact);
  }

 private:
  void ReadSetting(const std::string& setting) {
    const size_t equals = setting.find('=');
    if (equals == 0 || equals == std::string::npos) {
      session_.sink.Report(DiagKind::kBadSetting, Span(), {setting});
      return;
    }
    const std::string name = NameOf(setting.substr(0, equals));
    const std::string value = Trimmed(setting.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '[' && value.back() == ']') {
      ReadList(name, value);
      return;
    }
    ValueDecl declared;
    declared.formula = ParseText(session_, "--set " + name, value);
    declared.id = {name, declared.formula.span};
    file_.values.push_back(std::move(declared));
  }

  // Elements are constants: each is worked out by itself.
  void ReadList(const std::string& name, const std::string& text) {
    ListSetting list;
    list.name = name;
    list.span = file_.subject.span;
    RuleFile alone;
    alone.tables = {file_.tables[0]};
    alone.subject = file_.subject;
    alone.is_command_line = true;
    for (const std::string& element : Elements(text)) {
      const Formula formula = ParseText(session_, "--set " + name, element);
      list.span = formula.span;
      const auto checked = formula.parsed() ? CheckFormula(alone, formula, session_.sink)
                                            : std::optional<CheckedFormula>();
      if (!checked) return;
      const Type& type = checked->model.term(checked->term).type;
      const auto value = ConstantValue(checked->model, checked->term);
      if (!value) return;
      if (type.kind != TypeKind::kNothing) {
        if (!list.values.empty() && known_type_ && !SameKind(list.type, type)) {
          session_.sink.Report(DiagKind::kListOfKinds, formula.span, {name});
          return;
        }
        list.type = type;
        known_type_ = true;
      }
      list.values.push_back(*value);
    }
    known_type_ = false;
    lists_.push_back(std::move(list));
  }

  static bool SameKind(const Type& a, const Type& b) {
    return a.kind == b.kind && a.unit.SameDimensions(b.unit);
  }

  static const char* TypeWord(const Type& type) {
    switch (type.kind) {
      case TypeKind::kBool: return "bool";
      case TypeKind::kText: return "text";
      case TypeKind::kDate: return "date";
      case TypeKind::kDateTime: return "datetime";
      default: return "number";
    }
  }

  // Lists of one length are columns of one table, whose rows belong to the one subject.
  void MakeTables() {
    std::map<size_t, size_t> by_length;
    for (const ListSetting& list : lists_) {
      const auto [at, added] = by_length.emplace(list.values.size(), file_.tables.size());
      if (added) {
        TableDecl table;
        table.id = {"row" + (by_length.size() == 1 ? "" : std::to_string(by_length.size())),
                    file_.subject.span};
        file_.tables.push_back(std::move(table));
      }
      ColumnDecl column;
      column.id = {list.name, list.span};
      column.type = {TypeWord(list.type), list.span};
      if (list.type.IsNumber() && !list.type.unit.plain()) {
        column.unit = {list.type.unit.ToString(), list.span};
      }
      file_.tables[at->second].columns.push_back(std::move(column));
      columns_[{at->second, file_.tables[at->second].columns.size() - 1}] = &list;
    }
    LinkTables();
  }

  // The rows belong to `given` by a key that all share.
  void LinkTables() {
    if (file_.tables.size() == 1) return;
    const Span span = file_.subject.span;
    ColumnDecl key;
    key.id = {" key", span};
    key.type = {"text", span};
    file_.tables[0].columns.push_back(key);
    file_.tables[0].key = {{" key", span}};
    for (size_t i = 1; i < file_.tables.size(); ++i) {
      file_.tables[i].columns.push_back(key);
      file_.tables[i].parents.push_back({file_.subject, {" key", span}, false, {}});
    }
  }

  Tables Data(const Model& model) const {
    Tables tables;
    for (size_t t = 0; t < model.schema.tables.size(); ++t) {
      const TableSchema& schema = model.schema.tables[t];
      Table table;
      table.rows = 1;
      for (size_t c = 0; c < schema.columns.size(); ++c) {
        table.columns.push_back(Column::OfType(schema.columns[c].type));
        const auto list = columns_.find({t, c});
        if (list == columns_.end()) continue;
        table.rows = list->second->values.size();
        for (const Value& value : list->second->values) Append(table.columns.back(), value);
      }
      for (size_t i = 0; i < schema.parents.size(); ++i) {
        table.parents.emplace_back(table.rows, 0);
      }
      tables.tables.push_back(std::move(table));
    }
    return tables;
  }

  static void Append(Column& column, const Value& value) {
    column.valid.Append(column.size(), !value.missing());
    if (value.missing()) {
      column.AppendMissing();
    } else if (value.is_number()) {
      std::get<NumberCells>(column.cells).Append(value.number());
    } else if (value.is_text()) {
      std::get<TextCells>(column.cells).Append(value.text());
    } else if (value.is_bool()) {
      std::get<std::vector<uint8_t>>(column.cells).push_back(value.truth() ? 1 : 0);
    } else if (value.is_date()) {
      std::get<std::vector<Date>>(column.cells).push_back(value.date());
    } else {
      std::get<std::vector<DateTime>>(column.cells).push_back(value.datetime());
    }
  }

  std::optional<EvalOutcome> Compute(const Model& model, TermId term, bool exact) {
    const Program program = LowerFormula(model, term);
    const Tables tables = Data(model);
    const auto plan = PlanRun(model, program, tables, "", "", session_.sink);
    if (!plan) return std::nullopt;
    const Evaluation evaluation = Evaluate(program, tables, plan->frame);
    const Value& value = evaluation.at(program.score, 0);
    EvalOutcome outcome;
    outcome.text = Text(value, model.term(term).type, exact);
    if (!value.missing()) return outcome;
    for (const Language language : {Language::kEnglish, Language::kChinese}) {
      outcome.cause[static_cast<size_t>(language)] =
          CauseText(value.why(), program, tables, session_.sources, language);
    }
    return outcome;
  }

  static std::string NumberText(const Number& value, const Type& type, bool exact) {
    const bool percent = type.form == NumberForm::kPercent;
    Number shown = value / type.unit.Scale();
    if (percent) shown = shown * Number(100);
    const std::string digits = exact ? shown.ToFraction() : FormatSignificant(shown);
    if (percent) return digits + "%";
    return type.unit.plain() ? digits : digits + " " + type.unit.ToString();
  }

  static std::string Text(const Value& value, const Type& type, bool exact) {
    if (value.missing()) return "missing";
    if (value.is_number()) return NumberText(value.number(), type, exact);
    if (value.is_bool()) return value.truth() ? "true" : "false";
    if (value.is_text()) return value.text();
    if (value.is_date()) return value.date().ToString();
    if (value.is_datetime()) return value.datetime().ToString();
    return value.period().ToString();
  }

  Session& session_;
  RuleFile file_;
  std::vector<ListSetting> lists_;
  bool known_type_ = false;
  std::map<std::pair<size_t, size_t>, const ListSetting*> columns_;
};

}  // namespace

std::optional<EvalOutcome> Eval(Session& session, const EvalOptions& options) {
  return Evaluator(session).Run(options);
}

}  // namespace steelyard
