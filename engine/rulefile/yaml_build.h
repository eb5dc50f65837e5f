// From the events of yaml-cpp to a tree with places. Catches here what YAML lets pass: keys that
// repeat, keys without a colon, quotes without an end, references, tags, tabs, and files made to
// exhaust the reader.
#pragma once

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/diag/diagnostic.h"
#include "engine/rulefile/yaml_node.h"

namespace steelyard {

// Levels of lists and mappings inside each other.
inline constexpr size_t kMaxYamlDepth = 64;
// Keys and values in one file; brackets and commas are counted apart against the same number.
inline constexpr size_t kMaxYamlParts = 1'000'000;

// Thrown by the builder, and caught in this room, where reading on makes no sense.
struct StopReading {};

// Bytes of the file that were reported already; what stands there is broken.
struct ByteRange {
  size_t begin = 0;
  size_t end = 0;
};

class YamlBuilder : public YAML::EventHandler {
 public:
  // `start` is the offset in `text` of what yaml-cpp calls position 0.
  YamlBuilder(FileId file, std::string_view text, size_t start, std::vector<ByteRange> broken,
              DiagnosticSink& sink)
      : file_(file), text_(text), start_(start), broken_(std::move(broken)), sink_(sink) {}

  bool has_root() const { return root_.has_value(); }
  YamlNode TakeRoot() { return std::move(*root_); }
  // The innermost bracket that is open; empty outside brackets.
  std::optional<size_t> OpenBracket() const;
  // Where the last text, list or mapping began.
  size_t last_offset() const { return last_offset_; }

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override;
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override;
  void OnAnchor(const YAML::Mark& mark, const std::string& name) override;

 private:
  // A list or mapping that is being read.
  struct Level {
    YamlNode node;
    bool broken = false;
    ptrdiff_t open = 0;           // parentheses that the last value opens and does not close
    std::optional<YamlNode> key;  // mapping: the key whose value comes next
    std::unordered_map<std::string, Span> keys;
  };

  size_t Offset(const YAML::Mark& mark) const { return start_ + static_cast<size_t>(mark.pos); }
  Span MakeSpan(size_t begin, size_t end) const {
    return {file_, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  }
  char At(size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
  bool IsBroken(const YamlNode& node, size_t begin, size_t end) const;
  YamlNode Start(Shape shape, size_t offset);
  bool Refused(size_t offset);
  void OpenLevel(Shape shape, const YAML::Mark& mark, bool is_flow);
  void CloseLevel();
  void CloseBracket(YamlNode& node) const;
  void Attach(YamlNode node);
  void AddEntry(Level& level, YamlNode value);
  bool CheckKey(Level& level, const YamlNode& value);
  bool CheckColon(const YamlNode& key);
  void ReportCut(YamlNode& value);
  void CheckCutItems(std::vector<YamlNode>& items);
  bool IsMistakenHeader(const YamlNode& node, size_t begin);
  void CheckIndentation(const YamlNode& key);
  size_t SkipFiller(size_t offset) const;

  FileId file_;
  std::string_view text_;
  size_t start_;
  std::vector<ByteRange> broken_;
  DiagnosticSink& sink_;
  std::vector<Level> levels_;
  std::optional<YamlNode> root_;
  size_t parts_ = 0;
  size_t last_offset_ = 0;
  bool next_is_broken_ = false;  // an anchor was reported on the node that follows
};

}  // namespace steelyard
