// Files, the positions in them, and the default loader.
#include "engine/source/source.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <system_error>
#include <utility>

#include "engine/base/check.h"

namespace steelyard {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsContinuation(char byte) { return (byte & 0xC0) == 0x80; }

// Why the path cannot be read as a file, so far as can be told without opening it.
std::optional<LoadFailure> FailureBeforeOpening(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  switch (status.type()) {
    case fs::file_type::not_found: return LoadFailure::kNotFound;
    case fs::file_type::directory: return LoadFailure::kIsDirectory;
    case fs::file_type::regular: break;
    default: return LoadFailure::kUnreadable;  // a device or a pipe might never end
  }
  const auto size = fs::file_size(path, error);
  if (!error && size > kMaxSourceBytes) return LoadFailure::kTooLarge;
  return std::nullopt;
}

// Reads to the end, or one byte past the limit.
LoadedText ReadAll(std::ifstream& stream) {
  LoadedText loaded;
  constexpr size_t kBlock = 64u << 10;
  while (stream && loaded.text.size() <= kMaxSourceBytes) {
    const size_t old_size = loaded.text.size();
    loaded.text.resize(old_size + kBlock);
    stream.read(loaded.text.data() + old_size, static_cast<std::streamsize>(kBlock));
    loaded.text.resize(old_size + static_cast<size_t>(stream.gcount()));
  }
  if (stream.bad()) return {{}, LoadFailure::kUnreadable};
  if (loaded.text.size() > kMaxSourceBytes) return {{}, LoadFailure::kTooLarge};
  return loaded;
}

// The same file under spellings that differ only in `.`, `..` and doubled slashes.
std::string PathKey(const std::string& path) { return fs::path(path).lexically_normal().string(); }

}  // namespace

SourceFile::SourceFile(std::string path, std::string text)
    : path_(std::move(path)), text_(std::move(text)) {
  STEELYARD_CHECK(text_.size() < std::numeric_limits<uint32_t>::max());
  line_starts_.push_back(0);
  for (size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1)) {
    line_starts_.push_back(static_cast<uint32_t>(at + 1));
  }
}

Position SourceFile::PositionOf(uint32_t offset) const {
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const auto line = static_cast<size_t>(after - line_starts_.begin());
  const std::string_view text = Line(line);
  // Line ends stand one column after the last character.
  size_t length = std::min<size_t>(offset - LineStart(line), text.size());
  while (length > 0 && length < text.size() && IsContinuation(text[length])) --length;
  std::string_view before = text.substr(0, length);
  if (line == 1 && before.starts_with(kByteOrderMark)) before.remove_prefix(kByteOrderMark.size());
  const auto columns =
      std::count_if(before.begin(), before.end(), [](char c) { return !IsContinuation(c); });
  return {line, static_cast<size_t>(columns) + 1};
}

std::string_view SourceFile::Line(size_t line) const {
  if (line < 1 || line > LineCount()) return {};
  const size_t begin = line_starts_[line - 1];
  if (line == LineCount()) return std::string_view(text_).substr(begin);
  std::string_view text(text_.data() + begin, line_starts_[line] - 1 - begin);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

LoadedText LoadFromDisk(const std::string& path) {
  // What follows a zero byte would be ignored, and another file read.
  if (path.empty() || path.find('\0') != std::string::npos) return {{}, LoadFailure::kNotFound};
  if (const auto failure = FailureBeforeOpening(path)) return {{}, failure};
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return {{}, LoadFailure::kUnreadable};
  return ReadAll(stream);
}

SourceSet::Opened SourceSet::Open(const std::string& path) {
  const std::string key = PathKey(path);
  if (const auto known = opened_.find(key); known != opened_.end()) return {known->second, {}};
  LoadedText loaded = loader_(path);
  if (!loaded.failure && loaded.text.size() > kMaxSourceBytes) {
    loaded.failure = LoadFailure::kTooLarge;
  }
  if (loaded.failure) return {FileId::None(), loaded.failure};
  const FileId file = Add(path, std::move(loaded.text));
  opened_.emplace(key, file);
  return {file, {}};
}

FileId SourceSet::Add(std::string path, std::string text) {
  files_.emplace_back(std::move(path), std::move(text));
  return FileId{static_cast<int32_t>(files_.size() - 1)};
}

Span EmbeddedText::Locate(size_t begin, size_t end) const {
  if (offsets.empty()) return {};
  const size_t last = offsets.size() - 1;
  const uint32_t from = offsets[std::min(begin, last)];
  const uint32_t to = offsets[std::min(end, last)];
  return {file, from, std::max(from, to)};
}

EmbeddedText EmbeddedText::Verbatim(FileId file, uint32_t offset, std::string_view text) {
  EmbeddedText embedded{std::string(text), file, {}};
  embedded.offsets.reserve(text.size() + 1);
  for (size_t i = 0; i <= text.size(); ++i) {
    embedded.offsets.push_back(offset + static_cast<uint32_t>(i));
  }
  return embedded;
}

}  // namespace steelyard
