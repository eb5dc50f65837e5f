// House rules: `steelyard.policy.yaml`.
#include <algorithm>
#include <utility>

#include "engine/base/text.h"
#include "engine/diag/codes.h"
#include "engine/rulefile/policy_line.h"
#include "engine/rulefile/sections.h"
#include "engine/rulefile/yaml_read.h"

namespace steelyard {

namespace {

std::vector<char32_t> CodePoints(std::string_view text) {
  std::vector<char32_t> points;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeAt(text, at);
    points.push_back(point.value);
    at += point.length;
  }
  return points;
}

class PolicyReader : private PolicyLineReader {
 public:
  PolicyReader(Policy& policy, DiagnosticSink& sink) : PolicyLineReader(sink), policy_(policy) {}

  bool Read(const Field& root) {
    if (root.value.shape == Shape::kBroken) return false;
    if (!IsTopMapping(reader_, root) ||
        !IsKnownVersion(reader_, root, policy_.version_of_language)) {
      return false;
    }
    KeyRules rules;
    rules.push_back({"steelyard", [](const Field&) {}, "steelyard: 1"});
    rules.push_back({"policy", reader_.Into(policy_.title), "policy: 考核规范"});
    AddLines(rules);
    AddNamedLines(rules);
    reader_.Keys(root, {}, rules);
    return true;
  }

 private:
  using LineRead = void (PolicyReader::*)(const Field&);

  FieldReader With(LineRead read) {
    return [this, read](const Field& field) { (this->*read)(field); };
  }
  FieldReader Each(std::string_view example, LineRead read) {
    return [this, example, read](const Field& field) { reader_.Items(field, example, With(read)); };
  }
  FieldReader EachEntry(std::string_view example, LineRead read) {
    return
        [this, example, read](const Field& field) { reader_.Entries(field, example, With(read)); };
  }

  void AddLines(KeyRules& rules) {
    rules.push_back({"indicator_count", Each("at_most: 8", &PolicyReader::ReadCount)});
    rules.push_back({"flexible_share", Each("30%..40%", &PolicyReader::ReadFlexible)});
    rules.push_back(
        {"sources", Each("- {refuse: [self_rating, manual]}", &PolicyReader::ReadFrom)});
    rules.push_back({"ids", Each("a-z0-9_", &PolicyReader::ReadIds)});
    rules.push_back({"adjustments", [this](const Field& field) {
                       constexpr std::string_view kExample = "[approved_by, until]";
                       ReadKeysLines(field, kExample, AdjustmentKeys(), policy_.adjustments);
                     }});
    rules.push_back({"scorecard", [this](const Field& field) {
                       constexpr std::string_view kExample = "[title, version]";
                       ReadKeysLines(field, kExample, CardKeys(), policy_.scorecard);
                     }});
  }

  void AddNamedLines(KeyRules& rules) {
    rules.push_back({"checklists", EachEntry("SMART: {asks: {Specific: definition}}",
                                             &PolicyReader::ReadChecklist)});
    rules.push_back({"excluded", EachEntry("cost_saving: not what this department is for",
                                           &PolicyReader::ReadExcluded)});
    rules.push_back({"levels", EachEntry("clv: [account_manager]", &PolicyReader::ReadLevels)});
    rules.push_back({"weights", EachEntry("nps: 15%..20%", &PolicyReader::ReadWeight)});
    rules.push_back({"findings", EachEntry("SY0404: error", &PolicyReader::ReadFinding)});
    rules.push_back(
        {"pairs", EachEntry("call_duration: first_contact_resolution", &PolicyReader::ReadPair)});
  }

  // --- the lines ---

  void ReadCount(const Field& field) {
    CountLine line;
    line.span = PlaceOf(field);
    if (!Long(field, "indicator_count: {at_most: 8}", line,
              {{"at_least", WholeInto(line.at_least)}, {"at_most", WholeInto(line.at_most)}})) {
      return;
    }
    if (SaysNothing(field)) Lacks(field, "at_most", "at_most: 8");
    if (line.at_least && line.at_most && *line.at_most < *line.at_least) {
      reader_.Report(DiagKind::kRangeBackwards, line.span,
                     {std::to_string(*line.at_least) + ".." + std::to_string(*line.at_most)});
    } else if (line.at_least || line.at_most) {
      policy_.counts.push_back(std::move(line));
    }
  }

  void ReadFlexible(const Field& field) {
    FlexibleLine line;
    line.span = PlaceOf(field);
    if (!IsLong(field)) {
      ShareInto(line.range)(field);
    } else {
      Long(field, "flexible_share: {range: 30%..40%}", line,
           {{"range", ShareInto(line.range), "range: 30%..40%"}});
    }
    if (line.range.present()) policy_.flexible.push_back(std::move(line));
  }

  void ReadFrom(const Field& field) {
    SourceLine line;
    line.span = PlaceOf(field);
    if (!Long(field, "- {refuse: [self_rating, manual]}", line,
              {{"indicators", SomeNamesInto(line.indicators, "[csat, nps]")},
               {"accept", SourceKindsInto(line.accept)},
               {"refuse", SourceKindsInto(line.refuse)}})) {
      return;
    }
    if (SaysNothing(field)) Lacks(field, "refuse", "refuse: [self_rating, manual]");
    if (!line.accept.empty() || !line.refuse.empty()) policy_.sources.push_back(std::move(line));
  }

  FieldReader SourceKindsInto(std::vector<Word>& kinds) {
    return [this, &kinds](const Field& field) {
      std::vector<Word> words;
      SomeNamesInto(words, "[self_rating, manual]")(field);
      for (Word& word : words) {
        const auto known = std::find(std::begin(kSourceKinds), std::end(kSourceKinds), word.text);
        if (known != std::end(kSourceKinds)) {
          kinds.push_back(std::move(word));
        } else {
          reader_.UnknownWord(field.name(), word,
                              {std::begin(kSourceKinds), std::end(kSourceKinds)});
        }
      }
    };
  }

  void ReadIds(const Field& field) {
    IdLine line;
    line.span = PlaceOf(field);
    if (!IsLong(field)) {
      CharactersInto(line)(field);
    } else {
      Long(field, "ids: {made_of: a-z0-9_, like: c_*}", line,
           {{"made_of", CharactersInto(line)}, {"like", reader_.NameInto(line.like)}});
      if (SaysNothing(field)) Lacks(field, "made_of", "made_of: a-z0-9_");
    }
    if (line.made_of.present() || line.like.present()) policy_.ids.push_back(std::move(line));
  }

  // `a-z0-9_`: characters, and stretches of them.
  FieldReader CharactersInto(IdLine& line) {
    return [this, &line](const Field& field) {
      const auto text = reader_.Text(field, "a-z0-9_");
      if (!text) return;
      const Word word = Reader::MakeName(*text);
      const std::vector<char32_t> points = CodePoints(word.text);
      for (size_t i = 0; i < points.size(); ++i) {
        const bool stretch = i + 2 < points.size() && points[i + 1] == U'-';
        const char32_t last = stretch ? points[i + 2] : points[i];
        if (last < points[i]) {
          reader_.Report(DiagKind::kRangeBackwards, word.span, {word.text});
          return;
        }
        line.characters.emplace_back(points[i], last);
        if (stretch) i += 2;
      }
      line.made_of = word;
    };
  }

  // Keys that are asked for: each item a key, or a line of its own in the long form.
  void ReadKeysLines(const Field& field, std::string_view example,
                     const std::vector<AskedKey>& known, std::vector<KeysLine>& lines) {
    reader_.Items(field, example, [&](const Field& item) {
      KeysLine line;
      line.span = item.value.span;
      if (IsLong(item)) {
        Long(item, example, line, {{"asks", KeysInto(line.asks, known), "asks: why"}});
      } else {
        KeysInto(line.asks, known)(item);
      }
      if (!line.asks.empty()) lines.push_back(std::move(line));
    });
  }

  void ReadChecklist(const Field& field) {
    constexpr std::string_view kExample = "SMART: {asks: {Specific: definition}}";
    ChecklistLine line;
    line.span = field.key.span;
    line.name = Reader::MakeName(Slice(field.key.text, 0, field.key.text.text.size()));
    const auto read_item = [&](const Field& entry) {
      ChecklistItem item;
      item.name = Reader::MakeWord(Slice(entry.key.text, 0, entry.key.text.text.size()));
      KeysInto(item.keys, IndicatorKeys())(entry);
      if (!item.keys.empty()) line.items.push_back(std::move(item));
    };
    const auto read_items = [&](const Field& asks) {
      constexpr std::string_view kAsksExample = "{Specific: definition}";
      const bool nothing =
          asks.value.shape == Shape::kNothing || (IsLong(asks) && asks.value.entries.empty());
      if (nothing) return reader_.Empty(asks, kAsksExample);
      reader_.Entries(asks, kAsksExample, read_item);
    };
    if (!Long(field, kExample, line,
              {{"builds_on", reader_.NameInto(line.builds_on)},
               {"asks", read_items, "asks: {Specific: definition}"}})) {
      return;
    }
    if (line.builds_on.present()) FindBase(line);
    policy_.checklists.push_back(std::move(line));
  }

  // One above it, so that none builds on itself.
  void FindBase(ChecklistLine& line) {
    std::vector<std::string> above;
    for (size_t i = 0; i < policy_.checklists.size(); ++i) {
      above.push_back(policy_.checklists[i].name.text);
      if (above.back() == line.builds_on.text) line.base = static_cast<int>(i);
    }
    if (line.base >= 0) return;
    Diagnostic& found =
        reader_.Report(DiagKind::kNoChecklist, line.builds_on.span, {line.builds_on.text});
    if (const auto nearest = NearestName(line.builds_on.text, above)) {
      found.Because(HelpKind::kDidYouMean, {*nearest});
    }
  }

  void ReadExcluded(const Field& field) {
    ExcludedLine line;
    ReadNamed(field, line);
    if (IsLong(field)) {
      if (!Long(field, {}, line, {}, "why: not what this department is for")) return;
    } else if (const auto why = reader_.Text(field, "not what this department is for")) {
      line.why = Reader::MakeWord(*why);
    }
    if (line.why.present()) policy_.excluded.push_back(std::move(line));
  }

  void ReadLevels(const Field& field) {
    constexpr std::string_view kExample = "[account_manager]";
    LevelLine line;
    ReadNamed(field, line);
    if (!IsLong(field)) {
      SomeNamesInto(line.levels, kExample)(field);
    } else {
      Long(field, {}, line,
           {{"levels", SomeNamesInto(line.levels, kExample)},
            {"not_on", SomeNamesInto(line.not_on, "[specialist]")}});
      if (SaysNothing(field)) Lacks(field, "levels", "levels: [account_manager]");
    }
    if (!line.levels.empty() || !line.not_on.empty()) policy_.levels.push_back(std::move(line));
  }

  void ReadWeight(const Field& field) {
    WeightLine line;
    ReadNamed(field, line);
    if (!IsLong(field)) {
      ShareInto(line.range)(field);
    } else {
      Long(field, {}, line, {{"range", ShareInto(line.range), "range: 15%..20%"}});
    }
    if (line.range.present()) policy_.weights.push_back(std::move(line));
  }

  void ReadPair(const Field& field) {
    constexpr std::string_view kPairExample = "[first_contact_resolution]";
    PairLine line;
    ReadNamed(field, line);
    if (!IsLong(field)) {
      SomeNamesInto(line.with, kPairExample)(field);
    } else {
      Long(field, {}, line,
           {{"with", SomeNamesInto(line.with, kPairExample), "with: first_contact_resolution"}});
    }
    if (!line.with.empty()) policy_.pairs.push_back(std::move(line));
  }

  void ReadFinding(const Field& field) {
    constexpr std::string_view kExample = "SY0404: {severity: error, allow: never}";
    FindingLine line;
    line.span = field.key.span;
    line.code = Reader::MakeName(Slice(field.key.text, 0, field.key.text.text.size()));
    if (!IsLong(field)) {
      line.says_severity = true;
      DemandInto(line.demand)(field);
    } else {
      enum class Allow : uint8_t { kYes, kNever };
      auto allow = Allow::kYes;
      const std::vector<Choice<Allow>> choices = {{"never", Allow::kNever}};
      if (!Long(field, kExample, line, {{"allow", reader_.Into(allow, nullptr, choices)}})) return;
      line.says_severity = HasKey(field.value, "severity");
      line.never_allowed = allow == Allow::kNever;
      if (!line.says_severity && !HasKey(field.value, "allow"))
        Lacks(field, "severity", "severity: error");
    }
    if (MayBeAsked(line)) policy_.findings.push_back(std::move(line));
  }

  // Errors stay what they are: without them the rules mean nothing, or not what they say.
  bool MayBeAsked(const FindingLine& line) {
    const std::optional<DiagKind> kind = KindOf(line.code.text);
    if (!kind) {
      Diagnostic& found = reader_.Report(DiagKind::kUnknownCode, line.span, {line.code.text});
      if (const auto near = NearestCode(line.code.text)) {
        found.Because(HelpKind::kDidYouMean, {*near});
      }
      found.Because(HelpKind::kSeeCodes);
      return false;
    }
    if (!line.says_severity) return true;
    if (IsHouseRule(*kind)) {
      reader_.Report(DiagKind::kOwnSeverity, line.span, {line.code.text});
      return false;
    }
    if (Info(*kind).severity == Severity::kError && line.demand != Demand::kError) {
      reader_.Report(DiagKind::kErrorStays, line.span, {line.code.text});
      return false;
    }
    return true;
  }

  Policy& policy_;
};

}  // namespace

std::optional<Policy> ReadPolicy(const YamlNode& root, FileId file, std::string_view name,
                                 DiagnosticSink& sink) {
  Policy policy;
  policy.file = file;
  YamlNode whole;  // stands for the key that the file as a whole has not
  whole.span = root.span;
  whole.text.text = name;
  if (!PolicyReader(policy, sink).Read({whole, root})) return std::nullopt;
  return policy;
}

}  // namespace steelyard
