// Which file holds which table.
#pragma once

#include <string>
#include <vector>

#include "engine/data/load.h"

namespace steelyard {

// The path of the file of each table, by TableId; empty where the table is not read. Empty
// altogether where an error was reported.
std::optional<std::vector<std::string>> BindFiles(const Schema& schema,
                                                  const std::vector<DataArgument>& data,
                                                  DiagnosticSink& sink);

}  // namespace steelyard
