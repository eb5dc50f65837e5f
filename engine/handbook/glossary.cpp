// The data that the formulas look at, and the functions they use.
#include "engine/handbook/chapters.h"
#include "engine/handbook/functions.h"

namespace steelyard {
namespace {

class Glossary {
 public:
  explicit Glossary(Writing& writing)
      : writing_(writing), words_(writing.words), schema_(writing.model.schema) {}

  void Run() {
    const bool functions = !writing_.labels.functions().empty();
    if (writing_.labels.columns().empty() && !functions) return;
    writing_.document.Heading(2, words_.Say("Terms and data", "名词与数据"), "glossary");
    for (size_t i = 0; i < schema_.tables.size(); ++i) AddTable(TableId{static_cast<int32_t>(i)});
    AddFunctions();
  }

 private:
  void AddTable(TableId id) {
    const TableSchema& table = schema_.table(id);
    Sheet sheet;
    sheet.caption = writing_.labels.Of(id);
    sheet.head = {words_.Say("datum", "数据项"), words_.Say("column", "列名"),
                  words_.Say("what it holds", "内容")};
    for (size_t c = 0; c < table.columns.size(); ++c) {
      const ColumnId column{id, static_cast<int32_t>(c)};
      if (writing_.labels.columns().count(column) == 0) continue;
      const ColumnSchema& schema = table.columns[c];
      Line code;
      code.Code(table.id + "." + schema.id);
      sheet.rows.push_back({Labels::Chosen(schema.id, schema.name), code, Content(schema)});
    }
    const bool dated = table.time >= 0 && schema_.period && !sheet.rows.empty();
    writing_.document.Add(std::move(sheet));
    if (!dated) return;
    const ColumnSchema& time = table.columns[static_cast<size_t>(table.time)];
    writing_.document.Paragraph(
        words_.Fill("A row of {} counts in the period in which its {} lies.",
                    "「{}」的每条数据计入其「{}」所在的考核期。",
                    {writing_.labels.Of(id), Labels::Chosen(time.id, time.name)}));
  }

  std::string Content(const ColumnSchema& column) const {
    std::string text = TypeInWords(column.type);
    if (column.computed) text += words_.Say(", computed", "，由公式算出");
    if (!column.type.unit.plain()) {
      text += words_.Say(", in ", "，单位 ") +
              UnitInPrint(column.type.unit.ToString(), words_.language());
    }
    const bool percent = column.type.form == NumberForm::kPercent;
    const auto bound = [&](const Number& number) {
      return percent ? PercentInPrint(number) : NumberInPrint(number);
    };
    if (column.min && column.max) {
      text += words_.Fill(", {} to {}", "，{} 至 {}", {bound(*column.min), bound(*column.max)});
    } else if (column.min) {
      text += words_.Fill(", at least {}", "，不低于 {}", {bound(*column.min)});
    } else if (column.max) {
      text += words_.Fill(", at most {}", "，不高于 {}", {bound(*column.max)});
    }
    return text;
  }

  std::string TypeInWords(const Type& type) const {
    switch (type.kind) {
      case TypeKind::kBool: return words_.Say("yes or no", "是或否");
      case TypeKind::kText: return words_.Say("text", "文字");
      case TypeKind::kDate: return words_.Say("date", "日期");
      case TypeKind::kDateTime: return words_.Say("date and time", "日期和时间");
      case TypeKind::kPeriod: return words_.Say("period", "考核期");
      case TypeKind::kEnum:
        return type.values
                   ? words_.Fill("one of {}", "{} 之一", {words_.List(*type.values, "or", "、")})
                   : words_.Say("text", "文字");
      default: break;
    }
    switch (type.form) {
      case NumberForm::kCount: return words_.Say("whole number", "整数");
      case NumberForm::kPercent: return words_.Say("per cent", "百分比");
      case NumberForm::kMoney: return words_.Say("amount", "金额");
      case NumberForm::kDuration: return words_.Say("duration", "时长");
      default: return words_.Say("number", "数值");
    }
  }

  void AddFunctions() {
    Sheet sheet;
    sheet.caption = words_.Say("Words and signs in the formulas", "公式中的词语与符号");
    sheet.head = {words_.Say("sign", "写法"), words_.Say("meaning", "含义")};
    const auto language = static_cast<size_t>(words_.language());
    std::set<std::string> told;
    for (const std::string& name : writing_.labels.functions()) {
      const FunctionWords* words = WordsOfFunction(name);
      if (words == nullptr) continue;
      const std::string label(words->label[language]);
      const std::string meaning(words->meaning[language]);
      if (told.insert(label + meaning).second) sheet.rows.push_back({label, meaning});
    }
    writing_.document.Add(std::move(sheet));
  }

  Writing& writing_;
  const Sentences& words_;
  const Schema& schema_;
};

}  // namespace

void AddGlossary(Writing& writing) { Glossary(writing).Run(); }

}  // namespace steelyard
