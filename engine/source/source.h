// Files as the engine sees them: texts with a path, read through a loader, so that documents which
// are not on disk (an editor's) work as well. Positions are byte offsets; lines and columns are
// made from them only when something is shown.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/base/typed_id.h"

namespace steelyard {

using FileId = TypedId<struct FileTag>;

// Bytes [begin, end) of one file.
struct Span {
  FileId file;
  uint32_t begin = 0;
  uint32_t end = 0;

  bool valid() const { return file.valid(); }
  auto operator<=>(const Span&) const = default;
};

// Line and column from 1; the column counts code points, as editors do: a byte order mark is none,
// and a line end stands after the last one.
struct Position {
  size_t line = 1;
  size_t column = 1;
};

class SourceFile {
 public:
  SourceFile(std::string path, std::string text);

  const std::string& path() const { return path_; }
  const std::string& text() const { return text_; }
  Position PositionOf(uint32_t offset) const;
  // Text of a line (from 1) without its line end.
  std::string_view Line(size_t line) const;
  size_t LineCount() const { return line_starts_.size(); }
  uint32_t LineStart(size_t line) const { return line_starts_[line - 1]; }

 private:
  std::string path_;
  std::string text_;
  std::vector<uint32_t> line_starts_;
};

// Why a file could not be had.
enum class LoadFailure : uint8_t {
  kNotFound,
  kIsDirectory,
  kUnreadable,
  kTooLarge,  // over kMaxSourceBytes
};

inline constexpr size_t kMaxSourceBytes = 16u << 20;

struct LoadedText {
  std::string text;
  std::optional<LoadFailure> failure;
};

// Gives the text of a path. The default reads the disk: regular files only, since a device or a
// pipe might never end.
using SourceLoader = std::function<LoadedText(const std::string& path)>;
LoadedText LoadFromDisk(const std::string& path);

// All files of one run. Files keep their place in memory until the set goes.
class SourceSet {
 public:
  explicit SourceSet(SourceLoader loader = LoadFromDisk) : loader_(std::move(loader)) {}

  struct Opened {
    FileId file;  // valid unless there is a failure
    std::optional<LoadFailure> failure;
  };
  // The same path twice gives the same file, also spelled `./a` or `b/../a`.
  Opened Open(const std::string& path);
  // A text that is at hand; Open does not find it.
  FileId Add(std::string path, std::string text);
  const SourceFile& file(FileId id) const { return files_[id.index()]; }
  size_t size() const { return files_.size(); }

 private:
  SourceLoader loader_;
  std::deque<SourceFile> files_;
  std::unordered_map<std::string, FileId> opened_;  // by path, normalised
};

// A formula found inside a file, decoded: what the formula parser reads, and where each of its
// bytes stands in the file. Works for plain, quoted, folded and block YAML texts alike.
struct EmbeddedText {
  std::string text;
  FileId file;
  // One file offset for each byte of `text`, and one more for its end.
  std::vector<uint32_t> offsets;

  // The place in the file of bytes [begin, end) of `text`.
  Span Locate(size_t begin, size_t end) const;
  // A text that stands in the file as it is, from `offset` on.
  static EmbeddedText Verbatim(FileId file, uint32_t offset, std::string_view text);
};

}  // namespace steelyard
