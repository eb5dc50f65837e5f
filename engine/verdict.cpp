#include "engine/verdict.h"

#include <algorithm>
#include <utility>

#include "engine/check/policy.h"
#include "engine/diag/codes.h"

namespace steelyard {

namespace {

void Add(DiagnosticSink& sink, const Diagnostic& diagnostic, Severity severity) {
  sink.Report(severity, diagnostic.kind, diagnostic.span, diagnostic.args).helps = diagnostic.helps;
}

// A card with errors of its own was not looked at to the end.
bool HasErrorsOfRules(const DiagnosticSink& found) {
  return std::any_of(found.all().begin(), found.all().end(), [](const Diagnostic& diagnostic) {
    return diagnostic.severity == Severity::kError && !IsHouseRule(diagnostic.kind);
  });
}

}  // namespace

DiagnosticSink Verdict::Judge(FileId file, bool is_whole, const DiagnosticSink& found) {
  DiagnosticSink left;
  Read(file, left);
  for (const Diagnostic& diagnostic : found.all()) {
    if (diagnostic.span.valid()) Read(diagnostic.span.file, left);
  }
  for (const Diagnostic& diagnostic : found.all()) {
    if (!Allows(diagnostic)) Add(left, diagnostic, diagnostic.severity);
  }
  if (is_whole && !HasErrorsOfRules(left)) TellUnused(file, left);
  return Weigh(left);
}

void Verdict::Read(FileId file, DiagnosticSink& sink) {
  const auto [place, is_new] = files_.try_emplace(file);
  if (!is_new) return;
  for (Allowance& allowance : ReadAllowances(file, sources_.file(file), sink)) {
    Known known{std::move(allowance)};
    const FindingLine* line = LineFor(known.allowance.kind);
    if (line != nullptr && line->never_allowed) {
      known.refused = line;
      Diagnostic& refused = sink.Report(DiagKind::kAllowanceRefused, known.allowance.code,
                                        {std::string(Info(known.allowance.kind).code)});
      if (line->why.present()) refused.Because(HelpKind::kHouseWhy, {line->why.text});
      refused.Because(HelpKind::kHouseRule, {}, line->span);
    }
    place->second.push_back(std::move(known));
  }
}

const FindingLine* Verdict::LineFor(DiagKind kind) const {
  if (policy_ == nullptr) return nullptr;
  for (const FindingLine& line : policy_->findings) {
    if (line.code.text == Info(kind).code && AppliesTo(line, card_)) return &line;
  }
  return nullptr;
}

bool Verdict::Allows(const Diagnostic& diagnostic) {
  if (!diagnostic.span.valid()) return false;
  for (Known& known : files_[diagnostic.span.file]) {
    if (!known.allowance.Covers(diagnostic)) continue;
    known.used = true;
    if (known.refused != nullptr) return false;
    allowed_.push_back({diagnostic, known.allowance.reason, known.allowance.comment});
    return true;
  }
  return false;
}

// Where no house rules are asked, a comment for one of them has nothing to allow.
void Verdict::TellUnused(FileId file, DiagnosticSink& sink) const {
  const auto known = files_.find(file);
  if (known == files_.end()) return;
  for (const Known& one : known->second) {
    if (one.used || one.refused != nullptr) continue;
    if (policy_ == nullptr && IsHouseRule(one.allowance.kind)) continue;
    sink.Report(DiagKind::kAllowanceUnused, one.allowance.code,
                {std::string(Info(one.allowance.kind).code)})
        .Because(HelpKind::kRemoveComment);
  }
}

DiagnosticSink Verdict::Weigh(const DiagnosticSink& found) const {
  DiagnosticSink weighed;
  for (const Diagnostic& diagnostic : found.all()) {
    const FindingLine* line = LineFor(diagnostic.kind);
    if (line == nullptr || !line->says_severity) {
      Add(weighed, diagnostic, diagnostic.severity);
    } else if (line->demand != Demand::kOff) {
      Diagnostic told = diagnostic;
      if (line->why.present()) told.Because(HelpKind::kHouseWhy, {line->why.text});
      told.Because(HelpKind::kHouseRule, {}, line->span);
      Add(weighed, told, SeverityOf(line->demand));
    }
  }
  return weighed;
}

}  // namespace steelyard
