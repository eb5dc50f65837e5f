// compute COLUMNS 1 ROUNDS [ANSWERS]: SQLite, from a table in memory.
#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>

#include "bench/rivals/card.h"

namespace bench {

namespace {

class Database {
 public:
  Database() { Check(sqlite3_open(":memory:", &database_)); }
  ~Database() { sqlite3_close(database_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void Run(const std::string& statement) {
    Check(sqlite3_exec(database_, statement.c_str(), nullptr, nullptr, nullptr));
  }

  void Fill(const Columns& inputs) {
    std::string columns, marks;
    for (const std::string& name : InputNames()) {
      columns += (columns.empty() ? "" : ", ") + name + " REAL";
      marks += marks.empty() ? "?" : ", ?";
    }
    Run("CREATE TABLE data (" + columns + ")");
    Run("BEGIN");
    sqlite3_stmt* insert = Prepared("INSERT INTO data VALUES (" + marks + ")");
    for (size_t row = 0; row < inputs.rows(); ++row) {
      for (size_t k = 0; k < kInputs; ++k) {
        const double value = inputs[k][row];  // not-a-number is bound as NULL
        sqlite3_bind_double(insert, static_cast<int>(k) + 1, value);
      }
      if (sqlite3_step(insert) != SQLITE_DONE) Check(SQLITE_ERROR);
      sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    Run("COMMIT");
  }

  void Fetch(const std::string& statement, Columns& answers) {
    sqlite3_stmt* select = Prepared(statement);
    for (size_t row = 0; sqlite3_step(select) == SQLITE_ROW; ++row) {
      for (size_t k = 0; k < kAnswers; ++k) {
        const int column = static_cast<int>(k);
        answers[k][row] = sqlite3_column_type(select, column) == SQLITE_NULL
                              ? std::numeric_limits<double>::quiet_NaN()
                              : sqlite3_column_double(select, column);
      }
    }
    sqlite3_finalize(select);
  }

 private:
  sqlite3_stmt* Prepared(const std::string& statement) {
    sqlite3_stmt* prepared = nullptr;
    Check(sqlite3_prepare_v2(database_, statement.c_str(), -1, &prepared, nullptr));
    return prepared;
  }

  void Check(int code) {
    if (code == SQLITE_OK) return;
    std::fprintf(stderr, "%s\n", sqlite3_errmsg(database_));
    std::exit(3);
  }

  sqlite3* database_ = nullptr;
};

Work Prepared(const Columns& inputs, Columns& answers, int /*threads*/) {
  auto database = std::make_shared<Database>();
  database->Fill(inputs);
  // The rows are put out as they are computed, as a program that embeds SQLite would take them.
  std::string columns;
  for (const std::string& name : AnswerNames()) {
    columns += name == "grade" ? "instr('SABCD', grade) - 1" : '"' + name + "\", ";
  }
  // A query with a limit is not merged into the one around it.
  const std::string statement = "SELECT " + columns + " FROM (" +
                                SelectStatement("", "data", "(role = 1)", " LIMIT -1") + ")";
  return [database, statement, &answers] { database->Fetch(statement, answers); };
}

}  // namespace

}  // namespace bench

int main(int count, char** arguments) {
  return bench::ComputeMain(count, arguments, bench::Prepared);
}
