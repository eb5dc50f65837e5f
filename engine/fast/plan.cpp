// Programs to plans: what a map means on numbers with not-a-number for missing, and which steps can
// be saved because they change nothing.
#include "engine/fast/plan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "engine/base/check.h"

namespace steelyard::fast {

namespace {

constexpr double kMissingNumber = std::numeric_limits<double>::quiet_NaN();
constexpr int kMostRoundingPlaces = 12;

bool IsConstant(const Operand& operand) { return operand.index < 0; }
// Exactly this number: a number too small for doubles is not 0.
bool IsConstant(const Operand& operand, double value) {
  return IsConstant(operand) && operand.value == value && operand.bound.error == 0;
}

bool IsRegular(TypeKind kind) { return kind != TypeKind::kPeriod && kind != TypeKind::kError; }

bool IsConstantNumber(const Node& node) {
  return node.kind == NodeKind::kConstant && node.constant.is_number();
}

bool IsOneForAll(Grain table) { return !table.table.valid() && !table.periodic; }

bool HasRisingConstants(const Program& program, const Node& node) {
  const Number* before = nullptr;
  for (size_t i = 1; i < node.inputs.size(); ++i) {
    const Node& point = program.node(node.inputs[i]);
    if (!IsConstantNumber(point) || !OfNumber(point.constant.number()).Usable()) return false;
    if (i % 2 == 0) continue;
    // As doubles too, which may be the same for different numbers.
    const Number& x = point.constant.number();
    if (before != nullptr && !(*before < x && before->ToDouble() < x.ToDouble())) return false;
    before = &x;
  }
  return true;
}

bool HasPlaces(const Program& program, const Node& node) {
  if (node.inputs.size() < 2) return true;
  const Node& places = program.node(node.inputs[1]);
  return IsConstantNumber(places) &&
         Abs(places.constant.number()) <= Number(int64_t{kMostRoundingPlaces});
}

bool HasOrderedLimits(const Program& program, const Node& node) {
  const Node& low = program.node(node.inputs[1]);
  const Node& high = program.node(node.inputs[2]);
  return IsConstantNumber(low) && IsConstantNumber(high) &&
         low.constant.number() <= high.constant.number();
}

bool ComparesTexts(const Program& program, const Node& node) {
  return std::any_of(node.inputs.begin(), node.inputs.end(), [&](NodeId id) {
    const TypeKind kind = program.node(id).type.kind;
    return kind == TypeKind::kText || kind == TypeKind::kEnum;
  });
}

class Planner {
 public:
  Planner(const Program& program, Grain table, Words& words, const ConstantFn& constant)
      : program_(program), words_(words), constant_(constant) {
    plan_.table = table;
  }

  Plan Make(const std::vector<NodeId>& outputs) {
    operands_.resize(program_.nodes.size());
    const std::vector<bool> needed = NeededFor(outputs);
    for (size_t i = 0; i < needed.size(); ++i) {
      if (needed[i]) Convert(NodeId{static_cast<int32_t>(i)});
    }
    for (const NodeId id : outputs) plan_.outputs.push_back(operands_[id.index()]);
    DropUnused();
    NameOrigins();
    AllotRegisters();
    return std::move(plan_);
  }

 private:
  bool IsMap(const Node& node) const {
    return node.kind == NodeKind::kMap && node.table == plan_.table && CanPlan(program_, node);
  }

  std::vector<bool> NeededFor(const std::vector<NodeId>& outputs) const {
    std::vector<bool> needed(program_.nodes.size(), false);
    for (const NodeId id : outputs) needed[id.index()] = true;
    for (size_t i = needed.size(); i-- > 0;) {
      const Node& node = program_.nodes[i];
      if (!needed[i] || !IsMap(node)) continue;
      for (const NodeId read : node.inputs) needed[read.index()] = true;
    }
    return needed;
  }

  void Convert(NodeId id) {
    const Node& node = program_.node(id);
    Operand& out = operands_[id.index()];
    if (node.kind == NodeKind::kConstant) {
      out.value = NumberFor(node.constant, words_);
      out.bound = BoundFor(node.constant, out.value);
    } else if (IsOneForAll(node.table) && !IsOneForAll(plan_.table)) {
      out = constant_(id);
    } else if (IsMap(node)) {
      ConvertMap(node, out);
    } else {
      Step step;
      step.leaf = static_cast<int>(plan_.leaves.size());
      plan_.leaves.push_back(id);
      out = Add(std::move(step));
    }
  }

  Operand Add(Step step) {
    step.out = static_cast<int>(plan_.steps.size());
    Operand result;
    result.index = step.out;
    plan_.steps.push_back(std::move(step));
    return result;
  }

  Operand Add(StepKind kind, Operand a, Operand b = {}, Operand c = {}) {
    Step step;
    step.kind = kind;
    step.a = std::move(a);
    step.b = std::move(b);
    step.c = std::move(c);
    return Add(std::move(step));
  }

  // a op b op c …
  Operand Chain(StepKind kind, const std::vector<Operand>& operands) {
    Operand result = operands[0];
    for (size_t i = 1; i < operands.size(); ++i) result = Add(kind, result, operands[i]);
    return result;
  }

  static Operand Truth(bool truth) {
    Operand operand;
    operand.value = truth ? 1 : 0;
    operand.bound = OfWhole(1);
    return operand;
  }

  void ConvertMap(const Node& node, Operand& out) {
    std::vector<Operand> in;
    in.reserve(node.inputs.size());
    for (const NodeId id : node.inputs) in.push_back(operands_[id.index()]);
    if (ConvertComparison(node.map, in, out) || ConvertArithmetic(node.map, in, out) ||
        ConvertLogic(node.map, in, out)) {
      return;
    }
    ConvertSteps(node, in, out);
  }

  bool ConvertComparison(MapOp op, const std::vector<Operand>& in, Operand& out) {
    static const std::unordered_map<MapOp, StepKind> kKinds = {
        {MapOp::kEqual, StepKind::kEqual},     {MapOp::kNotEqual, StepKind::kNotEqual},
        {MapOp::kLess, StepKind::kLess},       {MapOp::kLessEqual, StepKind::kLessEqual},
        {MapOp::kGreater, StepKind::kGreater}, {MapOp::kGreaterEqual, StepKind::kGreaterEqual}};
    const auto kind = kKinds.find(op);
    if (kind == kKinds.end()) return false;
    out = Add(kind->second, in[0], in[1]);
    return true;
  }

  bool ConvertArithmetic(MapOp op, const std::vector<Operand>& in, Operand& out) {
    switch (op) {
      case MapOp::kAdd:
        out = IsConstant(in[1], 0) ? in[0] : Add(StepKind::kAdd, in[0], in[1]);
        return true;
      case MapOp::kSubtract: out = Add(StepKind::kSubtract, in[0], in[1]); return true;
      case MapOp::kMultiply:
        out = IsConstant(in[1], 1)   ? in[0]
              : IsConstant(in[0], 1) ? in[1]
                                     : Add(StepKind::kMultiply, in[0], in[1]);
        return true;
      case MapOp::kDivide:
        out = IsConstant(in[1], 1) ? in[0] : Add(StepKind::kDivide, in[0], in[1]);
        return true;
      case MapOp::kSafeDivide:
        out = Add(StepKind::kIf, Add(StepKind::kEqual, in[1], Truth(false)),
                  Add(StepKind::kGiven, in[0], in[2]), Add(StepKind::kDivide, in[0], in[1]));
        return true;
      case MapOp::kNegate: out = Add(StepKind::kNegate, in[0]); return true;
      case MapOp::kAbs: out = Add(StepKind::kAbs, in[0]); return true;
      case MapOp::kMin: out = Chain(StepKind::kMin, in); return true;
      case MapOp::kMax: out = Chain(StepKind::kMax, in); return true;
      case MapOp::kFloor: out = Add(StepKind::kFloor, in[0]); return true;
      case MapOp::kCeil: out = Add(StepKind::kCeil, in[0]); return true;
      case MapOp::kClamp: ConvertClamp(in, out); return true;
      default: return false;
    }
  }

  void ConvertClamp(const std::vector<Operand>& in, Operand& out) {
    if (StaysWithin(in[0], in[1], in[2])) {
      out = in[0];
    } else {
      out = Add(StepKind::kMin, Add(StepKind::kMax, in[0], in[1]), in[2]);
    }
  }

  // Points of a curve need no cap where the curve has none beyond it.
  bool StaysWithin(const Operand& operand, const Operand& low, const Operand& high) const {
    if (IsConstant(operand)) return false;
    const Step& step = plan_.steps[static_cast<size_t>(operand.index)];
    if (step.kind != StepKind::kLinear) return false;
    for (size_t i = 0; i < step.pieces.size(); ++i) {
      Operand y;
      y.value = step.pieces[i].y;
      y.bound = step.bounds[3 * i + 1];
      if (!IsNoMore(low, y) || !IsNoMore(y, high)) return false;
    }
    return true;
  }

  // Of constants: rounding to doubles keeps their order, but may make them equal.
  static bool IsNoMore(const Operand& a, const Operand& b) {
    return a.value < b.value || (a.value == b.value && a.bound.error == 0 && b.bound.error == 0);
  }

  bool ConvertLogic(MapOp op, const std::vector<Operand>& in, Operand& out) {
    switch (op) {
      case MapOp::kNot: out = Add(StepKind::kNot, in[0]); return true;
      case MapOp::kAnd: out = Chain(StepKind::kAnd, in); return true;
      case MapOp::kOr: out = Chain(StepKind::kOr, in); return true;
      case MapOp::kIsMissing: out = Add(StepKind::kIsMissing, in[0]); return true;
      case MapOp::kCoalesce: out = Chain(StepKind::kCoalesce, in); return true;
      case MapOp::kIf: out = Add(StepKind::kIf, in[0], in[1], in[2]); return true;
      case MapOp::kIfTrue:
        out = IsConstant(in[1], 1) && IsConstant(in[2], 0)
                  ? Add(StepKind::kHolds, in[0])
                  : Add(StepKind::kIfTrue, in[0], in[1], in[2]);
        return true;
      case MapOp::kGiven:
        out = ReadsStrictly(in[1], in[0]) ? in[1] : Add(StepKind::kGiven, in[0], in[1]);
        return true;
      default: return false;
    }
  }

  // Is `result` missing wherever `input` is, as it is computed from nothing but it?
  bool ReadsStrictly(const Operand& result, const Operand& input) const {
    if (IsConstant(result) || IsConstant(input)) return false;
    const Step& step = plan_.steps[static_cast<size_t>(result.index)];
    return step.kind == StepKind::kLinear && step.a.index == input.index;
  }

  void ConvertSteps(const Node& node, const std::vector<Operand>& in, Operand& out) {
    if (node.map == MapOp::kRound) {
      ConvertRound(in, out);
    } else if (node.map == MapOp::kLinear) {
      ConvertLinear(node, in, out);
    } else {
      STEELYARD_CHECK(node.map == MapOp::kIn);
      std::vector<Operand> same;
      for (size_t i = 1; i < in.size(); ++i) same.push_back(Add(StepKind::kEqual, in[0], in[i]));
      out = same.empty() ? Truth(false) : Chain(StepKind::kOr, same);
    }
  }

  void ConvertRound(const std::vector<Operand>& in, Operand& out) {
    Step step;
    step.kind = StepKind::kRound;
    step.a = in[0];
    if (in.size() > 1) step.places = static_cast<int>(std::floor(in[1].value));
    out = Add(std::move(step));
  }

  void ConvertLinear(const Node& node, const std::vector<Operand>& in, Operand& out) {
    std::vector<Number> points;
    for (size_t i = 1; i < node.inputs.size(); ++i) {
      points.push_back(program_.node(node.inputs[i]).constant.number());
    }
    Step step;
    step.kind = StepKind::kLinear;
    step.a = in[0];
    for (size_t i = 0; i < points.size(); i += 2) {
      const bool last = i + 2 == points.size();
      const Number slope =
          last ? Number() : (points[i + 3] - points[i + 1]) / (points[i + 2] - points[i]);
      step.pieces.push_back({points[i].ToDouble(), points[i + 1].ToDouble(), slope.ToDouble()});
      for (const Number& number : {points[i], points[i + 1], slope}) {
        step.bounds.push_back(OfNumber(number));
      }
    }
    step.last_x = step.pieces.back().x;
    out = Add(std::move(step));
  }

  static std::array<Operand*, 3> Read(Step& step) { return {&step.a, &step.b, &step.c}; }

  // Steps that nothing reads, some of which were made only to be recognised as needless.
  void DropUnused() {
    std::vector<bool> used(plan_.steps.size(), false);
    const auto use = [&](const Operand& operand) {
      if (!IsConstant(operand)) used[static_cast<size_t>(operand.index)] = true;
    };
    for (const Operand& output : plan_.outputs) use(output);
    for (size_t i = used.size(); i-- > 0;) {
      if (!used[i]) continue;
      for (const Operand* operand : Read(plan_.steps[i])) use(*operand);
    }
    std::vector<int> place(used.size(), -1);
    const auto move = [&](Operand& operand) {
      if (!IsConstant(operand)) operand.index = place[static_cast<size_t>(operand.index)];
    };
    std::vector<Step> kept;
    for (size_t i = 0; i < used.size(); ++i) {
      if (!used[i]) continue;
      place[i] = static_cast<int>(kept.size());
      for (Operand* operand : Read(plan_.steps[i])) move(*operand);
      plan_.steps[i].out = place[i];
      kept.push_back(std::move(plan_.steps[i]));
    }
    plan_.steps = std::move(kept);
    for (Operand& output : plan_.outputs) move(output);
  }

  void NameOrigins() {
    for (Step& step : plan_.steps) {
      if (step.kind == StepKind::kDivide) step.origin = step.b.index;
    }
  }

  // Steps number their results in order; from here on a register is used again once nothing reads
  // it any more, so that what is in use stays in the cache.
  void AllotRegisters() {
    constexpr size_t kNever = std::numeric_limits<size_t>::max();
    std::vector<size_t> last(plan_.steps.size(), 0);
    for (size_t i = 0; i < plan_.steps.size(); ++i) {
      for (const Operand* operand : Read(plan_.steps[i])) {
        if (!IsConstant(*operand)) last[static_cast<size_t>(operand->index)] = i;
      }
    }
    for (const Operand& output : plan_.outputs) {
      if (!IsConstant(output)) last[static_cast<size_t>(output.index)] = kNever;
    }
    std::vector<int> allotted(last.size(), -1);
    std::vector<int> free;
    for (size_t i = 0; i < plan_.steps.size(); ++i) {
      Step& step = plan_.steps[i];
      // A register read here for the last time may not take the result at once: kernels read their
      // operands more than once.
      if (free.empty()) {
        allotted[i] = plan_.registers++;
      } else {
        allotted[i] = free.back();
        free.pop_back();
      }
      step.out = allotted[i];
      for (Operand* operand : Read(step)) {
        if (IsConstant(*operand)) continue;
        const auto result = static_cast<size_t>(operand->index);
        operand->index = allotted[result];
        if (last[result] != i) continue;
        free.push_back(operand->index);
        last[result] = kNever;  // read twice here, it is free once
      }
    }
    for (Operand& output : plan_.outputs) {
      if (!IsConstant(output)) output.index = allotted[static_cast<size_t>(output.index)];
    }
  }

  const Program& program_;
  Words& words_;
  const ConstantFn& constant_;
  Plan plan_;
  std::vector<Operand> operands_;
};

}  // namespace

bool IsOneForAll(const Node& node) { return IsOneForAll(node.table); }

double NumberFor(const Value& value, Words& words) {
  if (value.is_number()) return value.number().ToDouble();
  if (value.is_bool()) return value.truth() ? 1 : 0;
  if (value.is_text()) return words.NumberOf(value.text());
  if (value.is_date()) return static_cast<double>(DateTime::AtMidnight(value.date()).micros);
  if (value.is_datetime()) return static_cast<double>(value.datetime().micros);
  if (value.is_period()) return value.period().index;
  return kMissingNumber;
}

Bound BoundFor(const Value& value, double number) {
  if (value.missing()) return {};
  if (value.is_number()) return OfNumber(value.number());
  return OfDecimals(std::fabs(number), 0);
}

bool CanPlan(const Program& program, const Node& node) {
  const auto irregular = [&](NodeId id) { return !IsRegular(program.node(id).type.kind); };
  if (!IsRegular(node.type.kind) ||
      std::any_of(node.inputs.begin(), node.inputs.end(), irregular)) {
    return false;
  }
  switch (node.map) {
    case MapOp::kLess:
    case MapOp::kLessEqual:
    case MapOp::kGreater:
    case MapOp::kGreaterEqual:
    case MapOp::kMin:
    case MapOp::kMax: return !ComparesTexts(program, node);
    case MapOp::kAdd:
    case MapOp::kSubtract:
    case MapOp::kMultiply:
    case MapOp::kDivide:
    case MapOp::kSafeDivide:
    case MapOp::kNegate:
    case MapOp::kAbs:
    case MapOp::kFloor:
    case MapOp::kCeil:
    case MapOp::kNot:
    case MapOp::kAnd:
    case MapOp::kOr:
    case MapOp::kEqual:
    case MapOp::kNotEqual:
    case MapOp::kIn:
    case MapOp::kIsMissing:
    case MapOp::kCoalesce:
    case MapOp::kIf:
    case MapOp::kIfTrue:
    case MapOp::kGiven: return true;
    case MapOp::kClamp: return HasOrderedLimits(program, node);
    case MapOp::kRound: return HasPlaces(program, node);
    case MapOp::kLinear: return HasRisingConstants(program, node);
    default: return false;
  }
}

Plan MakePlan(const Program& program, Grain table, const std::vector<NodeId>& outputs, Words& words,
              const ConstantFn& constant) {
  return Planner(program, table, words, constant).Make(outputs);
}

}  // namespace steelyard::fast
