// Which heading of a file stands for which column of its table.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/data/table_file.h"
#include "engine/schema/schema.h"

namespace steelyard {

// For each column of the table the place of its heading in the file, -1 where it is not read. A
// column goes by one of its id, its name and aliases; as written first, then in any case and width.
// Empty where an error was reported.
std::optional<std::vector<int32_t>> BindHeadings(const Schema& schema, const TableSchema& table,
                                                 const TableFile& file, DiagnosticSink& sink);

}  // namespace steelyard
