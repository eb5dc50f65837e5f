// What is divided among subjects, and what is paid when: forced distribution, pools, schedules. All
// of it becomes terms over the score and the outcomes, so that nothing here needs an engine of its
// own.
#include <set>

#include "engine/base/text.h"
#include "engine/check/checking.h"

namespace steelyard {
namespace {

const Number kOne(1);
const Type kBool = Type::Of(TypeKind::kBool);

TermId SubjectNumber(Checking& checking, const Formula& formula) {
  const TermId term = SubjectTerm(checking, formula, Stage::kResult);
  if (HasError(checking, term)) return term;
  const Type& type = checking.model.term(term).type;
  if (type.IsNumber()) return term;
  checking.sink.Report(DiagKind::kExpectedType, formula.span, {"`number`", Describe(type)});
  return ErrorTerm(checking, formula.span);
}

TermId ScoringTerm(Checking& checking, ScoringFigure figure, Type type, Span span) {
  Term term;
  term.kind = TermKind::kScoring;
  term.scoring = figure;
  term.type = std::move(type);
  term.grain = checking.model.subject;
  term.span = span;
  return checking.model.Add(std::move(term));
}

// Those whose keys are equal share one group; `grain` is where one value of a group belongs.
struct Group {
  std::vector<TermId> keys;
  Grain grain;
  bool failed = false;
};

Group CheckGroup(Checking& checking, const std::vector<Formula>& among) {
  Group group;
  for (const Formula& formula : among) {
    const TermId key = SubjectTerm(checking, formula, Stage::kResult);
    if (HasError(checking, key)) {
      group.failed = true;
      continue;
    }
    const auto joined = Join(checking.schema(), group.grain, checking.model.term(key).grain);
    if (joined) group.grain = *joined;
    group.keys.push_back(key);
  }
  if (checking.model.subject.periodic || IsDated(checking.schema(), checking.schema().subject)) {
    const auto joined = Join(checking.schema(), group.grain, Grain{TableId::None(), true});
    if (joined && checking.schema().period) group.grain = *joined;
  }
  return group;
}

// --- forced distribution ------------------------------------------------------------------------

class DistributionWalker {
 public:
  explicit DistributionWalker(Checking& checking)
      : checking_(checking), decl_(checking.file.distribution) {}

  void Run() {
    const size_t errors = checking_.sink.error_count();
    if (checking_.model.grades.empty()) {
      if (checking_.file.grades.empty()) {
        checking_.sink.Report(DiagKind::kNoGrades, decl_.span)
            .Because(HelpKind::kWriteLike, {"grades: {S: 90, A: 80, B: 0}"});
      }
      return;
    }
    ReadShares();
    AddQuotas();
    const Group group = CheckGroup(checking_, decl_.among);
    if (group.failed || checking_.sink.error_count() > errors) return;
    model_.round = decl_.round;
    model_.rank = RankTerm(group);
    model_.count = CountTerm(group);
    checking_.model.distribution = std::move(model_);
  }

 private:
  void ReadShares() {
    shares_.resize(checking_.model.grades.size());
    for (const GradeDecl& decl : decl_.shares) {
      const int32_t grade = FindGrade(checking_, decl.id);
      const auto share = RequireNumber(checking_, decl.lowest, Type::Plain());
      if (grade < 0 || !share) continue;
      if (share->Sign() < 0 || *share > kOne) {
        checking_.sink.Report(DiagKind::kShareRange, decl.lowest.span, {PercentText(*share)});
      }
      shares_[static_cast<size_t>(grade)] = {*share, decl.id.span, true};
    }
  }

  // Grades are given from the best one down and from the worst one up; those between that have no
  // share keep what their score earns.
  void AddQuotas() {
    Number total;
    size_t named = 0;
    for (const Share& share : shares_) {
      total += share.amount;
      named += share.given ? 1 : 0;
    }
    const bool all = named == shares_.size();
    if (total > kOne || (all && total != kOne)) {
      checking_.sink.Report(DiagKind::kSharesOver, decl_.span, {PercentText(total)});
    }
    size_t best = 0;
    while (best < shares_.size() && shares_[best].given) ++best;
    size_t worst = shares_.size();
    while (worst > best && shares_[worst - 1].given) --worst;
    Number sum;
    for (size_t i = 0; i < best; ++i) {
      sum += shares_[i].amount;
      model_.best.push_back({static_cast<int32_t>(i), sum});
    }
    sum = Number();
    for (size_t i = shares_.size(); i-- > worst;) {
      sum += shares_[i].amount;
      model_.worst.push_back({static_cast<int32_t>(i), sum});
    }
    for (size_t i = best; i < worst; ++i) {
      if (!shares_[i].given) continue;
      checking_.sink.Report(DiagKind::kDistributionGap, shares_[i].span,
                            {checking_.model.grades[i].id});
    }
  }

  TermId RankTerm(const Group& group) {
    Term term;
    term.kind = TermKind::kRank;
    term.rank = RankOp::kRank;
    term.inputs = {ScoringTerm(checking_, ScoringFigure::kScore, Type::Plain(), decl_.span)};
    term.condition = ScoringTerm(checking_, ScoringFigure::kScored, kBool, decl_.span);
    term.keys = group.keys;
    term.source = checking_.model.subject;
    term.grain = checking_.model.subject;
    term.type = Type::Plain();
    term.span = decl_.span;
    return checking_.model.Add(std::move(term));
  }

  TermId CountTerm(const Group& group) {
    Term term;
    term.kind = TermKind::kAmong;
    term.aggregate = AggregateOp::kCount;
    term.inputs = {ScoringTerm(checking_, ScoringFigure::kScore, Type::Plain(), decl_.span)};
    term.condition = ScoringTerm(checking_, ScoringFigure::kScored, kBool, decl_.span);
    term.keys = group.keys;
    term.source = checking_.model.subject;
    term.grain = group.grain;
    term.type = Type::Plain();
    term.span = decl_.span;
    return checking_.model.Add(std::move(term));
  }

  struct Share {
    Number amount;
    Span span;
    bool given = false;
  };

  Checking& checking_;
  const DistributionDecl& decl_;
  std::vector<Share> shares_;  // by grade
  DistributionModel model_;
};

// --- pieces of money ----------------------------------------------------------------------------

// The smallest piece of an amount: a hundredth, unless `to:` says otherwise.
std::optional<Number> PieceOf(Checking& checking, const Formula& to, const Type& amount) {
  if (!to.present()) return Number::Fraction(1, 100) * amount.unit.Scale();
  const auto piece = RequireNumber(checking, to, amount);
  if (!piece) return std::nullopt;
  if (piece->Sign() > 0) return piece;
  checking.sink.Report(DiagKind::kPieceSize, to.span);
  return std::nullopt;
}

// How many pieces an amount has.
TermId Pieces(Checking& checking, TermId amount, const Number& piece) {
  const Term& term = checking.model.term(amount);
  const Span span = term.span;
  const TermId size = NumberTerm(checking, piece, term.type, span);
  return MapTerm(checking, MapOp::kDivide, {amount, size}, Type::Plain(), span);
}

TermId FromPieces(Checking& checking, TermId count, const Number& piece, const Type& type,
                  Span span) {
  const TermId size = NumberTerm(checking, piece, Type::Plain(), span);
  return MapTerm(checking, MapOp::kMultiply, {count, size}, type, span);
}

// --- pools --------------------------------------------------------------------------------------

// The part of those who take part, in whole pieces.
TermId ShareOut(Checking& checking, const PoolDecl& pool, TermId pieces, TermId by, TermId when,
                const Group& group) {
  TermId takes_part = ScoringTerm(checking, ScoringFigure::kScored, kBool, pool.id.span);
  if (when.valid()) {
    takes_part = MapTerm(checking, MapOp::kAnd, {takes_part, when}, kBool, pool.id.span);
  }
  Term term;
  term.kind = TermKind::kRank;
  term.rank = RankOp::kShareOut;
  term.inputs = {by, pieces};
  term.condition = takes_part;
  term.keys = group.keys;
  term.source = checking.model.subject;
  term.grain = checking.model.subject;
  term.type = Type::Plain();
  term.span = pool.by.span;
  return checking.model.Add(std::move(term));
}

// --- schedules ----------------------------------------------------------------------------------

class ScheduleWalker {
 public:
  ScheduleWalker(Checking& checking, const ScheduleDecl& decl) : checking_(checking), decl_(decl) {}

  void Run() {
    const size_t errors = checking_.sink.error_count();
    amount_ = SubjectNumber(checking_, decl_.amount);
    if (decl_.release.present()) CheckRelease();
    const std::vector<Number> shares = Shares();
    std::vector<Part> parts;
    for (const SchedulePartDecl& part : decl_.parts) parts.push_back(CheckPart(part));
    if (HasError(checking_, amount_)) return;
    type_ = checking_.model.term(amount_).type;
    const auto piece = PieceOf(checking_, decl_.to, type_);
    if (!piece || checking_.sink.error_count() > errors) return;
    piece_ = *piece;
    // As the amount itself is shown.
    whole_ = Map(MapOp::kRound, {Pieces(checking_, amount_, piece_), Count(Number())});
    ReviewWhole();
    Number before;
    for (size_t i = 0; i < parts.size(); ++i) {
      Settle(decl_.parts[i], parts[i], before, before + shares[i]);
      before += shares[i];
    }
    AddTotals();
  }

 private:
  struct Part {
    TermId due;
    TermId when;
    TermId factor;
  };

  // A day on which everything that is not due before is paid, or a condition that is looked at.
  void CheckRelease() {
    release_ = SubjectTerm(checking_, decl_.release, Stage::kResult);
    if (HasError(checking_, release_)) return;
    if (checking_.model.term(release_).type.kind == TypeKind::kDate) {
      release_is_day_ = true;
    } else {
      release_ = RequireBool(checking_, release_);
    }
  }

  // Is the part paid before its own day?
  TermId IsReleased(TermId due, TermId has_come) {
    if (!release_.valid()) return Truth(false);
    if (!release_is_day_) {
      const TermId waits = Map(MapOp::kIfTrue, {has_come, Truth(false), Truth(true)}, kBool);
      return Map(MapOp::kIfTrue, {release_, waits, Truth(false)}, kBool);
    }
    const TermId before = Map(MapOp::kLessEqual, {release_, due}, kBool);
    const TermId both = Map(MapOp::kAnd, {HasCome(release_), before}, kBool);
    return Map(MapOp::kIfTrue, {both, Truth(true), Truth(false)}, kBool);
  }

  std::vector<Number> Shares() {
    std::vector<Number> shares;
    Number total;
    for (const SchedulePartDecl& part : decl_.parts) {
      const auto share = RequireNumber(checking_, part.share, Type::Plain());
      shares.push_back(share.value_or(Number()));
      total += shares.back();
      if (!share) known_ = false;
      if (share && (share->Sign() < 0 || *share > kOne)) {
        checking_.sink.Report(DiagKind::kShareRange, part.share.span, {PercentText(*share)});
        known_ = false;
      }
    }
    if (known_ && total != kOne) {
      checking_.sink.Report(DiagKind::kPartsOff, decl_.id.span,
                            {decl_.id.text, PercentText(total)});
    }
    return shares;
  }

  Part CheckPart(const SchedulePartDecl& decl) {
    Part part;
    part.due = SubjectTerm(checking_, decl.due, Stage::kResult);
    if (!HasError(checking_, part.due)) {
      const Type& type = checking_.model.term(part.due).type;
      if (type.kind != TypeKind::kDate) {
        checking_.sink.Report(DiagKind::kNotADay, decl.due.span, {Describe(type)})
            .Because(HelpKind::kWriteLike, {"due: 2026-12-31"})
            .Because(HelpKind::kWriteLike, {"due: \"add_months(signed_on, 12)\""});
      }
    }
    if (decl.when.present()) part.when = SubjectCondition(checking_, decl.when, Stage::kResult);
    if (decl.factor.present()) {
      part.factor = SubjectNumber(checking_, decl.factor);
      const bool error = HasError(checking_, part.factor);
      if (!error && !checking_.model.term(part.factor).type.unit.plain()) {
        checking_.sink.Report(DiagKind::kExpectedType, decl.factor.span,
                              {"`number`", Describe(checking_.model.term(part.factor).type)});
      }
    }
    return part;
  }

  TermId Map(MapOp op, std::vector<TermId> inputs, Type type = Type::Plain()) {
    return MapTerm(checking_, op, std::move(inputs), std::move(type), decl_.id.span);
  }
  TermId Count(const Number& number) {
    return NumberTerm(checking_, number, Type::Plain(), decl_.id.span);
  }
  TermId Truth(bool truth) { return ConstantTerm(checking_, truth, kBool, decl_.id.span); }

  // Rounding what is due up to and with each part loses nothing: the parts add to the whole.
  TermId Nominal(const Number& before, const Number& with) {
    const auto up_to = [&](const Number& share) {
      return Map(MapOp::kRound, {Map(MapOp::kMultiply, {whole_, Count(share)}), Count(Number())});
    };
    return Map(MapOp::kSubtract, {up_to(with), up_to(before)});
  }

  TermId HasCome(TermId due) { return HasComeTerm(checking_, due, decl_.id.span); }

  // A part is settled when its day has come and its condition is known, or when all that is still
  // to come is released. Until then it is outstanding.
  void Settle(const SchedulePartDecl& decl, const Part& part, const Number& before,
              const Number& with) {
    const TermId nominal = Nominal(before, with);
    const TermId zero = Count(Number());
    const TermId has_come = HasCome(part.due);
    const TermId when = part.when.valid() ? part.when : Truth(true);
    const TermId factor = part.factor.valid() ? part.factor : Count(kOne);
    const TermId full = Map(MapOp::kRound, {Map(MapOp::kMultiply, {nominal, factor}), zero});
    // A factor below 0 is as good as none: nobody pays for having earned something.
    const TermId fits = Map(MapOp::kGreaterEqual, {factor, zero}, kBool);
    const TermId knows_factor = Map(MapOp::kIfTrue, {fits, Truth(true), Truth(false)}, kBool);
    const TermId knows_when = Map(MapOp::kNot, {Map(MapOp::kIsMissing, {when}, kBool)}, kBool);
    const TermId released = IsReleased(part.due, has_come);
    const TermId known =
        Map(MapOp::kAnd,
            {knows_when, Map(MapOp::kOr, {Map(MapOp::kNot, {when}, kBool), knows_factor}, kBool)},
            kBool);
    const TermId judged = Map(MapOp::kIfTrue, {has_come, known, Truth(false)}, kBool);
    const TermId settled = Map(MapOp::kOr, {released, judged}, kBool);
    const TermId earned = Map(MapOp::kIfTrue, {when, full, zero});
    const TermId due = Map(MapOp::kIfTrue, {released, nominal, earned});
    const TermId paid = Map(MapOp::kIfTrue, {settled, due, zero});
    const TermId rest = Map(MapOp::kSubtract, {nominal, paid});
    const TermId owed = Map(MapOp::kGreaterEqual, {nominal, zero}, kBool);
    const TermId lost =
        Map(MapOp::kIfTrue, {owed, Map(MapOp::kMax, {rest, zero}), Map(MapOp::kMin, {rest, zero})});
    paid_ = Plus(paid_, paid);
    forfeited_ = Plus(forfeited_, Map(MapOp::kIfTrue, {settled, lost, zero}));
    outstanding_ = Plus(outstanding_, Map(MapOp::kIfTrue, {settled, zero, nominal}));
    const std::string id = NormalizeName(decl_.id.text) + "." + NormalizeName(decl.id.text);
    AddOutcome(id, paid, decl.id.span);
    Review(id, has_come, Map(MapOp::kOr, {released, known}, kBool));
  }

  // An amount that is not known. A release that is not known is none so far.
  void ReviewWhole() {
    checking_.model.reviews.push_back(
        {NormalizeName(decl_.id.text), Map(MapOp::kIsMissing, {amount_}, kBool)});
  }

  // A day that is not known, or one that has come while something else is not known.
  void Review(const std::string& id, TermId has_come, TermId known) {
    const TermId no_day = Map(MapOp::kIsMissing, {has_come}, kBool);
    const TermId open =
        Map(MapOp::kIfTrue, {has_come, Map(MapOp::kNot, {known}, kBool), Truth(false)}, kBool);
    checking_.model.reviews.push_back({id, Map(MapOp::kOr, {no_day, open}, kBool)});
  }

  TermId Plus(TermId sum, TermId more) {
    return sum.valid() ? Map(MapOp::kAdd, {sum, more}) : more;
  }

  void AddTotals() {
    if (!paid_.valid()) return;
    const std::string id = NormalizeName(decl_.id.text);
    AddOutcome(id + ".paid", paid_, decl_.id.span);
    AddOutcome(id + ".forfeited", forfeited_, decl_.id.span);
    AddOutcome(id + ".outstanding", outstanding_, decl_.id.span);
  }

  // Nothing is paid of an amount that is not known, and 0 would say otherwise.
  void AddOutcome(const std::string& id, TermId pieces, Span span) {
    const TermId money = FromPieces(checking_, pieces, piece_, type_, decl_.id.span);
    OutcomeModel outcome;
    outcome.id = id;
    outcome.name = decl_.name.text;
    outcome.span = span;
    outcome.term = Map(MapOp::kGiven, {amount_, money}, type_);
    checking_.model.outcomes.push_back(std::move(outcome));
  }

  Checking& checking_;
  const ScheduleDecl& decl_;
  bool known_ = true;
  TermId amount_;
  TermId release_;
  bool release_is_day_ = false;
  Type type_;
  Number piece_;
  TermId whole_;  // pieces of the amount
  TermId paid_;
  TermId forfeited_;
  TermId outstanding_;
};

void CheckPools(Checking& checking) {
  for (size_t i = 0; i < checking.model.definitions.size(); ++i) {
    if (checking.model.definitions[i].kind != DefinitionKind::kPool) continue;
    const DefinitionId id{static_cast<int32_t>(i)};
    OutcomeModel outcome;
    outcome.id = checking.model.definition(id).id;
    outcome.name = checking.model.definition(id).name;
    outcome.span = checking.model.definition(id).span;
    outcome.term = Resolve(checking, id, outcome.span);
    if (!outcome.term.valid()) continue;
    const TermId lacking =
        MapTerm(checking, MapOp::kIsMissing, {outcome.term}, kBool, outcome.span);
    checking.model.reviews.push_back({outcome.id, lacking});
    checking.model.outcomes.push_back(std::move(outcome));
  }
}

}  // namespace

TermId PoolTerm(Checking& checking, DefinitionId id) {
  const Span span = checking.model.definition(id).span;
  const PoolDecl& pool = *checking.pending[id.index()].pool;
  const TermId amount = SubjectNumber(checking, pool.amount);
  const TermId by = SubjectNumber(checking, pool.by);
  const TermId when =
      pool.when.present() ? SubjectCondition(checking, pool.when, Stage::kResult) : TermId::None();
  const Group group = CheckGroup(checking, pool.among);
  const bool failed = HasError(checking, amount) || HasError(checking, by) || group.failed ||
                      (when.valid() && HasError(checking, when));
  if (failed) return TermId::None();
  const Type type = checking.model.term(amount).type;
  const auto piece = PieceOf(checking, pool.to, type);
  if (!piece) return TermId::None();
  // Never more than the amount: what is less than a piece is not divided.
  const TermId pieces =
      MapTerm(checking, MapOp::kFloor, {Pieces(checking, amount, *piece)}, Type::Plain(), span);
  const TermId count = ShareOut(checking, pool, pieces, by, when, group);
  const TermId money = FromPieces(checking, count, *piece, type, span);
  if (!when.valid()) return money;
  const TermId nothing = NumberTerm(checking, Number(), type, span);
  return MapTerm(checking, MapOp::kIf, {when, money, nothing}, type, span);
}

void CheckPay(Checking& checking) {
  if (checking.file.distribution.present()) DistributionWalker(checking).Run();
  CheckPools(checking);
  for (const ScheduleDecl& schedule : checking.file.schedules) {
    ScheduleWalker(checking, schedule).Run();
  }
}

}  // namespace steelyard
