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
