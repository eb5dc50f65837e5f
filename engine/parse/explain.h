// Why a reading stopped, told to the author: what was expected and what stands there instead.
#pragma once

#include "engine/diag/diagnostic.h"
#include "engine/parse/builder.h"
#include "engine/parse/fault.h"

namespace steelyard {

void Explain(const Unexpected& unexpected, const TreeBuilder& builder, DiagnosticSink& sink);

}  // namespace steelyard
