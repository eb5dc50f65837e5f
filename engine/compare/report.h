// Comparisons for people and for machines.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/compare/change.h"
#include "engine/compare/movers_report.h"
#include "engine/diag/diagnostic.h"

namespace steelyard {

enum class FileKind : uint8_t { kCard, kLibrary, kTests, kPolicy };
std::string_view ToWord(FileKind kind);

enum class FileStatus : uint8_t {
  kSame,     // byte for byte, with everything it imports
  kLayout,   // other layout, comments or ways to write the same
  kChanged,  // `changes` says how
  kAdded,
  kRemoved,
  kNotCompared,  // a side could not be read, or what is in it is not compared
};
std::string_view ToWord(FileStatus status);

// One file, or one pair of files, that was compared.
struct ComparedFile {
  std::string old_path;  // with the revision before it; empty: the file is new
  std::string new_path;  // empty: the file is gone
  FileKind kind = FileKind::kCard;
  FileStatus status = FileStatus::kSame;
  std::string title;          // of the card, in the new file where there is one
  size_t errors[2] = {0, 0};  // that the two sides have by themselves
  std::string reason[2];      // why it was not compared, by Language
  std::vector<Change> changes;
  std::optional<DataSection> data;  // with `--data`
  size_t told_elsewhere = 0;        // changes of a library that are told with the cards they change
};

struct Comparison {
  std::vector<ComparedFile> files;

  // Is there anything but layout? That is what `--exit-code` asks.
  bool HasDifferences() const;
};

std::string TextOf(const Comparison& comparison, Language language, bool color);
std::string MarkdownOf(const Comparison& comparison, Language language);
std::string HtmlOf(const Comparison& comparison, Language language);
// The same in either language, but for the words in it.
std::string JsonOf(const Comparison& comparison);

// `score, grade, 奖金系数`; beyond `most` the number of the rest.
std::string ListDependents(const Change& change, Language language, size_t most);
// Changes by what they can do, the gravest first.
std::vector<const Change*> WithEffect(const ComparedFile& file, ChangeEffect effect);
std::string_view HeadingOf(ChangeEffect effect, Language language);
// `rules/x.yaml:41 → rules/x.yaml:43`, where both are one file `rules/x.yaml:41 → :43`.
std::string PlacesOf(const Change& change, Language language);
// What is to be said of a file without changes, or before them; may be empty.
std::string StatusLine(const ComparedFile& file, Language language);
std::string NameOf(const ComparedFile& file);

}  // namespace steelyard
