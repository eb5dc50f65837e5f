// The top of a rule file: which keys there are, and which of them a scorecard or a library may
// have.
#include <algorithm>
#include <utility>

#include "engine/base/text.h"
#include "engine/rulefile/sections.h"
#include "engine/rulefile/yaml_read.h"

namespace steelyard {

namespace {

class FileReader {
 public:
  FileReader(FileRole role, RuleFile& file, DiagnosticSink& sink)
      : role_(role), file_(file), reader_(sink) {}

  bool Read(const Field& root) {
    if (root.value.shape == Shape::kBroken) return false;
    if (!IsTopMapping(reader_, root) || IsTestFile(root) ||
        !IsKnownVersion(reader_, root, file_.version_of_language)) {
      return false;
    }
    const bool nameless = !HasKey(root.value, "scorecard") && !HasKey(root.value, "subject");
    if (role_ == FileRole::kEither) {
      file_.is_library = nameless && HasOnlyShared(root);
      role_ = file_.is_library ? FileRole::kLibrary : FileRole::kScorecard;
    }
    is_orphan_ = IsMain() && nameless;
    if (is_orphan_) ReportOrphan(root);
    KeyRules rules;
    AddHead(rules);
    AddShared(rules);
    AddScorecard(rules);
    reader_.Keys(root, {}, rules);
    return true;
  }

 private:
  bool IsMain() const { return role_ == FileRole::kScorecard; }

  bool IsTestFile(const Field& root) {
    if (!HasKey(root.value, "tests") || HasKey(root.value, "steelyard")) return false;
    reader_.Report(DiagKind::kIsTestFile, root.value.span).Because(HelpKind::kRunWithTest);
    return true;
  }

  // Unknown keys do not make a scorecard of it: they are reported in either case.
  static bool HasOnlyShared(const Field& root) {
    constexpr std::string_view kOwn[] = {
        "effective", "level",    "period",       "missing", "weights",   "additions",   "outcomes",
        "grades",    "rounding", "distribution", "pools",   "schedules", "entitlements"};
    constexpr std::string_view kShared[] = {"data",       "parameters", "values", "indicators",
                                            "interlocks", "vetoes",     "alerts", "import"};
    const auto has = [&](std::string_view key) { return HasKey(root.value, key); };
    return std::none_of(std::begin(kOwn), std::end(kOwn), has) &&
           std::any_of(std::begin(kShared), std::end(kShared), has);
  }

  void ReportOrphan(const Field& root) {
    reader_.Report(DiagKind::kMissingTopKey, root.value.span, {"scorecard"})
        .Because(HelpKind::kWriteLike, {"scorecard: key-account"})
        .Because(HelpKind::kLibraryOnly);
  }

  // `example` is shown where a scorecard lacks the key.
  std::string_view Required(std::string_view example) const {
    return IsMain() && !is_orphan_ ? example : std::string_view();
  }

  void AddHead(KeyRules& rules) {
    rules.push_back({"steelyard", [](const Field&) {}, "steelyard: 1"});
    rules.push_back(
        {"scorecard", Own(reader_.Into(file_.scorecard)), Required("scorecard: key-account")});
    rules.push_back({"title", reader_.Into(file_.title)});
    rules.push_back({"version", reader_.Into(file_.version)});
    rules.push_back({"effective", Own(reader_.Into(file_.effective))});
    rules.push_back({"level", Own(reader_.NamesInto(file_.level))});
    rules.push_back({"subject", Own([this](const Field& field) { ReadSubject(field); }),
                     Required("subject: manager")});
    rules.push_back({"period", Own([this](const Field& field) { ReadPeriod(field); })});
    rules.push_back({"import", reader_.Into(file_.imports)});
  }

  // Sections that a library may have too.
  void AddShared(KeyRules& rules) {
    Add(rules, "data", ReadTables, file_.tables);
    Add(rules, "parameters", ReadParameters, file_.parameters);
    Add(rules, "values", ReadValues, file_.values);
    Add(rules, "indicators", ReadIndicators, file_.indicators);
    Add(rules, "interlocks", ReadInterlocks, file_.interlocks);
    Add(rules, "vetoes", ReadVetoes, file_.vetoes);
    Add(rules, "alerts", ReadAlerts, file_.alerts);
  }

  // Sections that only make sense for one scorecard.
  void AddScorecard(KeyRules& rules) {
    AddOwn(rules, "missing", ReadMissing, file_.missing);
    AddOwn(rules, "weights", ReadWeights, file_.weights);
    AddOwn(rules, "additions", ReadAdditions, file_);
    AddOwn(rules, "outcomes", ReadOutcomes, file_.outcomes);
    AddOwn(rules, "distribution", ReadDistribution, file_.distribution);
    AddOwn(rules, "pools", ReadPools, file_.pools);
    AddOwn(rules, "schedules", ReadSchedules, file_.schedules);
    AddOwn(rules, "entitlements", ReadEntitlements, file_.entitlements);
    rules.push_back({"grades", Own([this](const Field& field) {
                       file_.grades_span = field.key.span;
                       ReadGrades(reader_, field, file_.grades);
                     })});
    rules.push_back({"rounding", Own([this](const Field& field) { ReadRounding(field); })});
  }

  template <class Read, class Target>
  void Add(KeyRules& rules, std::string_view key, Read read, Target& target) {
    rules.push_back(
        {key, [this, read, &target](const Field& field) { read(reader_, field, target); }});
  }
  template <class Read, class Target>
  void AddOwn(KeyRules& rules, std::string_view key, Read read, Target& target) {
    Add(rules, key, read, target);
    rules.back().read = Own(std::move(rules.back().read));
  }

  // Refuses the key in a library: its value would be lost without a word.
  FieldReader Own(FieldReader read) {
    if (IsMain()) return read;
    return [this](const Field& field) {
      reader_.Report(DiagKind::kNotInLibrary, field.key.span, {field.name()})
          .Because(HelpKind::kImportsOfLibrary,
                   {"import, data, parameters, values, indicators, interlocks, vetoes, alerts"});
    };
  }

  void ReadSubject(const Field& field) {
    if (field.value.shape != Shape::kMapping) return reader_.NameInto(file_.subject)(field);
    reader_.Keys(field, "subject: {table: manager, where: role = 'director'}",
                 {{"table", reader_.NameInto(file_.subject), "table: manager"},
                  {"where", reader_.Into(file_.subject_where)}});
  }

  void ReadPeriod(const Field& field) {
    const auto text = reader_.Text(field, "quarter");
    if (!text) return;
    file_.period = Reader::MakeWord(*text);
    file_.period_kind = ParsePeriodKind(text->text);
    if (file_.period_kind) return;
    reader_.UnknownWord(field.name(), file_.period,
                        {"year", "half", "quarter", "month", "week", "day"});
  }

  void ReadRounding(const Field& field) {
    Word decimals;
    reader_.WholeInto(decimals, 0, 12)(field);
    if (!decimals.present()) return;
    file_.rounding = std::stoi(decimals.text);
    file_.rounding_span = decimals.span;
  }

  FileRole role_;
  RuleFile& file_;
  Reader reader_;
  bool is_orphan_ = false;  // says of no scorecard that it is one
};

}  // namespace

std::optional<RuleFile> ReadRules(const YamlNode& root, FileId file, FileRole role,
                                  DiagnosticSink& sink) {
  RuleFile rules;
  rules.file = file;
  YamlNode nameless;  // the file as a whole has no key
  nameless.span = root.span;
  if (!FileReader(role, rules, sink).Read({nameless, root})) return std::nullopt;
  return rules;
}

}  // namespace steelyard
