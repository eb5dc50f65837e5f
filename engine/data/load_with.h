// LoadData with a database that is open already: opening one takes longer than reading a small
// file. Where it is null one is opened for files that need it.
#pragma once

#include <optional>
#include <vector>

#include "engine/data/database.h"
#include "engine/data/load.h"

namespace steelyard {

std::optional<DataSet> LoadDataWith(Database* database, const Schema& schema,
                                    const std::vector<DataArgument>& data,
                                    const ProgressFn& progress, DiagnosticSink& sink,
                                    const OpeningFn& opening = {}, unsigned threads = 0);

}  // namespace steelyard
