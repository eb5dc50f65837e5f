// The hand-written program from file to file: CSV in, the key and 18 answers a row out.
#pragma once

#include <string>

namespace bench {

// Ends the program with a message where a file cannot be read or written.
void ScoreFile(const std::string& data, const std::string& out, int threads);

}  // namespace bench
