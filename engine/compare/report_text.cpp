// Comparisons for a terminal.
#include <fmt/format.h>

#include "engine/base/text.h"
#include "engine/compare/report.h"
#include "engine/diag/printable.h"

namespace steelyard {
namespace {

constexpr size_t kDependents = 12;
constexpr size_t kLongest = 4000;
constexpr size_t kLongEnough = 24;  // bytes of a text in which a mark helps

class TextWriter {
 public:
  TextWriter(Language language, bool color) : language_(language), color_(color) {}

  void Write(const ComparedFile& file) {
    if (!text_.empty()) text_ += "\n";
    text_ += Bold(Printable(NameOf(file), kLongest)) + "\n";
    const std::string status = StatusLine(file, language_);
    if (!status.empty()) text_ += status + "\n";
    for (const ChangeEffect effect :
         {ChangeEffect::kResults, ChangeEffect::kLayout, ChangeEffect::kNone}) {
      const std::vector<const Change*> changes = WithEffect(file, effect);
      if (changes.empty()) continue;
      text_ += fmt::format("\n{} ({})\n", HeadingOf(effect, language_), changes.size());
      for (const Change* change : changes) Write(*change);
    }
    if (file.data) text_ += "\n" + DataPage(*file.data, file.changes, language_).ToText();
  }

  std::string Take() { return std::move(text_); }

 private:
  std::string_view Say(std::string_view english, std::string_view chinese) const {
    return language_ == Language::kEnglish ? english : chinese;
  }
  std::string Bold(const std::string& text) const {
    return color_ ? "\x1b[1m" + text + "\x1b[0m" : text;
  }

  void Write(const Change& change) {
    const size_t language = static_cast<size_t>(language_);
    text_ += "\n  " + Printable(change.headline[language], kLongest) + "\n";
    if (NeedsBoth(change)) {
      WriteSide("-", change.old_text, "31");
      WriteSide("+", change.new_text, "32");
    }
    const auto line = [&](const std::string& what) {
      if (!what.empty()) text_ += "      " + Printable(what, kLongest) + "\n";
    };
    line(change.note[language]);
    line(PlacesOf(change, language_));
    if (change.unused) {
      line(std::string(Say("nothing of the card uses it", "计分卡没有用到它")));
    } else if (!change.dependents.empty()) {
      line(std::string(Say("depends on it: ", "受其影响：")) +
           ListDependents(change, language_, kDependents));
    }
  }

  // Where the headline could not show it all, or a part of it.
  static bool NeedsBoth(const Change& change) {
    if (change.kind == ChangeKind::kRenamed || change.kind == ChangeKind::kMoved) return false;
    const auto is_short = [](const MarkedText& text) {
      return DisplayWidth(text.text) <= kLongestInHeadline;
    };
    if (change.kind != ChangeKind::kChanged) {
      return !is_short(change.old_text) || !is_short(change.new_text);
    }
    if (!is_short(change.old_text) || !is_short(change.new_text)) return true;
    const auto whole = [](const MarkedText& text) {
      return text.empty() || (text.marks.size() == 1 && text.marks[0].first == 0 &&
                              text.marks[0].second == text.text.size());
    };
    return change.old_text.text.size() > kLongEnough &&
           !(whole(change.old_text) && whole(change.new_text));
  }

  void WriteSide(std::string_view sign, const MarkedText& side, std::string_view paint) {
    if (side.empty()) return;
    const bool all = side.marks.size() == 1 && side.marks[0].first == 0 &&
                     side.marks[0].second == side.text.size();
    std::string line;
    size_t at = 0;
    const auto plain = [&](size_t end) {
      line += Printable(side.text.substr(at, end - at), kLongest);
      at = end;
    };
    for (const auto& [begin, end] : side.marks) {
      if (all) break;
      plain(begin);
      const std::string marked = Printable(side.text.substr(begin, end - begin), kLongest);
      line += color_ ? fmt::format("\x1b[1;{}m«{}»\x1b[0m", paint, marked)
                     : fmt::format("«{}»", marked);
      at = end;
    }
    plain(side.text.size());
    text_ += fmt::format("    {} {}\n", sign, line);
  }

  Language language_;
  bool color_;
  std::string text_;
};

std::string Total(const Comparison& comparison, Language language) {
  size_t counts[3] = {0, 0, 0};
  for (const ComparedFile& file : comparison.files) {
    for (const Change& change : file.changes) ++counts[static_cast<size_t>(change.effect)];
  }
  const size_t all = counts[0] + counts[1] + counts[2];
  if (all == 0) return {};
  if (language == Language::kChinese) {
    return fmt::format("\n共 {} 处变化：{} 处可能影响结果，{} 处只影响写法，{} 处不影响结果\n", all,
                       counts[0], counts[1], counts[2]);
  }
  return fmt::format(
      "\n{} change{}: {} can change results, {} only how results are written, {} no result\n", all,
      all == 1 ? "" : "s", counts[0], counts[1], counts[2]);
}

}  // namespace

std::string TextOf(const Comparison& comparison, Language language, bool color) {
  TextWriter writer(language, color);
  for (const ComparedFile& file : comparison.files) writer.Write(file);
  return writer.Take() + Total(comparison, language);
}

}  // namespace steelyard
