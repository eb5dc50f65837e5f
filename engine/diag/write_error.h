// Why a file could not be written.
#pragma once

#include <string>

#include "engine/diag/diagnostic.h"

namespace steelyard {

// Tells it of `path`, in words that fit `error`, a value of errno.
void ReportWriteError(const std::string& path, int error, DiagnosticSink& sink);

}  // namespace steelyard
