// The text of results around the cells that are numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/report/results.h"
#include "engine/scoring/text_buffer.h"

namespace steelyard {

enum class ResultFormat : uint8_t { kCsv, kJson };

// The text before the first row (`heading` has none), and after the last one; in JSON rows are
// separated by `,`, which begins each row, and is taken off the first.
std::string BeginResults(const ResultTable& heading, ResultFormat format);
std::string EndResults(uint64_t rows, ResultFormat format);

// A field of CSV, in quotes where it needs them.
void AppendCsvText(std::string_view text, TextBuffer& out);

}  // namespace steelyard
