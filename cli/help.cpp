#include "cli/help.h"

#include <array>
#include <utility>

#include "engine/base/check.h"

namespace steelyard {

namespace {

constexpr std::string_view kProgram = "steelyard ";

size_t Indentation(std::string_view line) {
  const size_t first = line.find_first_not_of(' ');
  return first == std::string_view::npos ? line.size() : first;
}

std::string_view Trimmed(std::string_view text) {
  text.remove_prefix(Indentation(text));
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// Lines of a paragraph as one. Chinese is joined without a blank, as it is written.
void Join(std::string& text, std::string_view line) {
  const auto wide = [](char byte) { return static_cast<unsigned char>(byte) >= 0x80; };
  const bool blank = !text.empty() && !line.empty() && !(wide(text.back()) && wide(line.front()));
  if (blank) text += ' ';
  text += line;
}

// Parts of a text with blank lines between them, as lines.
using Lines = std::vector<std::string_view>;
std::vector<Lines> Parts(std::string_view text) {
  std::vector<Lines> parts(1);
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty()) {
      parts.back().push_back(line);
    } else if (!parts.back().empty()) {
      parts.emplace_back();
    }
  }
  if (parts.back().empty()) parts.pop_back();
  return parts;
}

std::string Joined(const Lines& lines) {
  std::string text;
  for (const std::string_view line : lines) Join(text, Trimmed(line));
  return text;
}

// `-o, --output FILE` into its names and what stands for its value.
HelpOption ReadLabel(std::string_view label) {
  HelpOption option;
  while (true) {
    const size_t end = label.find_first_of(" ,");
    option.names.emplace_back(label.substr(0, end));
    if (end == std::string_view::npos) return option;
    const bool another = label[end] == ',';
    label = Trimmed(label.substr(end + 1));
    if (another) continue;
    option.value = label;
    return option;
  }
}

std::vector<HelpOption> ReadOptions(const Lines& lines) {
  constexpr size_t kIndentation = 2;
  std::vector<HelpOption> options;
  for (const std::string_view line : lines) {
    if (Indentation(line) > kIndentation && !options.empty()) {
      Join(options.back().text, Trimmed(line));
      continue;
    }
    const std::string_view words = Trimmed(line);
    const size_t gap = words.find("  ");
    options.push_back(ReadLabel(words.substr(0, gap)));
    if (gap != std::string_view::npos) options.back().text = Trimmed(words.substr(gap));
  }
  return options;
}

HelpBlock ReadBlock(const Lines& lines) {
  if (Indentation(lines.front()) == 0) return {false, Joined(lines)};
  std::string text;
  for (const std::string_view line : lines) text += std::string(line) + "\n";
  return {true, std::move(text)};
}

// What stands behind the first of the marks.
std::string_view After(std::string_view text, std::string_view mark, std::string_view wide_mark) {
  for (const std::string_view one : {mark, wide_mark}) {
    const size_t at = text.find(one);
    if (at != std::string_view::npos) return Trimmed(text.substr(at + one.size()));
  }
  STEELYARD_CHECK(false && "a help text without its layout");
  return {};
}

}  // namespace

std::string HelpPage::Synopsis() const {
  std::string_view words = usage;
  if (words.starts_with(kProgram)) words.remove_prefix(kProgram.size());
  for (const std::string_view option : {" [-", " -"}) words = words.substr(0, words.find(option));
  return std::string(words);
}

HelpPage ReadHelp(std::string_view text) {
  const std::vector<Lines> parts = Parts(text);
  STEELYARD_CHECK(parts.size() >= 2);
  HelpPage page;
  const std::string title = Joined(parts[0]);
  page.summary = After(title, ": ", "：");
  page.name = title.substr(kProgram.size(), title.find_first_of(":\xEF") - kProgram.size());
  const std::string usage = Joined(parts[1]);
  page.usage = After(usage, "usage: ", "用法：");
  for (size_t i = 2; i < parts.size(); ++i) {
    if (i == 2 && Indentation(parts[i].front()) > 0) {
      page.options = ReadOptions(parts[i]);
    } else {
      page.blocks.push_back(ReadBlock(parts[i]));
    }
  }
  return page;
}

}  // namespace steelyard
