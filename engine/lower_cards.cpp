#include "engine/lower_cards.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <utility>

#include "engine/base/sha256.h"
#include "engine/base/text.h"
#include "engine/check/check.h"
#include "engine/program/lower.h"
#include "engine/program/meaning.h"
#include "engine/rulefile/load.h"
#include "engine/score.h"

namespace steelyard {
namespace {

constexpr std::string_view kPeriodEnd = "last_day";  // of the period

// A card by its file, seen from the file that names it.
std::string PathOf(const Session& session, const Word& card) {
  const std::filesystem::path from = session.sources.file(card.span.file).path();
  return CardPath((from.parent_path() / card.text).string());
}

std::vector<ResultColumn> HeadingsOf(const Card& card) {
  std::vector<ResultColumn> columns = ResultColumns(card.model, Lower(card.model)).columns;
  if (!card.model.schema.period) return columns;
  ResultColumn end;
  end.heading = kPeriodEnd;
  end.type = Type::Of(TypeKind::kDate);
  columns.push_back(std::move(end));
  return columns;
}

// --- checking -----------------------------------------------------------------------------------

const ResultColumn* FindHeading(const std::vector<ResultColumn>& headings,
                                const ColumnSchema& column) {
  std::vector<std::string> names = {column.id, column.name};
  names.insert(names.end(), column.aliases.begin(), column.aliases.end());
  for (const std::string& name : names) {
    for (const ResultColumn& heading : headings) {
      if (!name.empty() && NormalizeName(heading.heading) == NormalizeName(name)) return &heading;
    }
  }
  return nullptr;
}

Span PlaceOf(const TableDecl& table, const ColumnSchema& column) {
  for (const ColumnDecl& declared : table.columns) {
    if (NormalizeName(declared.id.text) == column.id) return declared.id.span;
  }
  return table.results_of.span;
}

// Can a column of this type hold the cells of such a result? A text takes whatever is written.
bool Fits(const Type& result, const Type& column) {
  if (column.kind == TypeKind::kText) return true;
  if (result.IsNumber() || column.IsNumber()) {
    return result.IsNumber() && column.IsNumber() &&
           result.unit.ToString() == column.unit.ToString();
  }
  if (column.kind == result.kind) return true;
  if (column.kind == TypeKind::kDateTime) return result.kind == TypeKind::kDate;
  // Grades and periods are words that a list may have.
  return column.kind == TypeKind::kEnum &&
         (result.kind == TypeKind::kText || result.kind == TypeKind::kPeriod);
}

void CheckColumn(const TableDecl& table, const ColumnSchema& column,
                 const std::vector<ResultColumn>& headings, DiagnosticSink& sink) {
  if (column.computed) return;
  const ResultColumn* heading = FindHeading(headings, column);
  if (heading == nullptr) {
    Diagnostic& found = sink.Report(DiagKind::kNoResultColumn, PlaceOf(table, column),
                                    {column.id, table.results_of.text});
    std::vector<std::string> known;
    for (const ResultColumn& each : headings) known.push_back(each.heading);
    if (const auto near = NearestName(column.id, known)) {
      found.Because(HelpKind::kDidYouMean, {*near});
    } else {
      std::string all;
      for (const std::string& name : known) all += (all.empty() ? "`" : ", `") + name + "`";
      found.Because(HelpKind::kOneOf, {all});
    }
    return;
  }
  if (Fits(heading->type, column.type) || heading->type.kind == TypeKind::kNothing) return;
  sink.Report(DiagKind::kResultType, PlaceOf(table, column),
              {column.id, heading->type.ToString(), table.results_of.text, column.type.ToString()});
}

// --- scoring ------------------------------------------------------------------------------------

bool Knows(const Model& model, const std::string& table) {
  return std::any_of(model.schema.tables.begin(), model.schema.tables.end(),
                     [&](const TableSchema& known) { return GoesBy(known, table); });
}

// Folders, and the files named for tables that the lower card, or one below it, has. A single file
// is the upper card's.
std::vector<std::string> DataFor(const Model& lower, const std::vector<std::string>& data) {
  std::vector<std::string> kept;
  for (const std::string& text : data) {
    const DataArgument argument = ParseDataArgument(text);
    std::error_code error;
    const bool folder =
        argument.table.empty() && std::filesystem::is_directory(argument.path, error);
    if (folder || (!argument.table.empty() && Knows(lower, argument.table))) kept.push_back(text);
  }
  return kept;
}

void AddPeriodEnd(ResultTable& table) {
  ResultColumn end;
  for (const ResultColumn& column : table.columns) {
    if (column.role != ResultRole::kPeriod) continue;
    end.heading = kPeriodEnd;
    end.type = Type::Of(TypeKind::kDate);
    for (const Value& period : column.cells) end.cells.emplace_back(period.period().end());
  }
  if (!end.heading.empty()) table.columns.push_back(std::move(end));
}

class LowerScorer {
 public:
  LowerScorer(CardShelf& shelf, const ScoreOptions& options, const CardChain& chain)
      : shelf_(shelf), session_(shelf.session()), options_(options), chain_(chain) {}

  // False where errors were reported.
  bool Add(const TableDecl& table) {
    const Card* card = shelf_.Open(table.results_of, chain_, session_.sink);
    if (card == nullptr) return false;
    if (const auto known = scored_.find(card->path); known != scored_.end()) {
      Bind(table, known->second);
      return true;
    }
    ScoreOptions options = options_;
    options.rules = card->path;
    options.data = DataFor(card->model, options_.data);
    options.period.clear();
    session_.sink.Append(card->found);
    CardChain longer = chain_;
    longer.push_back(card->path);
    const std::unique_ptr<ScoreOutcome> outcome =
        ScoreCard(shelf_, card->file, card->model, options, longer);
    if (outcome == nullptr) return false;
    for (const TableSchema& known : card->model.schema.tables) {
      result_.tables.push_back(known.id);
      if (!known.name.empty()) result_.tables.push_back(known.name);
    }
    AddAccount(*outcome);
    result_.data_files.insert(result_.data_files.end(), outcome->data_files.begin(),
                              outcome->data_files.end());
    return Keep(*card, table, outcome->table);
  }

  LowerCards Take() { return std::move(result_); }

 private:
  // The table's rows are those of the file at `path`.
  void Bind(const TableDecl& table, const std::string& path) {
    result_.arguments.push_back({table.id.text, path});
    result_.names.push_back("results of " + table.results_of.text);
  }

  bool Keep(const Card& card, const TableDecl& table, ResultTable& results) {
    AddPeriodEnd(results);
    std::optional<ScratchFile> file = ScratchFile::Create(".csv");
    bool written = false;
    if (file) {
      std::ofstream out(file->path(), std::ios::binary | std::ios::trunc);
      out << ToCsv(results);
      out.close();
      written = out.good();
    }
    if (!written) {
      session_.sink.Report(DiagKind::kCannotSpool, {},
                           {table.results_of.text, ScratchFile::Folder()});
      return false;
    }
    scored_[card.path] = file->path();
    Bind(table, file->path());
    result_.files.push_back(std::move(*file));
    return true;
  }

  // Two lower cards may read the same rows, which are told once.
  void AddAccount(const ScoreOutcome& outcome) {
    for (const TableAccount& account : outcome.summary.accounts) {
      const bool known =
          std::any_of(result_.accounts.begin(), result_.accounts.end(),
                      [&](const TableAccount& other) { return other.table == account.table; });
      if (!known) result_.accounts.push_back(account);
    }
    for (const RejectLine& reject : outcome.rejects) {
      if (told_.insert(PlaceOf(reject)).second) result_.rejects.push_back(reject);
    }
  }

  CardShelf& shelf_;
  Session& session_;
  const ScoreOptions& options_;
  const CardChain& chain_;
  LowerCards result_;
  std::map<std::string, std::string> scored_;  // the results of a card, by its path
  std::set<RejectPlace> told_;
};

// Each card's hash is made once, however many tables name it.
class MeaningHasher {
 public:
  explicit MeaningHasher(CardShelf& shelf) : shelf_(shelf) {}

  std::string Of(const RuleFile& file, const Model& model, const CardChain& chain) {
    const auto known = hashes_.find(chain.back());
    if (known != hashes_.end()) return known->second;
    std::map<std::string, std::string> lower;  // by table, so that their order does not matter
    for (size_t i = 0; i < file.tables.size(); ++i) {
      const Word& name = file.tables[i].results_of;
      if (!name.present() || !model.schema.tables[i].needed) continue;
      DiagnosticSink told_before;
      const Card* card = shelf_.Open(name, chain, told_before);
      if (card == nullptr) continue;
      CardChain longer = chain;
      longer.push_back(card->path);
      lower[model.schema.tables[i].id] = Of(card->file, card->model, longer);
    }
    std::string text = Meaning(model, Lower(model));
    for (const auto& [table, hash] : lower) text += "\nresults of " + table + " " + hash;
    return hashes_[chain.back()] = Sha256Of(text);
  }

 private:
  CardShelf& shelf_;
  std::map<std::string, std::string> hashes_;
};

bool IsGiven(const TableSchema& table, const std::vector<std::string>& data) {
  return std::any_of(data.begin(), data.end(), [&](const std::string& text) {
    return GoesBy(table, ParseDataArgument(text).table);
  });
}

}  // namespace

RejectPlace PlaceOf(const RejectLine& reject) {
  return {reject.file, reject.line, reject.column, reject.text};
}

std::string CardPath(const std::string& path) {
  return std::filesystem::path(path).lexically_normal().generic_string();
}

const Card* CardShelf::Open(const Word& name, const CardChain& chain, DiagnosticSink& sink) {
  const std::string path = PathOf(session_, name);
  if (std::find(chain.begin(), chain.end(), path) != chain.end()) {
    sink.Report(DiagKind::kCardCircle, name.span, {path});
    return nullptr;
  }
  if (const auto known = cards_.find(path); known != cards_.end()) return known->second.get();
  if (session_.sources.Open(path).failure) {
    sink.Report(DiagKind::kFileNotFound, name.span, {path, ""});
    return nullptr;
  }
  auto card = std::make_unique<Card>();
  card->path = path;
  std::optional<RuleFile> file = LoadRuleFile(session_.sources, path, card->found);
  if (file) card->file = std::move(*file);
  std::optional<Model> model;
  if (file) model = Check(card->file, card->found);
  if (model) {
    card->model = std::move(*model);
  } else {
    sink.Append(card->found);
    card.reset();
  }
  return cards_.emplace(path, std::move(card)).first->second.get();
}

bool LowerCards::IsResults(const std::string& path) const {
  return std::any_of(files.begin(), files.end(),
                     [&](const ScratchFile& file) { return file.path() == path; });
}

std::string LowerCards::NameOf(const std::string& path) const {
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i].path == path) return names[i];
  }
  return path;
}

std::optional<LowerCards> ScoreLowerCards(CardShelf& shelf, const RuleFile& file,
                                          const Model& model, const ScoreOptions& options,
                                          const CardChain& chain) {
  LowerScorer scorer(shelf, options, chain);
  bool good = true;
  for (size_t i = 0; i < file.tables.size(); ++i) {
    const TableSchema& table = model.schema.tables[i];
    if (!file.tables[i].results_of.present() || !table.needed) continue;
    if (!IsGiven(table, options.data)) good = scorer.Add(file.tables[i]) && good;
  }
  if (!good) return std::nullopt;
  return scorer.Take();
}

std::string MeaningHash(CardShelf& shelf, const RuleFile& file, const Model& model,
                        const CardChain& chain) {
  return MeaningHasher(shelf).Of(file, model, chain);
}

void CheckLowerCards(CardShelf& shelf, const RuleFile& file, const Model& model,
                     const CardChain& chain, DiagnosticSink& sink) {
  for (size_t i = 0; i < file.tables.size(); ++i) {
    const TableDecl& table = file.tables[i];
    if (!table.results_of.present()) continue;
    const Card* card = shelf.Open(table.results_of, chain, sink);
    if (card == nullptr) continue;
    if (shelf.IsNew(*card)) {
      CardChain longer = chain;
      longer.push_back(card->path);
      CheckLowerCards(shelf, card->file, card->model, longer, sink);
    }
    const std::vector<ResultColumn> headings = HeadingsOf(*card);
    for (const ColumnSchema& column : model.schema.tables[i].columns) {
      CheckColumn(table, column, headings, sink);
    }
  }
}

}  // namespace steelyard
