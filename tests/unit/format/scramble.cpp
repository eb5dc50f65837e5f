#include "tests/unit/format/scramble.h"

#include <random>

#include "engine/format/scalars.h"

namespace steelyard {
namespace {

class Scrambler {
 public:
  Scrambler(bool keeps_quotes, uint32_t seed) : keeps_quotes_(keeps_quotes), random_(seed) {}

  std::string Run(const YamlNode& root) {
    if (One(4)) text_ = "\xEF\xBB\xBF";
    if (One(4)) text_ += "# first\n\n\n";
    if (One(6)) text_ += "---\n";
    Entries(root, 0);
    if (One(4)) text_ += "\n\n# last\n";
    if (One(6)) text_ += "...\n";
    if (One(6)) text_ = WithCarriageReturns();
    if (One(6)) text_ += "\n\n";
    return text_;
  }

 private:
  bool One(unsigned of) { return random_() % of == 0; }
  std::string Blanks(unsigned least, unsigned most) {
    return std::string(least + random_() % (most - least + 1), ' ');
  }

  std::string WithCarriageReturns() const {
    std::string wide;
    for (const char c : text_) wide += c == '\n' ? "\r\n" : std::string(1, c);
    return wide;
  }

  std::string Comment() { return "#" + Blanks(0, 2) + "c" + std::to_string(++comments_) + ": [x"; }

  // Comments and blank lines before what begins at `indent`.
  void Before(size_t indent) {
    while (One(5)) text_ += One(2) ? "\n" : "  \n";
    while (One(6)) text_ += std::string(One(3) ? random_() % 9 : indent, ' ') + Comment() + "\n";
  }

  void EndLine() {
    if (One(6)) text_ += Blanks(1, 9) + Comment();
    if (One(8)) text_ += "  ";
    text_ += "\n";
  }

  std::string Text(const YamlNode& node, bool in_flow) {
    const std::string& text = node.text.text;
    const bool plain = IsPlain(text, in_flow);
    if (text.find('\n') != std::string::npos) return Escaped(text);
    if (keeps_quotes_ && node.style != TextStyle::kQuoted && plain) return text;
    if (plain && (!keeps_quotes_ || node.style != TextStyle::kQuoted) && !One(3)) return text;
    return One(4) ? Escaped(text) : Quoted(text);
  }

  static std::string Escaped(const std::string& text) {
    std::string escaped = "\"";
    for (const char c : text) {
      if (c == '"' || c == '\\') escaped += '\\';
      escaped += c == '\n' ? "\\n" : std::string(1, c);
    }
    return escaped + "\"";
  }

  static bool IsCollection(const YamlNode& node) {
    return node.shape == Shape::kList || node.shape == Shape::kMapping;
  }

  static bool IsEmpty(const YamlNode& node) { return node.items.empty() && node.entries.empty(); }

  // --- in brackets ---

  // A blank, or a line end that `indent` follows, with or without a comment.
  void Gap(size_t indent) {
    if (!One(8)) {
      text_ += Blanks(1, 2);
      return;
    }
    text_ += One(2) ? " " + Comment() + "\n" : "\n";
    text_ += std::string(indent + 1 + random_() % 4, ' ');
  }

  void Flow(const YamlNode& node, size_t indent) {
    if (node.shape == Shape::kNothing) return;
    if (node.shape == Shape::kText) {
      text_ += Text(node, true);
      return;
    }
    const bool list = node.shape == Shape::kList;
    text_ += list ? "[" : "{";
    if (One(4)) Gap(indent);
    bool first = true;
    const auto part = [&] {
      if (!first) {
        text_ += ",";
        Gap(indent);
      }
      first = false;
    };
    for (const YamlNode& item : node.items) {
      part();
      Flow(item, indent);
    }
    for (const YamlEntry& entry : node.entries) {
      part();
      text_ += Text(entry.key, true) + ":";
      if (entry.value.shape == Shape::kNothing) continue;
      text_ += Blanks(1, 3);
      Flow(entry.value, indent);
    }
    if (One(4)) Gap(indent);
    text_ += list ? "]" : "}";
  }

  // --- without ---

  void Entries(const YamlNode& node, size_t indent) {
    bool first = true;
    for (const YamlEntry& entry : node.entries) {
      if (!first || indent == 0) {
        Before(indent);
        text_ += std::string(indent, ' ');
      }
      first = false;
      text_ += Text(entry.key, false) + (One(8) ? " :" : ":");
      Value(entry.value, indent, true);
    }
  }

  void Items(const YamlNode& node, size_t indent) {
    for (const YamlNode& item : node.items) {
      Before(indent);
      const std::string dash = "-" + Blanks(1, 3);
      text_ += std::string(indent, ' ') + dash;
      if (item.shape == Shape::kMapping && !IsEmpty(item) && !One(3)) {
        Entries(item, indent + dash.size());
      } else {
        Value(item, indent, false);
      }
    }
  }

  void Value(const YamlNode& node, size_t indent, bool in_mapping) {
    if (node.shape == Shape::kNothing) return EndLine();
    if (IsCollection(node) && !IsEmpty(node) && !One(3)) {
      EndLine();
      // A list may stand in the column of its key.
      const bool same = node.shape == Shape::kList && in_mapping && One(3);
      const size_t inner = same ? indent : indent + 1 + random_() % 5;
      if (node.shape == Shape::kList) return Items(node, inner);
      if (inner > 0) {
        Before(inner);
        text_ += std::string(inner, ' ');
      }
      return Entries(node, inner);
    }
    if (IsCollection(node)) {
      text_ += Blanks(1, 3);
      Flow(node, indent);
    } else if (node.style == TextStyle::kBlock && !keeps_quotes_ && FitsBlock(node)) {
      text_ += One(2) ? " >-" : " |-";
      text_ += One(3) ? "   " + Comment() + "\n" : "\n";
      text_ += std::string(indent + 1 + random_() % 5, ' ') + node.text.text + "\n";
      return;
    } else {
      if (One(6)) text_ += "\n" + std::string(indent + 1 + random_() % 5, ' ');
      text_ += Blanks(1, 3) + Text(node, false);
    }
    EndLine();
  }

  static bool FitsBlock(const YamlNode& node) {
    return !node.text.text.empty() && node.text.text.find('\n') == std::string::npos;
  }

  bool keeps_quotes_;
  std::mt19937 random_;
  std::string text_;
  int comments_ = 0;
};

}  // namespace

std::string Scrambled(const YamlNode& root, bool keeps_quotes, uint32_t seed) {
  return Scrambler(keeps_quotes, seed).Run(root);
}

}  // namespace steelyard
