// Compares, from the outside in, what the two texts are read as.
#include "engine/format/proof.h"

#include <algorithm>
#include <vector>

#include "engine/check/check.h"
#include "engine/format/comments.h"
#include "engine/format/format_text.h"
#include "engine/program/lower.h"
#include "engine/program/meaning.h"
#include "engine/rulefile/load.h"
#include "engine/rulefile/load_tests.h"
#include "engine/rulefile/policy.h"
#include "engine/rulefile/sections.h"
#include "engine/rulefile/yaml_read.h"
#include "engine/syntax/each_formula.h"

namespace steelyard {
namespace {

// In tests a text in quotes is not the same as one without.
class TreeComparison {
 public:
  explicit TreeComparison(bool quotes_matter) : quotes_matter_(quotes_matter) {}

  bool AreEqual(const YamlNode& a, const YamlNode& b) const {
    if (a.shape != b.shape || a.items.size() != b.items.size() ||
        a.entries.size() != b.entries.size() || !AreTextsEqual(a, b)) {
      return false;
    }
    for (size_t i = 0; i < a.items.size(); ++i) {
      if (!AreEqual(a.items[i], b.items[i])) return false;
    }
    for (size_t i = 0; i < a.entries.size(); ++i) {
      if (!AreEqual(a.entries[i].key, b.entries[i].key)) return false;
      if (!AreEqual(a.entries[i].value, b.entries[i].value)) return false;
    }
    return true;
  }

 private:
  bool AreTextsEqual(const YamlNode& a, const YamlNode& b) const {
    const bool quoted = a.style == TextStyle::kQuoted;
    if (quotes_matter_ && quoted != (b.style == TextStyle::kQuoted)) return false;
    return a.text.text == b.text.text || IsSameFormula(a.text.text, b.text.text);
  }

  bool quotes_matter_;
};

// What is read of a file by itself, formulas as trees: their blanks and signs may differ.
std::string ReadAs(const YamlNode& root, FileId file) {
  DiagnosticSink unheard;
  std::optional<RuleFile> rules = ReadRules(root, file, FileRole::kEither, unheard);
  if (!rules) return "";
  ForEachFormula(*rules, [](Formula& formula) {
    if (formula.parsed()) formula.source.text = Dump(formula.tree);
  });
  return Dump(*rules);
}

struct Judgement {
  std::vector<DiagKind> findings;
  std::string meaning;  // of a card without errors
};

Judgement Judge(const std::string& path, const std::string& text, FormatKind kind,
                const SourceLoader& loader) {
  SourceSet sources([&](const std::string& wanted) -> LoadedText {
    return wanted == path ? LoadedText{text, std::nullopt} : loader(wanted);
  });
  DiagnosticSink sink;
  Judgement judgement;
  if (kind == FormatKind::kTests) {
    LoadTestFile(sources, path, sink);
  } else if (kind == FormatKind::kPolicy) {
    LoadPolicy(sources, path, sink);
  } else if (const auto file = LoadRuleFile(sources, path, sink, true); file && !file->is_library) {
    const auto model = Check(*file, sink, nullptr, true);
    if (model) judgement.meaning = Meaning(*model, Lower(*model));
  }
  for (const Diagnostic& diagnostic : sink.all()) judgement.findings.push_back(diagnostic.kind);
  return judgement;
}

class Proof {
 public:
  Proof(const SourceFile& before, const std::string& after)
      : before_id_(sources_.Add(before.path(), before.text())),
        after_id_(sources_.Add(before.path(), after)) {}

  std::optional<FormatLoss> Find(OperatorStyle style, const SourceLoader& loader) {
    DiagnosticSink unheard;
    const auto old_root = ReadYaml(before_id_, before(), unheard);
    const auto new_root = ReadYaml(after_id_, after(), unheard);
    if (!old_root || !new_root || unheard.HasErrors()) return FormatLoss::kYaml;
    const FormatKind kind = KindOf(*old_root);
    if (!TreeComparison(kind == FormatKind::kTests).AreEqual(*old_root, *new_root)) {
      return FormatLoss::kYaml;
    }
    if (ReadAs(*old_root, before_id_) != ReadAs(*new_root, after_id_)) return FormatLoss::kRules;
    if (CommentsOf(before(), *old_root) != CommentsOf(after(), *new_root)) {
      return FormatLoss::kComments;
    }
    const Judgement old_one = Judge(before().path(), before().text(), kind, loader);
    const Judgement new_one = Judge(before().path(), after().text(), kind, loader);
    if (old_one.findings != new_one.findings) return FormatLoss::kFindings;
    if (old_one.meaning != new_one.meaning) return FormatLoss::kMeaning;
    if (FormatText(after_id_, after(), style, unheard) != after().text()) {
      return FormatLoss::kNotStable;
    }
    return std::nullopt;
  }

 private:
  const SourceFile& before() const { return sources_.file(before_id_); }
  const SourceFile& after() const { return sources_.file(after_id_); }

  static std::vector<std::string> CommentsOf(const SourceFile& file, const YamlNode& root) {
    std::vector<std::string> texts;
    for (Comment& comment : FindComments(file.text(), root)) {
      texts.push_back(std::move(comment.text));
    }
    return texts;
  }

  SourceSet sources_;
  FileId before_id_;
  FileId after_id_;
};

}  // namespace

std::optional<FormatLoss> FindLoss(const SourceFile& before, const std::string& after,
                                   OperatorStyle style, const SourceLoader& loader) {
  return Proof(before, after).Find(style, loader);
}

}  // namespace steelyard
