// The first page: what the card is, and how a score comes about.
#include "engine/handbook/chapters.h"

namespace steelyard {
namespace {

std::string PeriodInWords(const Writing& writing) {
  const std::optional<PeriodKind>& kind = writing.model.schema.period;
  if (!kind) return writing.Say("one score, no periods", "不分期，每个对象一个得分");
  switch (*kind) {
    case PeriodKind::kYear: return writing.Say("year", "年度");
    case PeriodKind::kHalf: return writing.Say("half-year", "半年度");
    case PeriodKind::kQuarter: return writing.Say("quarter", "季度");
    case PeriodKind::kMonth: return writing.Say("month", "月度");
    case PeriodKind::kWeek: return writing.Say("week", "周");
    case PeriodKind::kDay: return writing.Say("day", "日");
  }
  return "";
}

std::string Joined(const Writing& writing, const std::vector<Word>& words) {
  std::vector<std::string> texts;
  for (const Word& word : words) texts.push_back(word.text);
  return writing.words.List(texts);
}

// Whom the card scores: the rows of a table, or some of them.
Line Subject(Writing& writing) {
  Line line = writing.labels.Of(writing.model.schema.subject);
  if (writing.file.subject_where.parsed()) {
    line.Add(writing.Say(", where ", "，须满足："));
    line.Add(writing.words.Condition(writing.file.subject_where));
  }
  return line;
}

class Steps {
 public:
  explicit Steps(Writing& writing) : writing_(writing), model_(writing.model) {}

  std::vector<Line> Make() {
    Measured();
    Weighed();
    Gates();
    Graded();
    return std::move(steps_);
  }

 private:
  void Add(std::string_view english, std::string_view chinese) {
    steps_.emplace_back(writing_.Say(english, chinese));
  }
  void Add(std::string text) { steps_.emplace_back(std::move(text)); }

  void Measured() {
    Add("Each indicator is measured by its formula, and its value becomes points.",
        "每个指标按公式算出数值，再把数值换算成得分。");
    Add("The score is the sum of points × weight over all indicators that count.",
        "总得分 = 各计分指标的 得分 × 权重 之和。");
  }

  void Weighed() {
    if (!model_.profiles.empty()) {
      Add("Weights differ by profile: the first profile whose condition holds is taken, and only "
          "that one.",
          "权重因岗位或阶段而不同：按顺序取第一个符合条件的权重方案，且只取这一个。");
    }
    if (!model_.adjustments.empty()) {
      Add("Adjustments then change weights, for as long as they are in force.",
          "在此基础上，生效期内的调整会改变部分权重。");
    }
    Add("Where an indicator has no points for lack of a value, its weight is shared among the "
        "others in proportion, unless the indicator says otherwise.",
        "指标因没有数值而没有得分时，其权重按比例分给其他有得分的指标；指标另有规定的除外。");
  }

  void Gates() {
    if (!model_.additions.empty()) Add("Additions raise or lower the score.", "再计加分与减分。");
    if (!model_.interlocks.empty()) {
      Add("Where an interlock is not satisfied, it limits points or the score.",
          "未满足联动约束时，限制指标得分或总得分。");
    }
    Add(writing_.words.Fill("The score is rounded to {} decimals; a half is rounded up.",
                            "总得分四舍五入，保留 {} 位小数。", {std::to_string(model_.rounding)}));
  }

  void Graded() {
    if (model_.distribution) {
      Add("The grade goes by the score and by the place among all (forced distribution).",
          "等级由总得分及名次（强制分布）决定。");
    } else if (!model_.grades.empty()) {
      Add("The grade goes by the rounded score.", "等级由四舍五入后的总得分决定。");
    }
    if (!model_.vetoes.empty()) {
      Add("Vetoes come last: they lower the score or the grade.",
          "最后适用否决规则：降低得分或等级。");
    }
  }

  Writing& writing_;
  const Model& model_;
  std::vector<Line> steps_;
};

}  // namespace

void AddTitle(Writing& writing) {
  const RuleFile& file = writing.file;
  writing.document.title = file.title.present() ? file.title.text : file.scorecard.text;
  writing.document.Heading(1, writing.document.title, "top");
  Sheet facts;
  facts.head = {writing.Say("this card", "本计分卡"), ""};
  const auto add = [&](std::string_view english, std::string_view chinese, Line line) {
    if (!line.empty()) facts.rows.push_back({writing.Say(english, chinese), std::move(line)});
  };
  add("id", "编号", file.scorecard.text);
  add("version", "版本", file.version.text);
  const std::string dates = writing.words.Dates(file.effective.from, file.effective.until);
  add("in force", "生效日期", dates.empty() ? writing.Say("always", "长期有效") : dates);
  add("who is scored", "考核对象", Subject(writing));
  add("level", "层级", Joined(writing, file.level));
  add("period", "考核周期", PeriodInWords(writing));
  writing.document.Add(std::move(facts));
}

void AddOverview(Writing& writing) {
  writing.document.Heading(2, writing.Say("How the score comes about", "得分是怎样算出来的"),
                           "overview");
  writing.document.List(Steps(writing).Make());
}

}  // namespace steelyard
