// The database by way of DuckDB's C interface.
#include <duckdb.h>

#include "engine/data/database.h"

namespace steelyard {
namespace {

// Each of DuckDB's handles with the function that frees it.
template <class Handle, auto kDestroy>
class Owned {
 public:
  Owned() = default;
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  ~Owned() { kDestroy(&handle_); }
  Handle* out() { return &handle_; }
  Handle get() const { return handle_; }

 private:
  Handle handle_ = {};
};

using OwnedConfig = Owned<duckdb_config, &duckdb_destroy_config>;
using OwnedDatabase = Owned<duckdb_database, &duckdb_close>;
using OwnedConnection = Owned<duckdb_connection, &duckdb_disconnect>;
using OwnedStatement = Owned<duckdb_prepared_statement, &duckdb_destroy_prepare>;
using OwnedPending = Owned<duckdb_pending_result, &duckdb_destroy_pending>;
using OwnedResult = Owned<duckdb_result, &duckdb_destroy_result>;

bool HoldsTexts(duckdb_vector vector) {
  Owned<duckdb_logical_type, &duckdb_destroy_logical_type> type;
  *type.out() = duckdb_vector_get_column_type(vector);
  return duckdb_get_type_id(type.get()) == DUCKDB_TYPE_VARCHAR;
}

// Takes one column of texts into its place among the cells of the block.
void TakeColumn(duckdb_vector vector, size_t column, TextBlock& block) {
  if (!HoldsTexts(vector)) {
    for (size_t row = 0; row < block.rows; ++row) {
      block.cells[row * block.columns + column] = {{}, FileCell::Kind::kMissing};
    }
    return;
  }
  auto* texts = static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector));
  uint64_t* validity = duckdb_vector_get_validity(vector);
  for (size_t row = 0; row < block.rows; ++row) {
    FileCell& cell = block.cells[row * block.columns + column];
    if (validity != nullptr && !duckdb_validity_row_is_valid(validity, row)) {
      cell = {{}, FileCell::Kind::kMissing};
    } else {
      cell = {{duckdb_string_t_data(&texts[row]), duckdb_string_t_length(texts[row])},
              FileCell::Kind::kText};
    }
  }
}

void TakeChunk(duckdb_data_chunk chunk, TextBlock& block) {
  block.rows = duckdb_data_chunk_get_size(chunk);
  block.columns = duckdb_data_chunk_get_column_count(chunk);
  block.cells.resize(block.rows * block.columns);
  for (size_t column = 0; column < block.columns; ++column) {
    TakeColumn(duckdb_data_chunk_get_vector(chunk, column), column, block);
  }
}

using Kind = ColumnBlock::Kind;
using OwnedType = Owned<duckdb_logical_type, &duckdb_destroy_logical_type>;

Kind KindOf(duckdb_type type) {
  switch (type) {
    case DUCKDB_TYPE_VARCHAR: return Kind::kText;
    case DUCKDB_TYPE_BOOLEAN: return Kind::kBool;
    case DUCKDB_TYPE_TINYINT: return Kind::kInt8;
    case DUCKDB_TYPE_SMALLINT: return Kind::kInt16;
    case DUCKDB_TYPE_INTEGER: return Kind::kInt32;
    case DUCKDB_TYPE_BIGINT: return Kind::kInt64;
    case DUCKDB_TYPE_HUGEINT: return Kind::kInt128;
    case DUCKDB_TYPE_UTINYINT: return Kind::kUint8;
    case DUCKDB_TYPE_USMALLINT: return Kind::kUint16;
    case DUCKDB_TYPE_UINTEGER: return Kind::kUint32;
    case DUCKDB_TYPE_UBIGINT: return Kind::kUint64;
    case DUCKDB_TYPE_DOUBLE: return Kind::kDouble;
    case DUCKDB_TYPE_DATE: return Kind::kDate;
    case DUCKDB_TYPE_TIMESTAMP: return Kind::kMoment;
    default: return Kind::kOther;
  }
}

class DuckDbBlock final : public ColumnBlock {
 public:
  // Takes the chunk.
  explicit DuckDbBlock(duckdb_data_chunk chunk) {
    *chunk_.out() = chunk;
    rows_ = duckdb_data_chunk_get_size(chunk);
    const size_t columns = duckdb_data_chunk_get_column_count(chunk);
    for (size_t i = 0; i < columns; ++i) {
      columns_.push_back(CellsOf(duckdb_data_chunk_get_vector(chunk, i)));
    }
  }

  std::string_view TextAt(size_t column, size_t row) const override {
    auto* text = static_cast<const duckdb_string_t*>(columns_[column].values) + row;
    // Takes a pointer to what may change and changes nothing.
    return {duckdb_string_t_data(const_cast<duckdb_string_t*>(text)),
            duckdb_string_t_length(*text)};
  }

  std::string Written(size_t column, size_t row) const override {
    Owned<duckdb_value, &duckdb_destroy_value> value;
    const void* values = columns_[column].values;
    switch (columns_[column].kind) {
      case Kind::kDouble:
        *value.out() = duckdb_create_double(static_cast<const double*>(values)[row]);
        break;
      case Kind::kDate:
        *value.out() = duckdb_create_date({static_cast<const int32_t*>(values)[row]});
        break;
      case Kind::kMoment:
        *value.out() = duckdb_create_timestamp({static_cast<const int64_t*>(values)[row]});
        break;
      default: return {};
    }
    char* text = duckdb_get_varchar(value.get());
    std::string written = text == nullptr ? "" : text;
    duckdb_free(text);
    return written;
  }

 private:
  static Cells CellsOf(duckdb_vector vector) {
    OwnedType type;
    *type.out() = duckdb_vector_get_column_type(vector);
    Cells cells;
    duckdb_type id = duckdb_get_type_id(type.get());
    if (id == DUCKDB_TYPE_DECIMAL) {
      cells.width = duckdb_decimal_width(type.get());
      cells.scale = duckdb_decimal_scale(type.get());
      id = duckdb_decimal_internal_type(type.get());
    }
    cells.kind = KindOf(id);
    cells.values = duckdb_vector_get_data(vector);
    cells.valid = duckdb_vector_get_validity(vector);
    return cells;
  }

  Owned<duckdb_data_chunk, &duckdb_destroy_data_chunk> chunk_;
};

class DuckDbStream final : public ColumnStream {
 public:
  bool Start(duckdb_connection connection, const std::string& sql) {
    return duckdb_prepare(connection, sql.c_str(), statement_.out()) == DuckDBSuccess &&
           duckdb_pending_prepared_streaming(statement_.get(), pending_.out()) == DuckDBSuccess &&
           duckdb_execute_pending(pending_.get(), result_.out()) == DuckDBSuccess;
  }
  std::unique_ptr<ColumnBlock> Next() override {
    const duckdb_data_chunk chunk = duckdb_fetch_chunk(result_.get());
    return chunk == nullptr ? nullptr : std::make_unique<DuckDbBlock>(chunk);
  }
  bool failed() override { return duckdb_result_error(result_.out()) != nullptr; }

 private:
  OwnedStatement statement_;
  OwnedPending pending_;
  OwnedResult result_;
};

class DuckDb final : public Database {
 public:
  bool Start() {
    OwnedConfig config;
    if (duckdb_create_config(config.out()) != DuckDBSuccess) return false;
    // Nothing comes from the network, and nothing is left lying about.
    duckdb_set_config(config.get(), "autoinstall_known_extensions", "false");
    duckdb_set_config(config.get(), "autoload_known_extensions", "false");
    duckdb_set_config(config.get(), "temp_directory", "");
    char* error = nullptr;
    const bool open =
        duckdb_open_ext(nullptr, database_.out(), config.get(), &error) == DuckDBSuccess;
    duckdb_free(error);
    return open && duckdb_connect(database_.get(), connection_.out()) == DuckDBSuccess;
  }

  bool Query(const std::string& sql, const TakeBlock& take) override {
    OwnedStatement statement;
    OwnedPending pending;
    OwnedResult result;
    if (duckdb_prepare(connection_.get(), sql.c_str(), statement.out()) != DuckDBSuccess ||
        duckdb_pending_prepared_streaming(statement.get(), pending.out()) != DuckDBSuccess ||
        duckdb_execute_pending(pending.get(), result.out()) != DuckDBSuccess) {
      return false;
    }
    TextBlock block;
    for (;;) {
      Owned<duckdb_data_chunk, &duckdb_destroy_data_chunk> chunk;
      *chunk.out() = duckdb_fetch_chunk(result.get());
      if (chunk.get() == nullptr) break;
      TakeChunk(chunk.get(), block);
      if (block.rows > 0) take(block);
    }
    return duckdb_result_error(result.out()) == nullptr;
  }

  std::unique_ptr<ColumnStream> Stream(const std::string& sql) override {
    auto stream = std::make_unique<DuckDbStream>();
    return stream->Start(connection_.get(), sql) ? std::move(stream) : nullptr;
  }

 private:
  OwnedDatabase database_;
  OwnedConnection connection_;  // goes before the database
};

}  // namespace

std::unique_ptr<Database> Database::Open() {
  auto database = std::make_unique<DuckDb>();
  if (!database->Start()) return nullptr;
  return database;
}

bool Database::BuiltIn() { return true; }

}  // namespace steelyard
