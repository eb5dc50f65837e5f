// compute COLUMNS THREADS ROUNDS [ANSWERS], csv DATA OUT THREADS, or sql STATEMENT THREADS ROUNDS
// [SETUP]: DuckDB, through its C API.
#include <duckdb.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>

#include "bench/rivals/card.h"

namespace bench {

namespace {

class Database {
 public:
  explicit Database(int threads) {
    if (duckdb_open(nullptr, &database_) != DuckDBSuccess ||
        duckdb_connect(database_, &connection_) != DuckDBSuccess) {
      std::fputs("DuckDB does not open\n", stderr);
      std::exit(3);
    }
    Run("SET threads = " + std::to_string(threads));
    Run("SET enable_progress_bar = false");
  }
  ~Database() {
    duckdb_disconnect(&connection_);
    duckdb_close(&database_);
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void Run(const std::string& statement) {
    duckdb_result result;
    Query(statement, result);
    duckdb_destroy_result(&result);
  }

  void Query(const std::string& statement, duckdb_result& result) {
    if (duckdb_query(connection_, statement.c_str(), &result) == DuckDBSuccess) return;
    std::fprintf(stderr, "%s\n%s\n", statement.c_str(), duckdb_result_error(&result));
    std::exit(3);
  }

  // A table `data` with the inputs.
  void Fill(const Columns& inputs) {
    std::string columns;
    for (const std::string& name : InputNames()) {
      columns += (columns.empty() ? "" : ", ") + name + " DOUBLE";
    }
    Run("CREATE TABLE data (" + columns + ")");
    duckdb_appender appender = nullptr;
    duckdb_appender_create(connection_, nullptr, "data", &appender);
    duckdb_logical_type type = duckdb_create_logical_type(DUCKDB_TYPE_DOUBLE);
    std::array<duckdb_logical_type, kInputs> types;
    types.fill(type);
    duckdb_data_chunk chunk = duckdb_create_data_chunk(types.data(), kInputs);
    for (size_t first = 0; first < inputs.rows(); first += duckdb_vector_size()) {
      const size_t rows = std::min<size_t>(duckdb_vector_size(), inputs.rows() - first);
      duckdb_data_chunk_reset(chunk);
      for (size_t k = 0; k < kInputs; ++k) Put(inputs[k] + first, rows, chunk, k);
      duckdb_data_chunk_set_size(chunk, rows);
      if (duckdb_append_data_chunk(appender, chunk) != DuckDBSuccess) std::abort();
    }
    duckdb_destroy_data_chunk(&chunk);
    duckdb_destroy_logical_type(&type);
    duckdb_appender_destroy(&appender);
  }

  void Fetch(const std::string& statement, Columns& answers) {
    duckdb_result result;
    Query(statement, result);
    size_t first = 0;
    while (duckdb_data_chunk chunk = duckdb_fetch_chunk(result)) {
      const size_t rows = duckdb_data_chunk_get_size(chunk);
      for (size_t k = 0; k < kAnswers; ++k) Get(chunk, k, rows, answers[k] + first);
      first += rows;
      duckdb_destroy_data_chunk(&chunk);
    }
    duckdb_destroy_result(&result);
  }

 private:
  static void Put(const double* from, size_t rows, duckdb_data_chunk chunk, size_t column) {
    duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, column);
    std::memcpy(duckdb_vector_get_data(vector), from, rows * sizeof(double));
    duckdb_vector_ensure_validity_writable(vector);
    uint64_t* valid = duckdb_vector_get_validity(vector);
    for (size_t row = 0; row < rows; ++row) {
      if (from[row] != from[row]) duckdb_validity_set_row_invalid(valid, row);
    }
  }

  static void Get(duckdb_data_chunk chunk, size_t column, size_t rows, double* to) {
    duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, column);
    const auto* numbers = static_cast<const double*>(duckdb_vector_get_data(vector));
    uint64_t* valid = duckdb_vector_get_validity(vector);
    for (size_t row = 0; row < rows; ++row) {
      const bool there = valid == nullptr || duckdb_validity_row_is_valid(valid, row);
      to[row] = there ? numbers[row] : std::numeric_limits<double>::quiet_NaN();
    }
  }

  duckdb_database database_ = nullptr;
  duckdb_connection connection_ = nullptr;
};

int Compute(int count, char** arguments) {
  const Columns inputs = ReadColumns(arguments[2], kInputs);
  Database database(std::atoi(arguments[3]));
  database.Fill(inputs);
  const std::string statement =
      "CREATE OR REPLACE TABLE answers AS " + SelectStatement("", "data", "(role = 1)");
  for (int round = std::atoi(arguments[4]); round > 0; --round) {
    const double start = Seconds();
    database.Run(statement);
    std::printf("%.6f\n", Seconds() - start);
  }
  if (count > 5) {
    Columns answers(kAnswers, inputs.rows());
    database.Fetch(
        "SELECT * EXCLUDE grade, (instr('SABCD', grade) - 1)::DOUBLE AS grade FROM answers",
        answers);
    WriteColumns(arguments[5], answers);
  }
  return 0;
}

int ScoreFile(char** arguments) {
  std::string columns =
      "'manager_id': 'VARCHAR', 'quarter': 'VARCHAR', 'role': 'VARCHAR', "
      "'region': 'VARCHAR'";
  for (const std::string_view name : kFigureNames) {
    columns += ", '" + std::string(name) + "': 'DOUBLE'";
  }
  Database database(std::atoi(arguments[4]));
  const std::string from = "read_csv('" + std::string(arguments[2]) +
                           "', header = true, auto_detect = false, columns = {" + columns + "})";
  database.Run("COPY (" +
               SelectStatement("manager_id, quarter", from, "(role = 'account_manager')") +
               ") TO '" + std::string(arguments[3]) + "' (HEADER)");
  return 0;
}

// Any statement, timed.
int Statement(int count, char** arguments) {
  Database database(std::atoi(arguments[3]));
  if (count > 5) database.Run(arguments[5]);
  for (int round = std::atoi(arguments[4]); round > 0; --round) {
    const double start = Seconds();
    database.Run(arguments[2]);
    std::printf("%.6f\n", Seconds() - start);
  }
  return 0;
}

}  // namespace

}  // namespace bench

int main(int count, char** arguments) {
  const std::string_view verb = count >= 5 ? arguments[1] : "";
  if (verb == "compute") return bench::Compute(count, arguments);
  if (verb == "csv") return bench::ScoreFile(arguments);
  if (verb == "sql") return bench::Statement(count, arguments);
  std::fputs("usage: compute|csv|sql …\n", stderr);
  return 2;
}
