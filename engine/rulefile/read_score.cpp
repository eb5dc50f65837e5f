// `score:` — from value to points — and `missing:`.
#include <algorithm>
#include <utility>

#include "engine/rulefile/sections.h"

namespace steelyard {

namespace {

Span Join(Span first, Span last) {
  return {first.file, first.begin, std::max(first.end, last.end)};
}

class ScoreReader {
 public:
  ScoreReader(Reader& reader, ScoreDecl& score) : reader_(reader), score_(score) {}

  void Read(const Field& field) {
    const KeyRules rules = {
        {"linear", Form(ScoreForm::kLinear, &ScoreReader::ReadLinear)},
        {"bands", Form(ScoreForm::kBands, &ScoreReader::ReadBands)},
        {"ratio", Form(ScoreForm::kRatio, &ScoreReader::ReadRatio)},
        {"tiers", Form(ScoreForm::kTiers, &ScoreReader::ReadTiers)},
        {"events", Form(ScoreForm::kEvents, &ScoreReader::ReadEvents)},
        {"rating", Form(ScoreForm::kRating, &ScoreReader::ReadRating)},
        {"formula", Form(ScoreForm::kFormula, &ScoreReader::ReadFormula)},
        {"cap", [this](const Field& cap) { ReadCap(cap); }},
        {"beyond", reader_.Into(score_.extend, &score_.extend_span,
                                std::vector<Choice<bool>>{{"extend", true}, {"clamp", false}})},
    };
    const bool is_mapping = reader_.Keys(field, "score: {linear: {0%: 0, 40%: 100}}", rules);
    if (!is_mapping || score_.form != ScoreForm::kNone) return;
    reader_.Report(DiagKind::kNoScoreForm, field.key.span)
        .Because(HelpKind::kOneOf, {"linear, bands, ratio, tiers, events, rating, formula"});
  }

 private:
  FieldReader Form(ScoreForm form, void (ScoreReader::*read)(const Field&)) {
    return [this, form, read](const Field& field) {
      if (score_.form == ScoreForm::kNone) {
        score_.form = form;
        score_.span = field.key.span;
        (this->*read)(field);
        return;
      }
      reader_.Report(DiagKind::kSecondScoreForm, field.key.span, {field.name()})
          .Because(HelpKind::kFirstForm, {}, score_.span);
    };
  }

  void ReadLinear(const Field& field) {
    reader_.Entries(field, "linear: {0%: 0, 40%: 100}", [this](const Field& entry) {
      CurvePoint point;
      point.span = Join(entry.key.span, entry.value.span);
      reader_.Into(point.at)({entry.key, entry.key});
      reader_.Into(point.points)(entry);
      score_.linear.push_back(std::move(point));
    });
  }

  void ReadBands(const Field& field) {
    reader_.Entries(field, "bands: {\">= 50%\": 100, else: 0}", [this](const Field& entry) {
      Band band;
      band.span = Join(entry.key.span, entry.value.span);
      auto condition = reader_.Text({entry.key, entry.key});
      if (!condition) return;
      band.is_else = condition->text == "else" || condition->text == "否则";
      if (!band.is_else) band.condition = reader_.ParseBand(std::move(*condition));
      reader_.Into(band.points)(entry);
      score_.bands.push_back(std::move(band));
    });
  }

  void ReadRatio(const Field& field) {
    reader_.Keys(field, "ratio: {target: 20%, cap: 120}",
                 {{"target", reader_.Into(score_.target), "target: 20%"},
                  {"cap", [this](const Field& cap) { ReadCap(cap); }}});
  }

  void ReadTiers(const Field& field) {
    reader_.Entries(field, "tiers: {base: 60 @ 10%, ideal: 100 @ 20%}", [this](const Field& entry) {
      const auto text = reader_.Text(entry, "60 @ 10%");
      if (!text) return;
      const auto [at, length] = FindAt(text->text);
      if (at == std::string::npos) {
        reader_.Report(DiagKind::kNotALevel, Whole(*text), {text->text})
            .Because(HelpKind::kWriteLike, {"60 @ 10%"});
        return;
      }
      Tier tier;
      tier.level = Reader::MakeName(Slice(entry.key.text, 0, entry.key.text.text.size()));
      tier.points = Part(*text, 0, at);
      tier.at = Part(*text, at + length, text->text.size());
      score_.tiers.push_back(std::move(tier));
    });
  }

  // The sign between points and value, on either keyboard.
  static std::pair<size_t, size_t> FindAt(std::string_view text) {
    constexpr std::string_view kWideAt = "＠";
    if (const size_t at = text.find('@'); at != std::string_view::npos) return {at, 1};
    return {text.find(kWideAt), kWideAt.size()};
  }

  Formula Part(const EmbeddedText& text, size_t begin, size_t end) {
    EmbeddedText part = Slice(text, begin, end);
    if (!part.text.empty()) return reader_.ParseExpression(std::move(part));
    reader_.Report(DiagKind::kNotALevel, Whole(text), {text.text})
        .Because(HelpKind::kWriteLike, {"60 @ 10%"});
    Formula unread;
    unread.span = Whole(text);
    return unread;
  }

  void ReadEvents(const Field& field) {
    reader_.Entries(field, "events: {executive_visit: 20}", [this](const Field& entry) {
      const std::optional<Word> column = reader_.Id(entry.key, NameRule::kHeading);
      EventItem event;
      reader_.Into(event.points)(entry);
      if (!column) return;
      event.column = *column;
      score_.events.push_back(std::move(event));
    });
  }

  void ReadRating(const Field& field) {
    reader_.Keys(field, "rating: {scale: 1..5}",
                 {{"scale", reader_.Into(score_.scale, "1..5"), "scale: 1..5"}});
  }

  void ReadFormula(const Field& field) { reader_.Into(score_.formula)(field); }

  void ReadCap(const Field& field) {
    if (score_.cap.present()) {
      reader_.Report(DiagKind::kDuplicateKey, field.key.span, {field.name()})
          .Because(HelpKind::kFirstHere, {}, score_.cap.span);
      return;
    }
    reader_.Into(score_.cap)(field);
  }

  Reader& reader_;
  ScoreDecl& score_;
};

}  // namespace

void ReadScore(Reader& reader, const Field& field, ScoreDecl& score) {
  ScoreReader(reader, score).Read(field);
}

void ReadMissing(Reader& reader, const Field& field, MissingDecl& missing) {
  auto text = reader.Text(field, "redistribute");
  if (!text) return;
  missing.span = Whole(*text);
  constexpr std::string_view kPoints = "points";
  if (text->text.starts_with("points ")) {
    missing.policy = MissingPolicy::kPoints;
    missing.points = reader.ParseExpression(Slice(*text, kPoints.size(), text->text.size()));
    return;
  }
  reader.Into(missing.policy, nullptr,
              std::vector<Choice<MissingPolicy>>{{"redistribute", MissingPolicy::kRedistribute},
                                                 {"zero", MissingPolicy::kZero},
                                                 {"points 60", MissingPolicy::kPoints},
                                                 {"carry", MissingPolicy::kCarry},
                                                 {"error", MissingPolicy::kError}})(field);
}

}  // namespace steelyard
