// Weights: a table for each stretch of days in which they stay the same, then profiles and
// adjustments in words.
#include <algorithm>

#include "engine/handbook/chapters.h"

namespace steelyard {
namespace {

std::string Percent(const Number& share) { return FormatPlaces(share * Number(100), 2) + "%"; }

// From `first` on, weights are those with this index in the model's lists.
struct Stretch {
  size_t index = 0;
  std::optional<Date> first;
  std::optional<Date> last;
};

class Weights {
 public:
  explicit Weights(Writing& writing) : writing_(writing), model_(writing.model) {}

  void Run() {
    const std::vector<Stretch> stretches = Stretches();
    if (stretches.empty()) return;
    writing_.document.Heading(2, writing_.Say("Weights", "权重"), "weights");
    for (const Stretch& stretch : stretches) AddTable(stretch, stretches.size() > 1);
    if (writing_.file.weights.normalise) {
      writing_.document.Paragraph(
          writing_.Say("Weights were written as parts; here they are as shares of the whole.",
                       "规则中的权重以份数表示；此处已换算成占总数的比例。"));
    }
    AddProfiles();
    AddAdjustments();
    ExplainNames(writing_);
  }

 private:
  // Where nothing changes from one stretch of the checker to the next, they are one here.
  std::vector<Stretch> Stretches() const {
    std::vector<Stretch> stretches;
    for (size_t i = 0; i < model_.base_weights.size(); ++i) {
      const auto& from = model_.base_weights[i].from;
      if (!stretches.empty() && Same(stretches.back().index, i)) continue;
      if (!stretches.empty() && from) stretches.back().last = Date{from->days - 1};
      stretches.push_back({i, from, model_.effective.until});
    }
    return stretches;
  }

  bool Same(size_t a, size_t b) const {
    if (model_.base_weights[a].weights != model_.base_weights[b].weights) return false;
    return std::all_of(model_.profiles.begin(), model_.profiles.end(), [&](const auto& profile) {
      return profile.weights[a].weights == profile.weights[b].weights;
    });
  }

  void AddTable(const Stretch& stretch, bool dated) {
    Sheet sheet;
    if (dated) sheet.caption = writing_.words.Dates(stretch.first, stretch.last);
    sheet.head = {writing_.Say("indicator", "指标")};
    sheet.is_number = {false};
    for (const ProfileModel& profile : model_.profiles) AddColumn(sheet, profile.name);
    AddColumn(sheet, model_.profiles.empty() ? writing_.Say("weight", "权重")
                                             : writing_.Say("all others", "其他人"));
    for (const DimensionModel& dimension : model_.dimensions) {
      AddDimension(sheet, dimension, stretch.index);
    }
    AddOthers(sheet, stretch.index);
    AddTotal(sheet, stretch.index);
    writing_.document.Add(std::move(sheet));
  }

  static void AddColumn(Sheet& sheet, const std::string& heading) {
    sheet.head.emplace_back(heading);
    sheet.is_number.push_back(true);
  }

  // One column for each profile, then the weights of all others.
  std::vector<const WeightVector*> Columns(size_t stretch) const {
    std::vector<const WeightVector*> columns;
    for (const ProfileModel& profile : model_.profiles) {
      columns.push_back(&profile.weights[stretch].weights);
    }
    columns.push_back(&model_.base_weights[stretch].weights);
    return columns;
  }

  void AddRow(Sheet& sheet, Line name, const std::vector<size_t>& indicators, size_t stretch,
              bool strong) const {
    std::vector<Line> row = {std::move(name)};
    for (const WeightVector* weights : Columns(stretch)) {
      Number sum;
      for (const size_t index : indicators) sum += (*weights)[index];
      Line cell;
      const std::string text = sum.IsZero() ? "—" : Percent(sum);
      strong ? cell.Strong(text) : cell.Add(text);
      row.push_back(std::move(cell));
    }
    sheet.rows.push_back(std::move(row));
  }

  Line NameOf(const IndicatorModel& indicator) const {
    Line line;
    if (!IsDescribed(writing_, indicator)) return writing_.labels.Of(indicator);
    return line.Link(writing_.labels.Of(indicator), AnchorOf(writing_, indicator));
  }

  bool IsListed(size_t index) const {
    const IndicatorModel& indicator = model_.indicators[index];
    return indicator.scored && IsDescribed(writing_, indicator);
  }

  void AddDimension(Sheet& sheet, const DimensionModel& dimension, size_t stretch) const {
    std::vector<size_t> listed;
    for (const int32_t index : dimension.indicators) {
      if (IsListed(static_cast<size_t>(index))) listed.push_back(static_cast<size_t>(index));
    }
    if (listed.empty()) return;
    if (!dimension.id.empty()) {
      Line name;
      name.Strong(dimension.id);
      AddRow(sheet, std::move(name), listed, stretch, true);
    }
    for (const size_t index : listed) {
      AddRow(sheet, NameOf(model_.indicators[index]), {index}, stretch, false);
    }
  }

  // Those that only a profile or an adjustment gives a weight.
  void AddOthers(Sheet& sheet, size_t stretch) const {
    for (size_t i = 0; i < model_.indicators.size(); ++i) {
      if (model_.indicators[i].dimension >= 0 || !IsListed(i)) continue;
      AddRow(sheet, NameOf(model_.indicators[i]), {i}, stretch, false);
    }
  }

  void AddTotal(Sheet& sheet, size_t stretch) const {
    std::vector<size_t> all;
    for (size_t i = 0; i < model_.indicators.size(); ++i) all.push_back(i);
    Line name;
    name.Strong(writing_.Say("total", "合计"));
    AddRow(sheet, std::move(name), all, stretch, true);
  }

  void AddProfiles() {
    if (model_.profiles.empty()) return;
    writing_.document.Heading(3, writing_.Say("Who has which weights", "谁适用哪组权重"),
                              "profiles");
    writing_.document.Paragraph(writing_.Say(
        "In this order; the first whose condition holds is taken. Where none holds, or "
        "that is not known, the last column of the table counts.",
        "按下列顺序，取第一个符合条件的；都不符合或无法判断时，适用表中最后一列。"));
    std::vector<Line> items;
    for (const ProfileDecl& decl : writing_.file.weights.profiles) {
      Line item;
      item.Strong(decl.name.text);
      item.Add(writing_.Say(": if ", "：如果 ")).Add(writing_.words.Condition(decl.when));
      item.Add(writing_.Say(".", "。"));
      AddReason(item, decl.why);
      items.push_back(std::move(item));
    }
    writing_.document.List(std::move(items));
  }

  void AddReason(Line& item, const Word& why) const {
    if (!why.present()) return;
    item.Add(writing_.Say(" Reason: ", "理由：") + why.text + writing_.Say(".", "。"));
  }

  void AddAdjustments() {
    const auto& adjustments = writing_.file.weights.adjustments;
    if (adjustments.empty()) return;
    writing_.document.Heading(3, writing_.Say("Adjustments", "权重调整"), "adjustments");
    writing_.document.Paragraph(writing_.Say(
        "They come after the profile, one after the other, each whose condition holds "
        "between its dates. The tables above are without them.",
        "在上述权重之后依次适用：在生效日期内，凡符合条件的都适用。上表未计入这些调整。"));
    std::vector<Line> items;
    for (size_t i = 0; i < adjustments.size(); ++i) {
      items.push_back(Adjustment(adjustments[i], model_.adjustments[i]));
    }
    writing_.document.List(std::move(items));
  }

  Line Adjustment(const AdjustmentDecl& decl, const AdjustmentModel& model) {
    Line item;
    item.Strong(decl.name.text);
    const std::string dates = writing_.words.Dates(decl.from, decl.until);
    if (!dates.empty()) item.Add(writing_.Say(" (", "（") + dates + writing_.Say(")", "）"));
    item.Add(writing_.Say(": ", "："));
    if (decl.when.parsed()) {
      item.Add(writing_.Say("if ", "如果 ")).Add(writing_.words.Condition(decl.when));
      item.Add(writing_.Say(", then ", "，则 "));
    }
    for (const WeightChange& change : model.changes) {
      item.Add(InWords(change) + writing_.Say("; ", "；"));
    }
    item.Add(decl.rest == RestPolicy::kRescale
                 ? writing_.Say("the others share the rest in proportion.",
                                "其余权重按比例分配剩余部分。")
                 : writing_.Say("the other weights stay.", "其余权重不变。"));
    if (decl.approved_by.present()) {
      item.Add(writing_.Say(" Approved by: ", "批准：") + decl.approved_by.text +
               writing_.Say(".", "。"));
    }
    AddReason(item, decl.why);
    return item;
  }

  std::string InWords(const WeightChange& change) const {
    const std::string label =
        writing_.labels.Of(model_.indicators[static_cast<size_t>(change.indicator)]);
    if (change.set) {
      return writing_.words.Fill("{} weighs {}", "{} 的权重定为 {}",
                                 {label, Percent(change.amount)});
    }
    const bool less = change.amount.Sign() < 0;
    const std::string points = FormatPlaces(Abs(change.amount) * Number(100), 2);
    return less ? writing_.words.Fill("{} weighs {} percentage points less",
                                      "{} 的权重减少 {} 个百分点", {label, points})
                : writing_.words.Fill("{} weighs {} percentage points more",
                                      "{} 的权重增加 {} 个百分点", {label, points});
  }

  Writing& writing_;
  const Model& model_;
};

}  // namespace

void AddWeights(Writing& writing) { Weights(writing).Run(); }

}  // namespace steelyard
