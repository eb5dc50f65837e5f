#include "engine/compare/plain.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/text.h"
#include "engine/compare/mark.h"

namespace steelyard {
namespace {

constexpr size_t kLongestInLine = 60;

std::string TextOf(const YamlNode& node);

std::string Joined(const std::vector<std::string>& texts, char open, char close) {
  std::string all(1, open);
  for (size_t i = 0; i < texts.size(); ++i) all += (i > 0 ? ", " : "") + texts[i];
  return all + close;
}

std::string TextOf(const YamlNode& node) {
  std::vector<std::string> texts;
  switch (node.shape) {
    case Shape::kText: {
      const bool quoted = node.style == TextStyle::kQuoted && node.text.text.empty();
      return quoted ? "''" : node.text.text;
    }
    case Shape::kList:
      for (const YamlNode& item : node.items) texts.push_back(TextOf(item));
      return Joined(texts, '[', ']');
    case Shape::kMapping:
      for (const YamlEntry& entry : node.entries) {
        texts.push_back(TextOf(entry.key) + ": " + TextOf(entry.value));
      }
      return Joined(texts, '{', '}');
    case Shape::kNothing:
    case Shape::kBroken: break;
  }
  return "~";
}

// The same whatever the order of keys, which means nothing.
std::string KeyOf(const YamlNode& node) {
  if (node.shape == Shape::kText) return NormalizeName(node.text.text);
  std::vector<std::string> texts;
  for (const YamlNode& item : node.items) texts.push_back(KeyOf(item));
  for (const YamlEntry& entry : node.entries) {
    texts.push_back(KeyOf(entry.key) + ": " + KeyOf(entry.value));
  }
  if (node.shape == Shape::kMapping) std::sort(texts.begin(), texts.end());
  return node.shape == Shape::kNothing ? "~" : Joined(texts, '[', ']');
}

const YamlNode* Find(const YamlNode& mapping, std::string_view key) {
  for (const YamlEntry& entry : mapping.entries) {
    if (NormalizeName(entry.key.text.text) == key) return &entry.value;
  }
  return nullptr;
}

// By what an entry of a list is found again, if not by all of it.
std::string NameOf(const YamlNode& item) {
  constexpr std::string_view kKeys[] = {"name", "case", "indicator", "indicators", "like", "with"};
  for (const std::string_view key : kKeys) {
    const YamlNode* value = item.shape == Shape::kMapping ? Find(item, key) : nullptr;
    if (value != nullptr) return KeyOf(*value);
  }
  return {};
}

class PlainComparer {
 public:
  PlainComparer(const PlainVersion& before, const PlainVersion& after, Section section)
      : before_(before), after_(after), section_(section) {}

  std::vector<Change> Run() {
    Compare(before_.root, after_.root);
    return std::move(changes_);
  }

 private:
  void Compare(const YamlNode& a, const YamlNode& b) {
    if (KeyOf(a) == KeyOf(b)) return;
    if (a.shape == Shape::kMapping && b.shape == Shape::kMapping) return CompareMappings(a, b);
    if (a.shape == Shape::kList && b.shape == Shape::kList) return CompareLists(a, b);
    Add(ChangeKind::kChanged, &a, &b);
  }

  void Step(const std::string& name, const YamlNode* a, const YamlNode* b) {
    path_.push_back(name);
    if (a != nullptr && b != nullptr) {
      Compare(*a, *b);
    } else {
      Add(a == nullptr ? ChangeKind::kAdded : ChangeKind::kRemoved, a, b);
    }
    path_.pop_back();
  }

  void CompareMappings(const YamlNode& a, const YamlNode& b) {
    for (const YamlEntry& entry : b.entries) {
      const std::string key = NormalizeName(entry.key.text.text);
      Step(key, Find(a, key), &entry.value);
    }
    for (const YamlEntry& entry : a.entries) {
      const std::string key = NormalizeName(entry.key.text.text);
      if (Find(b, key) == nullptr) Step(key, &entry.value, nullptr);
    }
  }

  static std::string StepName(const YamlNode& item, size_t index) {
    const std::string name = NameOf(item);
    return name.empty() ? fmt::format("[{}]", index + 1) : name;
  }

  void CompareLists(const YamlNode& a, const YamlNode& b) {
    std::vector<std::string> before;
    std::vector<std::string> after;
    for (const YamlNode& item : a.items) before.push_back(KeyOf(item));
    for (const YamlNode& item : b.items) after.push_back(KeyOf(item));
    const std::vector<int> match = Align(before, after);
    std::vector<int> partner(b.items.size(), -1);
    std::vector<bool> open(a.items.size(), true);
    for (size_t i = 0; i < match.size(); ++i) {
      if (match[i] < 0) continue;
      partner[static_cast<size_t>(match[i])] = static_cast<int>(i);
      open[i] = false;
    }
    const auto join = [&](auto same) {
      for (size_t j = 0; j < b.items.size(); ++j) {
        for (size_t i = 0; partner[j] < 0 && i < a.items.size(); ++i) {
          if (!open[i] || !same(a.items[i], b.items[j])) continue;
          partner[j] = static_cast<int>(i);
          open[i] = false;
        }
      }
    };
    // Those of one name, and then those that only moved.
    join([](const YamlNode& x, const YamlNode& y) {
      return !NameOf(x).empty() && NameOf(x) == NameOf(y);
    });
    join([](const YamlNode& x, const YamlNode& y) { return KeyOf(x) == KeyOf(y); });
    if (a.items.size() == b.items.size()) {
      join([](const YamlNode& x, const YamlNode& y) {
        return NameOf(x).empty() && NameOf(y).empty() && x.shape == y.shape;
      });
    }
    for (size_t j = 0; j < b.items.size(); ++j) {
      const YamlNode* old = partner[j] < 0 ? nullptr : &a.items[static_cast<size_t>(partner[j])];
      Step(StepName(b.items[j], j), old, &b.items[j]);
    }
    for (size_t i = 0; i < a.items.size(); ++i) {
      if (open[i]) Step(StepName(a.items[i], i), &a.items[i], nullptr);
    }
  }

  static MarkedText Marked(const YamlNode* node) {
    if (node == nullptr) return {};
    MarkedText marked{TextOf(*node), {}};
    for (char& c : marked.text) c = c == '\n' ? ' ' : c;
    marked.marks.emplace_back(0, marked.text.size());
    return marked;
  }

  static ChangePlace PlaceOf(const PlainVersion& version, const YamlNode* node) {
    if (node == nullptr) return {};
    const Position position = version.file.PositionOf(node->span.begin);
    return {version.path, position.line, position.column};
  }

  void Add(ChangeKind kind, const YamlNode* a, const YamlNode* b) {
    Change change;
    change.kind = kind;
    change.effect = ChangeEffect::kNone;
    change.old_path.section = section_;
    for (size_t i = section_ == Section::kTests ? 1 : 0; i < path_.size(); ++i) {
      std::string& step = change.old_path.id.empty() ? change.old_path.id : change.old_path.part;
      step += (step.empty() ? "" : ".") + path_[i];
    }
    change.new_path = change.old_path;
    change.old_text = Marked(a);
    change.new_text = Marked(b);
    change.old_place = PlaceOf(before_, a);
    change.new_place = PlaceOf(after_, b);
    Say(change);
    changes_.push_back(std::move(change));
  }

  void Say(Change& change) const {
    std::string steps;
    for (const std::string& step : path_) steps += (steps.empty() ? "" : " › ") + step;
    constexpr std::string_view kVerbs[2][3] = {{"added", "removed", "changed"},
                                               {"新增", "删除", "有变化"}};
    const auto is_short = [](const MarkedText& text) {
      return DisplayWidth(text.text) <= kLongestInLine;
    };
    const bool shown = is_short(change.old_text) && is_short(change.new_text);
    for (size_t language = 0; language < 2; ++language) {
      const std::string_view verb = kVerbs[language][static_cast<size_t>(change.kind)];
      change.what[language] = steps;
      change.headline[language] =
          change.kind == ChangeKind::kChanged && shown
              ? fmt::format("{}: {} → {}", steps, change.old_text.text, change.new_text.text)
              : fmt::format("{} {}", steps, verb);
    }
  }

  const PlainVersion& before_;
  const PlainVersion& after_;
  Section section_;
  std::vector<std::string> path_;
  std::vector<Change> changes_;
};

}  // namespace

std::vector<Change> ComparePlain(const PlainVersion& before, const PlainVersion& after,
                                 Section section) {
  return PlainComparer(before, after, section).Run();
}

}  // namespace steelyard
