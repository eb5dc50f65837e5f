// The readers of the sections of a rule file: language.md, sections 1, 5, 6 and 8.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/rulefile/reader.h"
#include "engine/syntax/policy.h"
#include "engine/syntax/rule_file.h"

namespace steelyard {

void ReadTables(Reader& reader, const Field& field, std::vector<TableDecl>& tables);
void ReadParameters(Reader& reader, const Field& field, std::vector<ParameterDecl>& parameters);
void ReadValues(Reader& reader, const Field& field, std::vector<ValueDecl>& values);
void ReadOutcomes(Reader& reader, const Field& field, std::vector<OutcomeDecl>& outcomes);
void ReadIndicators(Reader& reader, const Field& field, std::vector<IndicatorDecl>& indicators);
void ReadScore(Reader& reader, const Field& field, ScoreDecl& score);
void ReadMissing(Reader& reader, const Field& field, MissingDecl& missing);
void ReadWeights(Reader& reader, const Field& field, WeightsDecl& weights);
void ReadGrades(Reader& reader, const Field& field, std::vector<GradeDecl>& grades);

void ReadAdditions(Reader& reader, const Field& field, RuleFile& file);
void ReadInterlocks(Reader& reader, const Field& field, std::vector<GateDecl>& interlocks);
void ReadVetoes(Reader& reader, const Field& field, std::vector<GateDecl>& vetoes);
void ReadAlerts(Reader& reader, const Field& field, std::vector<GateDecl>& alerts);
void ReadEntitlements(Reader& reader, const Field& field, std::vector<GateDecl>& entitlements);

void ReadDistribution(Reader& reader, const Field& field, DistributionDecl& distribution);
void ReadPools(Reader& reader, const Field& field, std::vector<PoolDecl>& pools);
void ReadSchedules(Reader& reader, const Field& field, std::vector<ScheduleDecl>& schedules);

// Has the mapping a key that is a date, or meant as one? Then all of them must be.
bool IsDatedMapping(const YamlNode& node);
// One value for always, or a mapping of dates to values.
void ReadDated(Reader& reader, const Field& field, std::vector<DatedFormula>& values);

// `cap 80`, `grade D`, `downgrade 1`; empty after a report where it is none of `allowed`.
std::optional<Effect> ReadEffect(Reader& reader, const Field& field,
                                 const std::vector<EffectVerb>& allowed);

// Where the values of an indicator come from.
inline constexpr std::string_view kSourceKinds[] = {"system", "third_party", "self_rating",
                                                    "manual"};

// Is the top of a file a mapping? Reports what it is otherwise.
bool IsTopMapping(Reader& reader, const Field& root);
// Reads `steelyard:`; false after a report where the version is not ours.
bool IsKnownVersion(Reader& reader, const Field& root, Word& version);

enum class FileRole : uint8_t {
  kScorecard,  // the file that was asked for
  kLibrary,    // one that it imports
  kEither,     // asked for, and a library where nothing says that it is a scorecard
};

// The whole file, without its imports. Empty where the language version is not ours.
std::optional<RuleFile> ReadRules(const YamlNode& root, FileId file, FileRole role,
                                  DiagnosticSink& sink);

// House rules; `name` is what messages call the file. Empty where the language version is not ours.
std::optional<Policy> ReadPolicy(const YamlNode& root, FileId file, std::string_view name,
                                 DiagnosticSink& sink);

}  // namespace steelyard
