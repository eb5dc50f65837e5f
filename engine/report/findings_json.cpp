// The JSON of `check`. The keys are told in docs/ci.md.
#include <nlohmann/json.hpp>

#include "engine/report/findings.h"

namespace steelyard {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kFormatVersion = 1;

Json InBoth(const std::string& english, const std::string& chinese) {
  return {{"en", english}, {"zh", chinese}};
}

void AddPlace(Json& json, Span span, const SourceSet& sources) {
  if (!span.valid()) return;
  const Region region = RegionOf(span, sources);
  json["path"] = PathOf(span, sources);
  json["line"] = region.begin.line;
  json["column"] = region.begin.column;
  json["end_line"] = region.end.line;
  json["end_column"] = region.end.column;
}

Json HelpsOf(const Diagnostic& diagnostic, const SourceSet& sources) {
  Json helps = Json::array();
  for (const Help& help : diagnostic.helps) {
    Json one;
    one["message"] = InBoth(HelpLine(help, Language::kEnglish), HelpLine(help, Language::kChinese));
    AddPlace(one, help.span, sources);
    helps.push_back(std::move(one));
  }
  return helps;
}

Json FindingOf(const Diagnostic& diagnostic, const SourceSet& sources) {
  const KindInfo& info = Info(diagnostic.kind);
  Json json;
  json["code"] = info.code;
  json["name"] = info.name;
  json["severity"] = SeverityWord(diagnostic.severity);
  AddPlace(json, diagnostic.span, sources);
  json["message"] =
      InBoth(Message(diagnostic, Language::kEnglish), Message(diagnostic, Language::kChinese));
  const std::string label = Label(diagnostic, Language::kEnglish);
  if (!label.empty()) json["label"] = InBoth(label, Label(diagnostic, Language::kChinese));
  json["advice"] = HelpsOf(diagnostic, sources);
  return json;
}

Json FileOf(const CheckedFile& file) {
  Json json = {{"path", file.path}, {"kind", file.kind}};
  json["passed"] = file.passed;
  json["indicators"] = file.indicators;
  json["formulas"] = file.formulas;
  json["house_rules"] = file.policy.empty() ? Json(nullptr) : Json(file.policy);
  return json;
}

}  // namespace

std::string FindingsJson(const CheckFindings& check) {
  Json json;
  json["format"] = kFormatVersion;
  json["program"] = "steelyard " + std::string(check.version);
  json["passed"] = check.exit_code == 0;
  json["strict"] = check.strict;
  json["counts"] = {{"files", check.files.size()},
                    {"errors", check.Count(Severity::kError)},
                    {"warnings", check.Count(Severity::kWarning)},
                    {"notes", check.Count(Severity::kNote)},
                    {"allowed", check.allowed.size()}};
  json["files"] = Json::array();
  for (const CheckedFile& file : check.files) json["files"].push_back(FileOf(file));
  json["findings"] = Json::array();
  for (const Diagnostic& finding : check.findings) {
    json["findings"].push_back(FindingOf(finding, check.sources));
  }
  json["allowed"] = Json::array();
  for (const AllowedFinding& allowed : check.allowed) {
    Json finding = FindingOf(allowed.diagnostic, check.sources);
    finding["because"] = allowed.reason;
    finding["comment_line"] = RegionOf(allowed.comment, check.sources).begin.line;
    json["allowed"].push_back(std::move(finding));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace steelyard
