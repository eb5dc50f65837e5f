// SARIF 2.1.0.
#include <fmt/format.h>

#include <cctype>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/diag/codes.h"
#include "engine/report/findings.h"

namespace steelyard {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSourceRoot = "%SRCROOT%";

// A path as a reference: what URIs have no sign for is written in per cent.
std::string UriOf(std::string_view path) {
  constexpr std::string_view kPlain = "-._~/";
  std::string uri;
  for (const char byte : path) {
    const auto code = static_cast<unsigned char>(byte);
    const bool plain = std::isalnum(code) != 0 && code < 0x80;
    if (plain || kPlain.find(byte) != std::string_view::npos) {
      uri += byte;
    } else {
      uri += fmt::format("%{:02X}", code);
    }
  }
  return path.starts_with('/') ? "file://" + uri : uri;
}

std::string TextOf(std::string_view text) { return std::string(text); }

class Sarif {
 public:
  explicit Sarif(const CheckFindings& check) : check_(check) {
    for (const Diagnostic& finding : check.findings) {
      (finding.span.valid() ? kinds_ : notes_).insert(finding.kind);
    }
    for (const AllowedFinding& allowed : check.allowed) kinds_.insert(allowed.diagnostic.kind);
  }

  Json Run() const {
    Json run;
    run["tool"]["driver"] = {{"name", "steelyard"},
                             {"version", check_.version},
                             {"semanticVersion", check_.version},
                             {"rules", Described(kinds_)}};
    if (!notes_.empty()) run["tool"]["driver"]["notifications"] = Described(notes_);
    run["language"] = check_.language == Language::kEnglish ? "en" : "zh-CN";
    run["columnKind"] = "unicodeCodePoints";
    run["originalUriBaseIds"][TextOf(kSourceRoot)]["description"]["text"] =
        "the folder in which the program was run";
    run["invocations"] = Json::array({Invocation()});
    run["results"] = Results();
    Json log;
    log["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
    log["version"] = "2.1.0";
    log["runs"] = Json::array({std::move(run)});
    return log;
  }

 private:
  Json Described(const std::set<DiagKind>& kinds) const {
    Json rules = Json::array();
    for (const DiagKind kind : kinds) {
      const KindInfo& info = Info(kind);
      Json rule = {{"id", info.code}, {"name", info.name}};
      rule["shortDescription"]["text"] = TitleOf(kind, check_.language);
      rule["defaultConfiguration"]["level"] = SeverityWord(info.severity);
      rules.push_back(std::move(rule));
    }
    return rules;
  }

  static size_t IndexOf(DiagKind kind, const std::set<DiagKind>& kinds) {
    return static_cast<size_t>(std::distance(kinds.begin(), kinds.find(kind)));
  }

  // A finding without a place is about the run: a file that is not there.
  Json Invocation() const {
    Json invocation = {{"executionSuccessful", check_.exit_code <= 1},
                       {"exitCode", check_.exit_code}};
    Json notes = Json::array();
    for (const Diagnostic& finding : check_.findings) {
      if (finding.span.valid()) continue;
      Json note;
      note["descriptor"] = {{"id", Info(finding.kind).code},
                            {"index", IndexOf(finding.kind, notes_)}};
      note["level"] = SeverityWord(finding.severity);
      note["message"]["text"] = WholeMessage(finding, check_.sources, check_.language);
      notes.push_back(std::move(note));
    }
    if (!notes.empty()) invocation["toolConfigurationNotifications"] = std::move(notes);
    return invocation;
  }

  Json Results() const {
    Json results = Json::array();
    for (const Diagnostic& finding : check_.findings) {
      if (!finding.span.valid()) continue;
      Json result = ResultOf(finding);
      if (!check_.allowed.empty()) result["suppressions"] = Json::array();
      results.push_back(std::move(result));
    }
    for (const AllowedFinding& allowed : check_.allowed) {
      Json result = ResultOf(allowed.diagnostic);
      Json suppression = {{"kind", "inSource"}, {"status", "accepted"}};
      suppression["justification"] = allowed.reason;
      suppression["location"] = Location(allowed.comment);
      result["suppressions"] = Json::array({std::move(suppression)});
      results.push_back(std::move(result));
    }
    return results;
  }

  Json ResultOf(const Diagnostic& finding) const {
    Json result = {{"ruleId", Info(finding.kind).code},
                   {"ruleIndex", IndexOf(finding.kind, kinds_)},
                   {"level", SeverityWord(finding.severity)}};
    result["message"]["text"] = WholeMessage(finding, check_.sources, check_.language);
    result["locations"] = Json::array({Location(finding.span)});
    Json related = Json::array();
    for (const Help& help : finding.helps) {
      if (!help.span.valid()) continue;
      Json location = Location(help.span);
      location["id"] = related.size() + 1;
      location["message"]["text"] = HelpLine(help, check_.language);
      related.push_back(std::move(location));
    }
    if (!related.empty()) result["relatedLocations"] = std::move(related);
    return result;
  }

  Json Location(Span span) const {
    const std::string path = PathOf(span, check_.sources);
    Json file;
    file["uri"] = UriOf(path);
    if (!path.starts_with('/') && !path.starts_with("..")) file["uriBaseId"] = kSourceRoot;
    const Region region = RegionOf(span, check_.sources);
    Json location;
    location["physicalLocation"]["artifactLocation"] = std::move(file);
    location["physicalLocation"]["region"] = {{"startLine", region.begin.line},
                                              {"startColumn", region.begin.column},
                                              {"endLine", region.end.line},
                                              {"endColumn", region.end.column}};
    return location;
  }

  const CheckFindings& check_;
  std::set<DiagKind> kinds_;  // of findings
  std::set<DiagKind> notes_;  // of what is about the run
};

}  // namespace

std::string FindingsSarif(const CheckFindings& check) {
  return Sarif(check).Run().dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace steelyard
