// Works out in which order the nodes of other tables are computed: a node that another table reads
// has to be there as a column before any plan of that table runs. Nodes that depend on such columns
// are of a later stage; what is of one stage and one table is computed together.
#include "engine/fast/run.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/parallel.h"
#include "engine/fast/fold.h"
#include "engine/fast/kernels.h"

namespace steelyard::fast {

namespace {

constexpr size_t kTaskRows = 64 * kBlockRows;
constexpr size_t kForgetRows = 4096;

enum class How : uint8_t {
  kUnneeded,
  kConstant,
  kData,     // a column of the data
  kPlanned,  // computed row by row in a plan
  kGathered,
  kFolded,
  kExact,  // by the exact evaluator, in all rows
};

bool IsFolded(const steelyard::Program& program, const Node& node) {
  if (node.extra.valid() || node.inputs.size() != 1 || !CanFold(node.aggregate)) return false;
  const TypeKind kind = program.node(node.inputs[0]).type.kind;
  return kind == TypeKind::kNumber || kind == TypeKind::kBool || kind == TypeKind::kDate ||
         kind == TypeKind::kDateTime || node.aggregate == AggregateOp::kCount;
}

}  // namespace

class Run::Preparation {
 public:
  Preparation(const steelyard::Program& program, const Tables& tables, const RunFrame& frame,
              const std::vector<NodeId>& outputs, size_t threads)
      : program_(program),
        tables_(tables),
        threads_(threads),
        lazy_(program, tables, frame),
        how_(program.nodes.size(), How::kUnneeded),
        stage_(program.nodes.size(), 0),
        is_root_(program.nodes.size(), false),
        computed_(program.nodes.size()),
        codes_(program.nodes.size()) {
    for (const NodeId output : outputs) {
      if (!IsOneForAll(program.node(output))) table_ = program.node(output).table;
      Visit(output);
      if (IsOneForAll(program.node(output))) is_root_[output.index()] = true;
    }
    SetStages();
    for (const Node& node : program.nodes) {
      if (node.kind == NodeKind::kConstant && node.constant.is_text()) {
        words_.NumberOf(node.constant.text());
      }
    }
    own_words_ = words_.size();
    Load();
    plan_ = PlanFor(table_, outputs);
    leaves_ = LeavesOf(plan_);
  }

  // The texts of the rules keep their numbers, those of the data before are forgotten; where the
  // plan holds the numbers of texts that were computed, all are kept.
  void Reload() {
    if (!has_computed_constants_) words_.Shrink(own_words_);
    Load();
    leaves_ = LeavesOf(plan_);
  }

  size_t rows() const { return rows_; }
  Runner MakeRunner() const { return {plan_, leaves_}; }
  const std::string& TextOf(double number) const { return words_.TextOf(number); }

  Value Exact(NodeId node, size_t row) {
    const std::lock_guard<std::mutex> lock(mutex_);
    return lazy_.At(node, row);
  }

  void Forget() {
    const std::lock_guard<std::mutex> lock(mutex_);
    lazy_.Forget();
  }

 private:
  // --- what is needed, and how ----------------------------------------------------------------

  How HowTo(const Node& node) const {
    switch (node.kind) {
      case NodeKind::kConstant: return How::kConstant;
      case NodeKind::kInput: return node.column.valid() ? How::kData : How::kExact;
      case NodeKind::kMap: return CanPlan(program_, node) ? How::kPlanned : How::kExact;
      case NodeKind::kGather:
        return IsOneForAll(program_.node(node.inputs[0])) ? How::kExact : How::kGathered;
      case NodeKind::kReduce: return IsFolded(program_, node) ? How::kFolded : How::kExact;
      default: return How::kExact;
    }
  }

  void Visit(NodeId first) {
    std::vector<NodeId> open = {first};
    while (!open.empty()) {
      const NodeId id = open.back();
      open.pop_back();
      if (how_[id.index()] != How::kUnneeded) continue;
      const Node& node = program_.node(id);
      const How how = how_[id.index()] = HowTo(node);
      if (IsOneForAll(node) && how != How::kConstant) has_computed_constants_ = true;
      if (how == How::kExact || how == How::kData) continue;
      for (const NodeId read : Reads(node)) {
        open.push_back(read);
        const bool across =
            how == How::kGathered ||
            (how == How::kPlanned && IsOneForAll(program_.node(read)) && !IsOneForAll(node)) ||
            (how == How::kFolded && IsOneForAll(program_.node(read)));
        if (across) is_root_[read.index()] = true;
      }
    }
  }

  void SetStages() {
    for (size_t i = 0; i < how_.size(); ++i) {
      const Node& node = program_.nodes[i];
      const How how = how_[i];
      if (how != How::kPlanned && how != How::kGathered && how != How::kFolded) continue;
      for (const NodeId read : Reads(node)) {
        const bool across =
            how != How::kPlanned || IsOneForAll(program_.node(read)) != IsOneForAll(node);
        stage_[i] = std::max(stage_[i], stage_[read.index()] + (across ? 1 : 0));
      }
      last_stage_ = std::max(last_stage_, stage_[i]);
    }
  }

  // So that no new numbers are needed while several threads read.
  void NumberTexts() {
    for (size_t i = 0; i < how_.size(); ++i) {
      if (how_[i] != How::kData) continue;
      const ColumnId id = program_.nodes[i].column;
      const Column& column = tables_.at(id.table).columns[id.index()];
      const auto* texts = std::get_if<TextCells>(&column.cells);
      if (texts == nullptr) continue;
      codes_[i].clear();
      codes_[i].reserve(texts->dictionary().size());
      for (const std::string& text : texts->dictionary()) {
        codes_[i].push_back(words_.NumberOf(text));
      }
    }
  }

  void Load() {
    NumberTexts();
    for (int stage = 0; stage <= last_stage_; ++stage) Compute(stage);
    rows_ = lazy_.links().Rows(table_);
  }

  // --- computing columns ------------------------------------------------------------------------

  void Compute(int stage) {
    std::map<std::pair<Grain, Grain>, std::vector<NodeId>> folds;
    std::map<Grain, std::vector<NodeId>> roots;
    for (size_t i = 0; i < how_.size(); ++i) {
      if (stage_[i] != stage) continue;
      const NodeId id{static_cast<int32_t>(i)};
      const Node& node = program_.nodes[i];
      if (how_[i] == How::kExact) {
        computed_[i] = std::make_unique<Computed>(ComputeExactly(id));
      } else if (how_[i] == How::kFolded) {
        folds[{node.source, node.table}].push_back(id);
      } else if (is_root_[i] && (how_[i] == How::kPlanned || how_[i] == How::kGathered)) {
        roots[node.table].push_back(id);
      }
    }
    for (const auto& [tables, nodes] : folds) Fold(tables.first, tables.second, nodes);
    for (const auto& [table, nodes] : roots) ComputeRoots(table, nodes);
  }

  // Adds a value to the bound of its column.
  static void Widen(Bound& bound, const Value& value, double number, bool first) {
    if (value.missing()) return;
    const Bound one = BoundFor(value, number);
    bound = first ? one : Either(bound, one);
  }

  Computed ComputeExactly(NodeId id) {
    Computed column;
    const size_t rows = lazy_.links().Rows(program_.node(id).table);
    column.values.resize(rows);
    bool first = true;
    for (size_t row = 0; row < rows; ++row) {
      const Value& value = lazy_.At(id, row);
      column.values[row] = NumberFor(value, words_);
      Widen(column.bound, value, column.values[row], first);
      first = first && value.missing();
      if (row % kForgetRows == kForgetRows - 1) lazy_.Forget();
    }
    lazy_.Forget();
    return column;
  }

  Plan PlanFor(Grain table, const std::vector<NodeId>& outputs) {
    return MakePlan(program_, table, outputs, words_, [&](NodeId id) {
      const Computed& column = *computed_[id.index()];
      Operand operand;
      operand.value = column.values[0];
      operand.bound = column.bound;
      return operand;
    });
  }

  std::vector<LeafSource> LeavesOf(const Plan& plan) {
    std::vector<LeafSource> leaves;
    for (const NodeId id : plan.leaves) leaves.push_back(LeafOf(id));
    return leaves;
  }

  LeafSource LeafOf(NodeId id) {
    LeafSource leaf;
    if (computed_[id.index()] != nullptr) {
      leaf.computed = computed_[id.index()].get();
      return leaf;
    }
    const Node* node = &program_.node(id);
    NodeId from = id;
    if (how_[id.index()] == How::kGathered) {
      from = node->inputs[0];
      leaf.link = &lazy_.links().Link(node->table, program_.node(from).table);
      node = &program_.node(from);
    }
    if (how_[from.index()] == How::kData) {
      leaf.column = &tables_.at(node->column.table).columns[node->column.index()];
      leaf.codes = &codes_[from.index()];
    } else {
      leaf.computed = computed_[from.index()].get();
      STEELYARD_CHECK(leaf.computed != nullptr);
    }
    return leaf;
  }

  static size_t TasksOf(size_t rows) { return (rows + kTaskRows - 1) / kTaskRows; }
  // No more than there are tasks.
  size_t ThreadsFor(Grain table) {
    return std::clamp<size_t>(TasksOf(lazy_.links().Rows(table)), 1, threads_);
  }

  // Runs a plan over all rows of its table, in tasks of many blocks.
  template <class Body>
  void RunAll(const Plan& plan, const std::vector<LeafSource>& leaves, size_t threads,
              const Body& body) {
    const size_t rows = lazy_.links().Rows(plan.table);
    std::vector<Runner> runners;
    for (size_t i = 0; i < threads; ++i) runners.emplace_back(plan, leaves);
    ForEachTask(TasksOf(rows), threads, [&](size_t task, size_t thread) {
      const size_t end = std::min(rows, (task + 1) * kTaskRows);
      for (size_t row = task * kTaskRows; row < end; row += kBlockRows) {
        body(runners[thread].Run(row, std::min(kBlockRows, end - row)), thread);
      }
    });
  }

  void ComputeRoots(Grain table, const std::vector<NodeId>& nodes) {
    const Plan plan = PlanFor(table, nodes);
    const std::vector<LeafSource> leaves = LeavesOf(plan);
    const size_t rows = lazy_.links().Rows(table);
    for (const NodeId id : nodes) {
      computed_[id.index()] = std::make_unique<Computed>();
      computed_[id.index()]->values.resize(rows);
    }
    struct Part {
      std::vector<Bound> bounds;
      std::vector<size_t> undecided;
    };
    std::vector<Part> parts(ThreadsFor(table));
    RunAll(plan, leaves, parts.size(), [&](const Block& block, size_t thread) {
      Part& part = parts[thread];
      for (size_t i = 0; i < nodes.size(); ++i) {
        std::copy_n(block.values[i], block.rows,
                    computed_[nodes[i].index()]->values.data() + block.first);
        if (block.undecided.size() == block.rows) continue;
        const Bound bound = Settled(block.bounds[i]);
        if (part.bounds.size() <= i) {
          part.bounds.push_back(bound);
        } else {
          part.bounds[i] = Either(part.bounds[i], bound);
        }
      }
      for (const uint32_t row : block.undecided) part.undecided.push_back(block.first + row);
    });
    for (size_t i = 0; i < nodes.size(); ++i) {
      bool first = true;
      for (const Part& part : parts) {
        if (part.bounds.empty()) continue;
        Bound& bound = computed_[nodes[i].index()]->bound;
        bound = first ? part.bounds[i] : Either(bound, part.bounds[i]);
        first = false;
      }
      for (const Part& part : parts) first = Patch(nodes[i], part.undecided, first);
    }
    lazy_.Forget();
  }

  // Outside its block a bound cannot say which rows are rough.
  static Bound Settled(Bound bound) {
    if (bound.rough >= 0) bound.plain = bound.grid;
    bound.rough = bound.origin = -1;
    return bound;
  }

  // Rows that the plan could not decide.
  bool Patch(NodeId id, const std::vector<size_t>& rows, bool first) {
    Computed& column = *computed_[id.index()];
    for (const size_t row : rows) {
      const Value& value = lazy_.At(id, row);
      column.values[row] = NumberFor(value, words_);
      Widen(column.bound, value, column.values[row], first);
      first = first && value.missing();
    }
    return first;
  }

  // --- folding ----------------------------------------------------------------------------------

  struct FoldPlan {
    Plan plan;
    std::vector<LeafSource> leaves;
    std::vector<size_t> inputs;   // by fold: an output of the plan
    std::vector<int> conditions;  // likewise; -1: none
  };

  FoldPlan PlanFolds(Grain source, const std::vector<NodeId>& folds) {
    FoldPlan result;
    std::vector<NodeId> outputs;
    const auto place = [&](NodeId id) {
      const auto at = std::find(outputs.begin(), outputs.end(), id);
      const auto index = static_cast<size_t>(at - outputs.begin());
      if (at == outputs.end()) outputs.push_back(id);
      return index;
    };
    for (const NodeId fold : folds) {
      const Node& node = program_.node(fold);
      result.inputs.push_back(place(node.inputs[0]));
      result.conditions.push_back(node.condition.valid() ? static_cast<int>(place(node.condition))
                                                         : -1);
    }
    result.plan = PlanFor(source, outputs);
    result.leaves = LeavesOf(result.plan);
    return result;
  }

  void Fold(Grain source, Grain table, const std::vector<NodeId>& folds) {
    const FoldPlan plan = PlanFolds(source, folds);
    const std::vector<int32_t>& link = lazy_.links().Link(source, table);
    const size_t groups = lazy_.links().Rows(table);
    const size_t threads = ThreadsFor(source);
    std::vector<std::vector<Folder>> folders(threads);
    std::vector<std::vector<size_t>> undecided(threads);
    for (auto& of_thread : folders) {
      for (const NodeId id : folds) of_thread.emplace_back(program_.node(id).aggregate, groups);
    }
    RunAll(plan.plan, plan.leaves, threads, [&](const Block& block, size_t thread) {
      for (size_t i = 0; i < folds.size(); ++i) {
        folders[thread][i].Add(block, plan.inputs[i], plan.conditions[i],
                               link.data() + block.first);
      }
      for (const uint32_t row : block.undecided) undecided[thread].push_back(block.first + row);
    });
    for (size_t i = 0; i < folds.size(); ++i) {
      Folder& sum = folders[0][i];
      for (size_t thread = 1; thread < threads; ++thread) sum.Merge(folders[thread][i]);
      for (const auto& rows : undecided) FoldExactly(folds[i], rows, link, sum);
      computed_[folds[i].index()] =
          std::make_unique<Computed>(sum.IsSound() ? sum.Finish() : ComputeExactly(folds[i]));
    }
    lazy_.Forget();
  }

  void FoldExactly(NodeId fold, const std::vector<size_t>& rows, const std::vector<int32_t>& link,
                   Folder& sum) {
    const Node& node = program_.node(fold);
    for (const size_t row : rows) {
      if (link[row] == kNoRow) continue;
      if (node.condition.valid() && !lazy_.At(node.condition, row).holds()) continue;
      sum.Add(lazy_.At(node.inputs[0], row), link[row]);
    }
  }

  const steelyard::Program& program_;
  const Tables& tables_;
  const size_t threads_;
  LazyEvaluation lazy_;
  std::mutex mutex_;  // of lazy_, once other threads may use it
  Words words_;
  std::vector<How> how_;       // by node, like those below
  std::vector<int> stage_;     // after all columns of lower stages
  std::vector<bool> is_root_;  // another table reads it: it must be there as a column
  std::vector<std::unique_ptr<Computed>> computed_;
  std::vector<std::vector<double>> codes_;  // of a column of texts: their numbers
  size_t own_words_ = 0;                    // of the rules
  bool has_computed_constants_ = false;
  int last_stage_ = 0;
  Grain table_;
  Plan plan_;
  std::vector<LeafSource> leaves_;
  size_t rows_ = 0;
};

Run::Run(const steelyard::Program& program, const Tables& tables, const RunFrame& frame,
         const std::vector<NodeId>& outputs, size_t threads)
    : preparation_(std::make_unique<Preparation>(program, tables, frame, outputs,
                                                 std::max<size_t>(threads, 1))) {}
Run::~Run() = default;

void Run::Reload() { preparation_->Reload(); }
size_t Run::rows() const { return preparation_->rows(); }
Runner Run::MakeRunner() const { return preparation_->MakeRunner(); }
const std::string& Run::TextOf(double number) const { return preparation_->TextOf(number); }
Value Run::Exact(NodeId node, size_t row) { return preparation_->Exact(node, row); }
void Run::Forget() { preparation_->Forget(); }

}  // namespace steelyard::fast
