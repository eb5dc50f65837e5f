// Cuts a JSON file into records: the members of one array, or values one after the other (a line
// each, or printed over several). It follows brackets and texts only; what a record holds is read
// elsewhere.
#pragma once

#include <cstdint>
#include <istream>
#include <string>
#include <string_view>

namespace steelyard {

struct JsonRecord {
  std::string_view text;
  uint64_t line = 0;  // of its beginning, from 1
};

class JsonRecords {
 public:
  explicit JsonRecords(std::istream& file);

  // False at the end, or where the file as a whole is no JSON; see broken(). The record is good
  // until the next call.
  bool Next(JsonRecord& record);
  bool broken() const { return broken_; }
  uint64_t line() const { return line_; }  // reached so far
  bool empty() const { return empty_; }    // not even a bracket

 private:
  enum class Expect : uint8_t { kFirst, kMember, kMemberOrEnd, kCommaOrEnd, kNothing, kValue };

  int Peek();  // the byte at at_, -1 at the end of the file
  bool Fill();
  void SkipBlanks();
  bool FindRecord();
  bool Fail();
  void TakeValue();
  bool TakeInside(char c, int& depth);

  std::istream& file_;
  std::string buffer_;
  size_t at_ = 0;     // the next byte
  size_t begin_ = 0;  // of the record
  uint64_t line_ = 1;
  Expect expect_ = Expect::kFirst;
  bool in_array_ = false;
  bool broken_ = false;
  bool empty_ = true;
  bool in_text_ = false;
  bool escaped_ = false;
};

}  // namespace steelyard
