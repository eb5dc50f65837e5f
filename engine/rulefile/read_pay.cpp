// `distribution:`, `pools:` and `schedules:` — what is divided among people, and what is paid when.
#include "engine/rulefile/sections.h"

namespace steelyard {

namespace {

// One formula or a list of them.
FieldReader FormulasInto(Reader& reader, std::vector<Formula>& formulas) {
  return [&reader, &formulas](const Field& field) {
    reader.Items(field, "among: role", [&](const Field& item) {
      Formula formula;
      reader.Into(formula)(item);
      formulas.push_back(std::move(formula));
    });
  };
}

void ReadPool(Reader& reader, const Field& field, std::vector<PoolDecl>& pools) {
  const std::optional<Word> id = reader.Id(field.key);
  PoolDecl pool;
  const bool read = reader.Keys(field, "team: {amount: 100000 CNY, by: points(sales)}",
                                {{"name", reader.Into(pool.name)},
                                 {"amount", reader.Into(pool.amount), "amount: 100000 CNY"},
                                 {"by", reader.Into(pool.by), "by: points(sales)"},
                                 {"among", FormulasInto(reader, pool.among)},
                                 {"when", reader.Into(pool.when)},
                                 {"to", reader.Into(pool.to)}});
  if (!read || !id) return;
  pool.id = *id;
  pools.push_back(std::move(pool));
}

void ReadPart(Reader& reader, const Field& field, std::vector<SchedulePartDecl>& parts) {
  const std::optional<Word> id = reader.Id(field.key);
  SchedulePartDecl part;
  const bool read = reader.Keys(field, "year_1: {share: 50%, due: 2026-12-31}",
                                {{"share", reader.Into(part.share), "share: 50%"},
                                 {"due", reader.Into(part.due), "due: 2026-12-31"},
                                 {"when", reader.Into(part.when)},
                                 {"factor", reader.Into(part.factor)}});
  if (!read || !id) return;
  part.id = *id;
  parts.push_back(std::move(part));
}

void ReadSchedule(Reader& reader, const Field& field, std::vector<ScheduleDecl>& schedules) {
  const std::optional<Word> id = reader.Id(field.key);
  ScheduleDecl schedule;
  const auto parts = [&](const Field& inner) {
    reader.Entries(inner, "parts: {year_1: {share: 50%, due: 2026-12-31}}",
                   [&](const Field& entry) { ReadPart(reader, entry, schedule.parts); });
  };
  const bool read =
      reader.Keys(field, "deferred: {amount: bonus, parts: {year_1: {share: 100%, due: …}}}",
                  {{"name", reader.Into(schedule.name)},
                   {"amount", reader.Into(schedule.amount), "amount: bonus"},
                   {"parts", parts, "parts: {year_1: {share: 50%, due: 2026-12-31}}"},
                   {"release", reader.Into(schedule.release)},
                   {"to", reader.Into(schedule.to)}});
  if (!read || !id) return;
  schedule.id = *id;
  schedules.push_back(std::move(schedule));
}

std::vector<Choice<QuotaRounding>> RoundChoices() {
  return {{"nearest", QuotaRounding::kNearest},
          {"down", QuotaRounding::kDown},
          {"up", QuotaRounding::kUp}};
}

}  // namespace

// Shares by grade, or `{shares: …, among: …}` where there is more to say. A grade may be called
// `shares`, but then the long form is needed.
void ReadDistribution(Reader& reader, const Field& field, DistributionDecl& distribution) {
  distribution.span = field.key.span;
  bool is_long = false;
  for (const YamlEntry& entry : field.value.entries) {
    is_long = is_long || entry.key.text.text == "shares";
  }
  const auto shares = [&](const Field& inner) { ReadGrades(reader, inner, distribution.shares); };
  if (!is_long) return shares(field);
  reader.Keys(
      field, {},
      {{"shares", shares, "shares: {S: 10%, A: 20%}"},
       {"among", FormulasInto(reader, distribution.among)},
       {"round", reader.Into(distribution.round, &distribution.round_span, RoundChoices())}});
}

void ReadPools(Reader& reader, const Field& field, std::vector<PoolDecl>& pools) {
  reader.Entries(field, "team: {amount: 100000 CNY, by: points(sales)}",
                 [&](const Field& entry) { ReadPool(reader, entry, pools); });
}

void ReadSchedules(Reader& reader, const Field& field, std::vector<ScheduleDecl>& schedules) {
  reader.Entries(field, "deferred: {amount: bonus, parts: {year_1: {share: 100%, due: …}}}",
                 [&](const Field& entry) { ReadSchedule(reader, entry, schedules); });
}

}  // namespace steelyard
