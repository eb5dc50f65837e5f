#include "tests/agree/generate.h"

#include <algorithm>

#include "tests/agree/formulas.h"
#include "tests/agree/tables.h"

namespace steelyard::agree {
namespace {

using Texts = std::vector<std::string>;

class CaseMaker {
 public:
  explicit CaseMaker(uint64_t seed)
      : dice_(seed),
        periods_(dice_.Chance(25)),
        levels_(MakeLevels(dice_)),
        formulas_(dice_, periods_, levels_) {
    made_.seed = seed;
  }

  Case Make() {
    made_.head = "steelyard: 1\nscorecard: t\neffective: 2026-01-01..2026-12-31\n";
    made_.head +=
        dice_.Chance(10) ? "subject: {table: s, where: \"s.b0 or s.e0 = 'a'\"}\n" : "subject: s\n";
    if (periods_) made_.head += "period: quarter\n";
    made_.tables = MakeTables(dice_, levels_, periods_);
    AddNamed();
    AddIndicators();
    if (indicators_ > 0) AddGates();
    AddAlerts();
    AddOutcomes();
    AddPay();
    AddTail();
    return std::move(made_);
  }

 private:
  static Piece Line(std::string form, std::vector<Piece> parts = {}) {
    return {std::move(form), 'L', std::move(parts)};
  }
  void Add(const std::string& section, const std::string& id, Piece text, int weight = 0) {
    made_.entries.push_back({section, id, std::move(text), weight});
  }
  Piece Formula(char kind, int depth) { return formulas_.Make(kind, Rows::kSubject, depth); }
  int Depth() { return dice_.Between(1, 4); }

  void AddNamed() {
    if (dice_.Chance(30)) {
      Add("parameters", "q0", Line(formulas_.Level()));
      formulas_.Know("q0", 'n');
    }
    const int values = dice_.Between(0, 3);
    for (int i = 0; i < values; ++i) {
      const std::string id = "v" + std::to_string(i);
      const char kind = "nnnmdbD"[dice_.Below(7)];
      Add("values", id, Line("\"#\"", {Formula(kind, Depth())}));
      formulas_.Know(id, kind);
    }
  }

  void AddIndicators() {
    const int count = dice_.Between(0, 4);
    made_.normalised = count != 2 || dice_.Chance(50);
    for (int i = 0; i < count; ++i) {
      const std::string id = "i" + std::to_string(i);
      int weight = dice_.Between(1, 40);
      if (!made_.normalised) weight = i == 0 ? 35 : 65;
      Add("indicators", id, Indicator(), weight);
      formulas_.Know(id, 'n');
    }
    indicators_ = count;
    if (count > 1 && dice_.Chance(15) && made_.normalised) {
      Add("adjustments", "j0",
          Line("{name: two, when: \"#\", change: {i0: 7%}}", {Formula('b', 2)}));
    }
    if (count > 1 && dice_.Chance(15) && made_.normalised) {
      Add("profiles", "p0", Line("{name: one, when: \"#\", set: {i0: 17}}", {Formula('b', 2)}));
    }
  }

  Piece Indicator() {
    if (dice_.Chance(6)) return Line("{score: {events: {b0: 60, b1: 33.3}}}");
    Piece line = Line("{formula: \"#\", score: ", {Formula('n', Depth())});
    AddScore(line);
    if (dice_.Chance(10)) {
      const Texts ends = formulas_.RisingLevels(2);
      line.form += ", audit_range: " + ends[0] + ".." + ends[1];
    }
    if (dice_.Chance(15)) line.form += ", target: \">= " + formulas_.Level() + "\"";
    if (dice_.Chance(15)) {
      static const Texts kMissing = {"zero", "points 60", "redistribute", "error"};
      line.form += ", missing: " + dice_.Of(kMissing);
    } else if (periods_ && dice_.Chance(10)) {
      line.form += ", missing: carry";
    }
    if (dice_.Chance(10)) {
      line.form += ", when: \"#\"";
      line.parts.push_back(Formula('b', 2));
    }
    if (dice_.Chance(30)) line.form += ", decimals: " + std::to_string(dice_.Between(0, 8));
    line.form += "}";
    return line;
  }

  void AddScore(Piece& line) {
    static const Texts kPoints = {"0", "60", "100", "33.3", "59.995", "80", "12.5", "66.6"};
    const auto pairs = [&](const std::string& before, const std::string& between, bool falling) {
      Texts x = formulas_.RisingLevels(static_cast<size_t>(dice_.Between(2, 4)));
      if (falling) std::reverse(x.begin(), x.end());
      std::string text;
      for (const std::string& level : x) {
        text += before + level + between + dice_.Of(kPoints) + ", ";
      }
      return text;
    };
    switch (dice_.Below(6)) {
      case 0:
      case 1:
        line.form += "{linear: {" + pairs("", ": ", false);
        line.form.resize(line.form.size() - 2);
        line.form += dice_.Chance(15) ? "}, beyond: extend}" : "}}";
        return;
      case 2:
        line.form +=
            "{bands: {" + pairs("\">= ", "\": ", true) + "else: " + dice_.Of(kPoints) + "}}";
        return;
      case 3:
        line.form += "{ratio: {target: \"#\", cap: 120}}";
        line.parts.push_back(Formula('n', dice_.Between(0, 2)));
        return;
      case 4: {
        const Texts x = formulas_.RisingLevels(2);
        line.form += "{tiers: {low: 60 @ " + x[0] + ", high: 100 @ " + x[1] + "}}";
        if (dice_.Chance(50)) line.form += ", better: higher";
        return;
      }
      default:
        line.form += "{formula: \"round(value × #, 3)\"}";
        line.parts.push_back(Formula('n', dice_.Between(0, 1)));
        return;
    }
  }

  std::string Unknown() {
    static const Texts kUnknown = {"", "", ", unknown: trigger", ", unknown: pass"};
    return dice_.Of(kUnknown);
  }

  void AddGates() {
    if (dice_.Chance(40)) {
      static const Texts kAmounts = {"add 3", "subtract 2.5", "add 0.005", "add 33.335"};
      if (dice_.Chance(50)) Add("additions", "limit", Line("5"));
      Add("additions", "a0",
          Line("{when: \"#\", then: " + dice_.Of(kAmounts) + Unknown() + "}",
               {Formula('b', Depth())}));
    }
    if (dice_.Chance(35)) {
      static const Texts kOtherwise = {"cap i0 80", "cap 60", "floor 30", "[cap 80, floor 60]"};
      Add("interlocks", "k0",
          Line("{require: \"#\", otherwise: " + dice_.Of(kOtherwise) + Unknown() + "}",
               {Formula('b', Depth())}));
    }
    const int vetoes = dice_.Chance(50) ? dice_.Between(1, 2) : 0;
    for (int i = 0; i < vetoes; ++i) {
      static const Texts kThen = {"score 40", "cap 79.995", "downgrade 1",
                                  "grade C",  "disqualify", "[cap 95, downgrade 1]"};
      Add("vetoes", "x" + std::to_string(i),
          Line("{when: \"#\", then: " + dice_.Of(kThen) + Unknown() + "}",
               {Formula('b', Depth())}));
    }
  }

  void AddAlerts() {
    if (indicators_ > 0) {
      formulas_.Know("score", 'n');
      formulas_.Know("points(i0)", 'n');
      formulas_.Know("weight(i0)", 'n');
    }
    const int alerts = dice_.Between(0, 2);
    for (int i = 0; i < alerts; ++i) {
      Add("alerts", "w" + std::to_string(i),
          Line("{when: \"#\"" + Unknown() + "}", {Formula('b', Depth())}));
    }
  }

  void AddOutcomes() {
    const int count = dice_.Between(1, 5);
    for (int i = 0; i < count; ++i) {
      const char kind = "nnnnmmdbtD"[dice_.Below(10)];
      const std::string id = "o" + std::to_string(i);
      std::string more;
      if (kind != 'b' && kind != 't' && kind != 'D' && dice_.Chance(40)) {
        more = ", decimals: " + std::to_string(dice_.Between(0, 6));
      }
      if (kind == 'd' && dice_.Chance(50)) {
        static const Texts kUnits = {"d", "min", "w", "h"};
        more += ", unit: " + dice_.Of(kUnits);
      }
      Add("outcomes", id, Line("{formula: \"#\"" + more + "}", {Formula(kind, Depth())}));
      if (kind != 't') formulas_.Know(id, kind);
    }
    if (dice_.Chance(20))
      Add("outcomes", "place", Line("{formula: \"rank(# among all)\"}", {Formula('n', 1)}));
  }

  void AddPay() {
    if (dice_.Chance(12)) {
      Add("pools", "pool",
          Line("{amount: 100 CNY, by: \"abs(#)\"" +
                   std::string(dice_.Chance(50) ? ", among: s.e0" : "") + "}",
               {Formula('n', 2)}));
    }
    if (dice_.Chance(10)) {
      Add("schedules", "parts",
          Line("{amount: \"#\", parts: {one: {share: 33%, due: as_of}, two: {share: 67%, due: "
               "as_of, when: \"#\"}}}",
               {Formula('m', 2), Formula('b', 2)}));
    }
    if (dice_.Chance(15)) {
      Add("entitlements", "trip", Line("{when: \"#\"}", {Formula('b', Depth())}));
    }
  }

  void AddTail() {
    if (indicators_ == 0) return;
    if (dice_.Chance(60)) made_.tail += "rounding: " + std::to_string(dice_.Between(0, 6)) + "\n";
    made_.tail += dice_.Chance(70) ? "grades: {S: 90, A: 80, B: 70, C: 60, D: 0}\n"
                                   : "grades: {S: 89.95, B: 59.995, C: 33.3, D: 0}\n";
    if (dice_.Chance(15)) made_.tail += "distribution: {S: 25%, D: 30%}\n";
  }

  Dice dice_;
  const bool periods_;
  const std::vector<std::string> levels_;
  FormulaMaker formulas_;
  Case made_;
  int indicators_ = 0;
};

}  // namespace

Case MakeCase(uint64_t seed) { return CaseMaker(seed).Make(); }

}  // namespace steelyard::agree
