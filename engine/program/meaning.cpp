// Nodes are known here by what they compute, not by where they stand: equal ones fall together, and
// numbers are given in the order in which the outputs ask for them.
#include "engine/program/meaning.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/text.h"

namespace steelyard {
namespace {

constexpr std::string_view kHead = "steelyard meaning 1\n";

// In quotes, so that no name can be taken for a sign or a line of its own.
std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '\n') {
      quoted += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

std::string QuotedAll(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += " " + Quoted(text);
  return all;
}

std::string TypeText(const Type& type) {
  if (type.kind == TypeKind::kEnum) return "enum" + (type.values ? QuotedAll(*type.values) : "");
  return Quoted(type.ToString());
}

std::string DecimalsText(const std::optional<int>& decimals) {
  return decimals ? " decimals " + std::to_string(*decimals) : "";
}

std::string DateText(const std::optional<Date>& date) { return date ? date->ToString() : ""; }

std::string ConstantText(const Value& value) {
  if (value.missing()) return "missing " + std::to_string(static_cast<int>(value.why().cause));
  if (value.is_number()) return value.number().ToFraction();
  if (value.is_bool()) return value.truth() ? "true" : "false";
  if (value.is_text()) return Quoted(value.text());
  if (value.is_date()) return value.date().ToString();
  if (value.is_datetime()) return "at " + value.datetime().ToString();
  return "period " + value.period().ToString();
}

std::string_view RunWord(RunFigure figure) {
  switch (figure) {
    case RunFigure::kAsOf: return "as_of";
    case RunFigure::kPeriodStart: return "period_start";
    case RunFigure::kPeriodEnd: return "period_end";
    case RunFigure::kPeriod: return "period";
  }
  STEELYARD_CHECK(false);
  return "";
}

// --- the schema ---------------------------------------------------------------------------------

class SchemaText {
 public:
  explicit SchemaText(const Model& model) : model_(model), schema_(model.schema) {}

  // In the order of ids. Tables that are not read are there too: files may be named for them.
  std::string Write() {
    std::vector<size_t> order;
    for (size_t i = 0; i < schema_.tables.size(); ++i) {
      if (!schema_.tables[i].pairs_of.valid()) order.push_back(i);
    }
    std::sort(order.begin(), order.end(),
              [&](size_t a, size_t b) { return schema_.tables[a].id < schema_.tables[b].id; });
    for (const size_t i : order) WriteTable(schema_.tables[i]);
    return std::move(text_);
  }

 private:
  void WriteTable(const TableSchema& table) {
    const bool is_read = IsRead(table);
    text_ += "table " + Quoted(table.id) + " " + Quoted(table.name);
    text_ += is_read ? "\n" : " not read\n";
    if (!is_read) return;
    const std::vector<bool> read = ColumnsToRead(schema_, table);
    for (size_t i = 0; i < read.size(); ++i) {
      if (read[i]) WriteColumn(table.columns[i]);
    }
    WriteOtherHeadings(table, read);
    WriteLinks(table);
    for (const TableDecl& declared : model_.file->tables) {
      const bool lower =
          declared.results_of.present() && NormalizeName(declared.id.text) == table.id;
      if (lower) text_ += "  results of a lower card\n";
    }
  }

  static std::string Names(const ColumnSchema& column) {
    return Quoted(column.id) + " " + Quoted(column.name) + QuotedAll(column.aliases);
  }

  // In the order of the file: of two wrong cells in a row the first is the one that is told.
  void WriteColumn(const ColumnSchema& column) {
    text_ += "  column " + Names(column) + ": " + TypeText(column.type);
    if (column.min) text_ += " min " + column.min->ToFraction();
    if (column.max) text_ += " max " + column.max->ToFraction();
    text_ += "\n";
  }

  // A heading that another column owns is not taken for this one's.
  void WriteOtherHeadings(const TableSchema& table, const std::vector<bool>& read) {
    std::vector<std::string> others;
    for (size_t i = 0; i < read.size(); ++i) {
      if (!read[i]) others.push_back(Names(table.columns[i]));
    }
    std::sort(others.begin(), others.end());
    for (const std::string& other : others) text_ += "  not read " + other + "\n";
  }

  void WriteLinks(const TableSchema& table) {
    const auto column = [&](int32_t index) {
      return Quoted(table.columns[static_cast<size_t>(index)].id);
    };
    for (const int32_t key : table.key) text_ += "  key " + column(key) + "\n";
    for (const ParentLink& link : table.parents) {
      text_ += "  belongs to " + Quoted(schema_.table(link.parent).id);
      if (link.column >= 0) text_ += " by " + column(link.column);
      text_ += link.optional ? " or none\n" : "\n";
    }
    if (table.time >= 0) text_ += "  time " + column(table.time) + "\n";
  }

  const Model& model_;
  const Schema& schema_;
  std::string text_;
};

// --- the program --------------------------------------------------------------------------------

class ProgramText {
 public:
  explicit ProgramText(const Program& program)
      : program_(program), schema_(*program.schema), numbers_(program.nodes.size(), -1) {
    FindTwins();
  }

  std::string Write(const std::vector<GradeModel>& grades) {
    Output("subject " + GrainText(program_.subject), program_.selected);
    for (const IndicatorOutput& indicator : program_.indicators) WriteIndicator(indicator);
    Output("score", program_.score);
    Output("grade", program_.grade);
    for (const GradeModel& grade : grades)
      outputs_ += "grade of results " + Quoted(grade.id) + "\n";
    WriteFlags("veto", program_.vetoes);
    WriteFlags("interlock", program_.interlocks);
    WriteFlags("alert", program_.alerts);
    WriteFlags("review", program_.review);
    for (const OutcomeOutput& outcome : program_.outcomes) {
      Output("outcome " + Quoted(outcome.id) + " " + Quoted(outcome.name) + " as " +
                 TypeText(outcome.shown) + DecimalsText(outcome.decimals),
             outcome.value);
    }
    WriteFlags("entitlement", program_.entitlements);
    WriteFlags("target missed", program_.targets_missed);
    return nodes_ + outputs_;
  }

 private:
  // For each node the first one that computes the same. Constants differ by their place in the
  // file, too, so that equal ones are several nodes of the program.
  void FindTwins() {
    std::map<std::string, int32_t> known;
    twins_.resize(program_.nodes.size());
    for (size_t i = 0; i < program_.nodes.size(); ++i) {
      const auto own = static_cast<int32_t>(i);
      const auto twin = [&](NodeId id) { return std::to_string(twins_[id.index()]); };
      twins_[i] = known.emplace(TextOf(program_.nodes[i], twin), own).first->second;
    }
  }

  std::string GrainText(Grain grain) const {
    std::string text = "1";
    if (grain.table.valid()) {
      const TableSchema& table = schema_.table(grain.table);
      text = Quoted(table.id);
      if (table.pairs_of.valid()) {
        text += " with " + Quoted(schema_.table(table.parents[1].parent).id) + " in " +
                GrainText({table.pairs_of, false});
      }
    }
    return grain.periodic ? text + " each period" : text;
  }

  template <class NameOf>
  static std::string Names(const char* word, const std::vector<NodeId>& ids, NameOf name) {
    std::string text = ids.empty() ? "" : std::string(" ") + word;
    for (const NodeId id : ids) text += " " + name(id);
    return text;
  }

  std::string What(const Node& node) const {
    switch (node.kind) {
      case NodeKind::kConstant: return "const " + ConstantText(node.constant);
      case NodeKind::kInput: return "input " + ColumnText(node);
      case NodeKind::kRun: return "run " + std::string(RunWord(node.run));
      case NodeKind::kMap: return std::string(ToWord(node.map));
      case NodeKind::kGather: return "gather";
      case NodeKind::kReduce: return "reduce " + Folded(node);
      case NodeKind::kFrame: break;
    }
    switch (node.frame) {
      case FrameKind::kTime:
        return "time " + std::string(ToWord(node.time)) + " " + std::to_string(node.n);
      case FrameKind::kRank:
        return "rank " + std::string(ToWord(node.rank)) + " of " + GrainText(node.source);
      case FrameKind::kAmong: return "among " + Folded(node);
    }
    STEELYARD_CHECK(false);
    return "";
  }

  std::string ColumnText(const Node& node) const {
    if (!node.column.valid()) return "stand-in " + std::to_string(node.n);
    return Quoted(schema_.table(node.column.table).id) + " " +
           Quoted(schema_.column(node.column).id);
  }

  std::string Folded(const Node& node) const {
    return std::string(ToWord(node.aggregate)) + (node.count_rows ? " rows of " : " of ") +
           GrainText(node.source);
  }

  template <class NameOf>
  std::string TextOf(const Node& node, NameOf name) const {
    std::string text = "[" + GrainText(node.table) + "] " + What(node);
    text += Names("from", node.inputs, name);
    if (node.extra.valid()) text += " at " + name(node.extra);
    if (node.condition.valid()) text += " where " + name(node.condition);
    text += Names("by", node.keys, name);
    text += Names("here", node.here_keys, name);
    return node.all_periods ? text + " all periods" : text;
  }

  // Writes what the node needs, then the node: a stack of our own, for chains may be long.
  std::string Number(NodeId wanted) {
    std::vector<int32_t> open = {twins_[wanted.index()]};
    while (!open.empty()) {
      const auto here = static_cast<size_t>(open.back());
      const Node& node = program_.nodes[here];
      const std::vector<NodeId> reads = Reads(node);
      const auto next = std::find_if(reads.begin(), reads.end(), [&](NodeId id) {
        return numbers_[static_cast<size_t>(twins_[id.index()])] < 0;
      });
      if (numbers_[here] < 0 && next != reads.end()) {
        open.push_back(twins_[next->index()]);
        continue;
      }
      open.pop_back();
      if (numbers_[here] >= 0) continue;
      numbers_[here] = count_++;
      const auto known = [&](NodeId id) { return NameOf(id); };
      nodes_ += NameOf(NodeId{static_cast<int32_t>(here)}) + " " + TextOf(node, known) + "\n";
    }
    return NameOf(wanted);
  }

  std::string NameOf(NodeId id) const {
    return "n" + std::to_string(numbers_[static_cast<size_t>(twins_[id.index()])]);
  }

  void Output(const std::string& words, NodeId id) {
    outputs_ += words + (id.valid() ? " = " + Number(id) : "") + "\n";
  }

  void WriteIndicator(const IndicatorOutput& indicator) {
    Output("indicator " + Quoted(indicator.id) + " " + Quoted(indicator.name) + " as " +
               TypeText(indicator.shown) + DecimalsText(indicator.decimals),
           indicator.value);
    if (indicator.points.valid()) Output("  points", indicator.points);
    if (indicator.weight.valid()) Output("  weight", indicator.weight);
    if (indicator.rejects.valid()) Output("  rejects", indicator.rejects);
    if (!indicator.attainment.valid()) return;
    const Type& type = program_.node(indicator.attainment).type;
    Output("  attainment as " + TypeText(type), indicator.attainment);
  }

  void WriteFlags(const char* word, const std::vector<FlagOutput>& flags) {
    for (const FlagOutput& flag : flags) {
      Output(std::string(word) + " " + Quoted(flag.id), flag.holds);
    }
  }

  const Program& program_;
  const Schema& schema_;
  std::vector<int32_t> twins_;
  std::vector<int32_t> numbers_;  // of the nodes that are their own twin; -1: not written yet
  int32_t count_ = 0;
  std::string nodes_;
  std::string outputs_;
};

}  // namespace

std::string Meaning(const Model& model, const Program& program) {
  std::string text(kHead);
  text += "scorecard " + Quoted(model.scorecard) + " " + Quoted(model.title) + "\n";
  if (model.schema.period) text += "period " + std::string(ToWord(*model.schema.period)) + "\n";
  text +=
      "effective " + DateText(model.effective.from) + ".." + DateText(model.effective.until) + "\n";
  return text + SchemaText(model).Write() + ProgramText(program).Write(model.grades);
}

}  // namespace steelyard
