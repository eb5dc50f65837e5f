// Loads a data set: binds files to tables, opens all of them, then reads parents before children.
#include "engine/data/load.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <thread>
#include <utility>

#include "engine/base/check.h"
#include "engine/data/binding.h"
#include "engine/data/csv_file.h"
#include "engine/data/database.h"
#include "engine/data/headings.h"
#include "engine/data/key_index.h"
#include "engine/data/load_with.h"
#include "engine/data/piece_load.h"
#include "engine/data/table_file.h"
#include "engine/data/table_reader.h"

namespace steelyard {
namespace {

constexpr uint64_t kProgressRows = 100'000;

// A table's file, open, with its headings bound.
struct OpenTable {
  std::unique_ptr<TableFile> file;
  std::vector<int32_t> places;
};

class Loader {
 public:
  Loader(DatabaseOnDemand& database, const Schema& schema, const ProgressFn& progress,
         DiagnosticSink& sink, const OpeningFn& opening, unsigned threads)
      : database_(database),
        schema_(schema),
        progress_(progress),
        sink_(sink),
        opening_(opening),
        threads_(threads),
        open_(schema.tables.size()) {}

  std::optional<DataSet> Load(const std::vector<DataArgument>& data) {
    const std::optional<std::vector<std::string>> paths = BindFiles(schema_, data, sink_);
    if (!paths || !OpenAll(*paths)) return std::nullopt;
    const std::vector<TableId> order = schema_.TopologicalOrder();
    STEELYARD_CHECK(order.size() == schema_.tables.size());

    DataSet set;
    set.tables.tables.resize(schema_.tables.size());
    std::vector<KeyIndex> keys(schema_.tables.size());
    std::vector<std::vector<Reject>> rejects(schema_.tables.size());
    std::vector<TableCount> counts(schema_.tables.size());
    for (const TableId id : order) {
      Table& table = set.tables.tables[id.index()];
      counts[id.index()].table = id;
      if (open_[id.index()].file == nullptr) {
        table = EmptyTable(id);
      } else if (!Read(id, keys, rejects[id.index()], table, counts[id.index()])) {
        return std::nullopt;
      }
    }
    for (size_t i = 0; i < counts.size(); ++i) {
      if (open_[i].file != nullptr) {
        set.counts.push_back(counts[i]);
        set.files.push_back(open_[i].file->path());
      }
      std::move(rejects[i].begin(), rejects[i].end(), std::back_inserter(set.rejects));
    }
    return set;
  }

 private:
  // Opens every file before any is read, so that one run tells all that is wrong with them.
  bool OpenAll(const std::vector<std::string>& paths) {
    bool good = true;
    for (size_t i = 0; i < paths.size(); ++i) {
      if (paths[i].empty()) continue;
      if (opening_) opening_(paths[i]);
      std::unique_ptr<TableFile> file = OpenTableFile(paths[i], database_, sink_);
      std::optional<std::vector<int32_t>> places;
      if (file != nullptr) places = BindHeadings(schema_, schema_.tables[i], *file, sink_);
      good = good && places.has_value();
      if (places) open_[i] = {std::move(file), *std::move(places)};
    }
    return good;
  }

  bool Read(TableId id, std::vector<KeyIndex>& keys, std::vector<Reject>& rejects, Table& table,
            TableCount& count) {
    TableFile& file = *open_[id.index()].file;
    if (file.csv() != nullptr) return ReadPieces(id, *file.csv(), keys, rejects, table, count);
    return file.has_columns() ? ReadColumns(id, file, keys, rejects, table, count)
                              : ReadRows(id, keys, rejects, table, count);
  }

  bool ReadPieces(TableId id, const CsvFile& file, std::vector<KeyIndex>& keys,
                  std::vector<Reject>& rejects, Table& table, TableCount& count) {
    const PiecePlan plan(schema_, id, file.path(), file.header().dialect, file.headings(),
                         open_[id.index()].places, &keys);
    CsvPieces pieces(file.path(), file.header());
    PieceLoad load(plan, keys[id.index()], rejects);
    load.Read(pieces, ThreadsFor(pieces), Progress(id));
    if (!file.Check(pieces, sink_)) return false;
    table = load.Finish(count);
    return true;
  }

  bool ReadColumns(TableId id, TableFile& file, std::vector<KeyIndex>& keys,
                   std::vector<Reject>& rejects, Table& table, TableCount& count) {
    Asked asked = AskFor(open_[id.index()]);
    const PiecePlan plan(schema_, id, file.path(), {}, std::move(asked.headings), asked.places,
                         &keys);
    const std::unique_ptr<ColumnStream> stream = file.Columns(asked.columns, sink_);
    if (stream == nullptr) return false;
    ColumnPieces pieces(*stream);
    PieceLoad load(plan, keys[id.index()], rejects);
    load.Read(pieces, Threads(), Progress(id));
    if (!file.CheckColumns(*stream, sink_)) return false;
    table = load.Finish(count);
    return true;
  }

  // Tells the rows read of a table, now and then.
  std::function<void(uint64_t)> Progress(TableId id) const {
    return [this, id, next = kProgressRows](uint64_t rows) mutable {
      for (; progress_ && next <= rows; next += kProgressRows) {
        progress_(schema_.table(id).id, next);
      }
    };
  }

  unsigned Threads() const {
    return std::max(threads_ > 0 ? threads_ : std::thread::hardware_concurrency(), 1U);
  }

  // No more than there are pieces for.
  unsigned ThreadsFor(const CsvPieces& pieces) const {
    const auto most = static_cast<uint64_t>(pieces.first_size()) / CsvPieces::kPieceBytes + 1;
    return static_cast<unsigned>(std::min<uint64_t>(Threads(), most));
  }

  // Only what is needed is asked of a file; cells then come in the order asked.
  struct Asked {
    std::vector<size_t> columns;
    std::vector<int32_t> places;
    std::vector<std::string> headings;
  };

  static Asked AskFor(const OpenTable& open) {
    Asked asked;
    asked.places.assign(open.places.size(), -1);
    for (size_t i = 0; i < open.places.size(); ++i) {
      if (open.places[i] < 0) continue;
      asked.places[i] = static_cast<int32_t>(asked.columns.size());
      asked.columns.push_back(static_cast<size_t>(open.places[i]));
      asked.headings.push_back(open.file->headings()[asked.columns.back()]);
    }
    return asked;
  }

  bool ReadRows(TableId id, std::vector<KeyIndex>& keys, std::vector<Reject>& rejects, Table& table,
                TableCount& count) {
    const OpenTable& open = open_[id.index()];
    Asked asked = AskFor(open);
    TableReader reader(schema_, id, open.file->path(), asked.places, std::move(asked.headings),
                       keys, rejects);
    const bool done = open.file->Read(
        asked.columns,
        [&](const FileRow& row) {
          reader.Take(row);
          if (progress_ && reader.rows_read() % kProgressRows == 0) {
            progress_(schema_.table(id).id, reader.rows_read());
          }
        },
        sink_);
    if (done) table = reader.Finish(count);
    return done;
  }

  Table EmptyTable(TableId id) const {
    Table table;
    for (const ColumnSchema& column : schema_.table(id).columns) {
      table.columns.push_back(Column::OfType(column.type));
    }
    table.parents.resize(schema_.table(id).parents.size());
    return table;
  }

  DatabaseOnDemand& database_;
  const Schema& schema_;
  const ProgressFn& progress_;
  DiagnosticSink& sink_;
  const OpeningFn& opening_;
  const unsigned threads_;
  std::vector<OpenTable> open_;
};

}  // namespace

std::optional<DataSet> LoadDataWith(Database* database, const Schema& schema,
                                    const std::vector<DataArgument>& data,
                                    const ProgressFn& progress, DiagnosticSink& sink,
                                    const OpeningFn& opening, unsigned threads) {
  DatabaseOnDemand on_demand(database);
  return Loader(on_demand, schema, progress, sink, opening, threads).Load(data);
}

std::optional<DataSet> LoadData(const Schema& schema, const std::vector<DataArgument>& data,
                                const ProgressFn& progress, DiagnosticSink& sink,
                                const OpeningFn& opening, unsigned threads) {
  return LoadDataWith(nullptr, schema, data, progress, sink, opening, threads);
}

}  // namespace steelyard
