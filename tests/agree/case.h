// One case of the agreement tests: a rule file and its data, kept as trees and cells so that they
// can be made smaller while a difference stays.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace steelyard::agree {

// A piece of rule text: `form` with a `#` for each part. Parts of one kind can stand for each
// other.
struct Piece {
  std::string form;
  char kind = 'n';
  std::vector<Piece> parts;

  std::string Text() const;
  size_t Size() const;  // pieces in it
};

// One entry of a section: its lines, from the key on.
struct Entry {
  std::string section;
  std::string id;
  Piece text;
  int weight = 0;  // of an indicator; 0: none
};

struct DataColumn {
  std::string name;
  std::string declared;
};

struct DataTable {
  std::string name;
  std::string head;  // what the rule file says of the table besides its columns
  std::vector<DataColumn> columns;
  std::vector<std::vector<std::string>> rows;
};

struct Case {
  uint64_t seed = 0;
  std::string head;               // lines of the rule file before the tables
  std::vector<DataTable> tables;  // the subject's first
  std::vector<Entry> entries;
  std::string tail;        // rounding, grades …
  bool normalised = true;  // weights are parts

  std::string Rules() const;
  // By table: CSV.
  std::map<std::string, std::string> Data() const;
  // Both, to be read and repeated by hand.
  std::string Print() const;
};

}  // namespace steelyard::agree
