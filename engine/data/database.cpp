// SQL texts, and the database where there is none.
#include "engine/data/database.h"

#include <filesystem>
#include <system_error>

namespace steelyard {
namespace {

std::string Quoted(std::string_view text, char quote) {
  std::string quoted(1, quote);
  for (const char c : text) {
    if (c == quote) quoted += quote;
    quoted += c;
  }
  return quoted + quote;
}

}  // namespace

Database* DatabaseOnDemand::Get(DiagnosticSink& sink) {
  if (database_ != nullptr) return database_;
  own_ = Database::Open();
  database_ = own_.get();
  if (database_ != nullptr) return database_;
  if (Database::BuiltIn()) {
    sink.Report(DiagKind::kDatabaseFault, {});
  } else {
    sink.Report(DiagKind::kBuiltWithoutData, {}).Because(HelpKind::kBuildWithDuckDb);
  }
  return nullptr;
}

std::string SqlText(std::string_view text) { return Quoted(text, '\''); }

std::string SqlName(std::string_view name) { return Quoted(name, '"'); }

std::string SqlPath(const std::string& path) {
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(path, error);
  std::string escaped;
  for (const char c : error ? path : absolute.string()) {
    if (c == '*' || c == '?' || c == '[') {
      escaped += {'[', c, ']'};
    } else {
      escaped += c;
    }
  }
  return SqlText(escaped);
}

#ifndef STEELYARD_HAVE_DUCKDB
std::unique_ptr<Database> Database::Open() { return nullptr; }
bool Database::BuiltIn() { return false; }
#endif

}  // namespace steelyard
