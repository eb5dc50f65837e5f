#include "engine/handbook/curve_svg.h"

#include <fmt/format.h>

#include "engine/report/html.h"

namespace steelyard {
namespace {

constexpr int kLeft = 48;
constexpr int kTop = 16;
constexpr int kWidth = 360;
constexpr int kHeight = 150;
// How much of the width stands before the first point and behind the last one.
const Number kMargin = Number::Fraction(1, 10);

class Drawing {
 public:
  explicit Drawing(const Curve& curve) : curve_(curve) {
    first_ = curve.points.front().at;
    const Number span = curve.points.back().at - first_;
    scale_ = span.IsZero() ? Number(0) : (Number(1) - kMargin * Number(2)) / span;
  }

  std::string Draw(Language language) const {
    const bool english = language == Language::kEnglish;
    std::string title = curve_.caption + (english ? ": " : "：");
    for (const Curve::Point& point : curve_.points) {
      if (&point != &curve_.points.front()) title += english ? ", " : "，";
      title += point.label + " → " + FormatSignificant(point.points);
    }
    return fmt::format(
               "<figure class=\"keep\">\n<svg viewBox=\"0 0 {} {}\" width=\"{}\" role=\"img\">\n"
               "<title>{}</title>\n",
               kLeft + kWidth + 16, kTop + kHeight + 44, kLeft + kWidth + 16, EscapeHtml(title)) +
           Axes() + Polyline() + Marks() + "</svg>\n</figure>\n";
  }

 private:
  static std::string Text(const Number& coordinate) { return FormatPlaces(coordinate, 2); }

  std::string X(const Number& at) const {
    const Number share =
        scale_.IsZero() ? Number::Fraction(1, 2) : kMargin + (at - first_) * scale_;
    return Text(Number(kLeft) + share * Number(kWidth));
  }
  std::string Y(const Number& points) const {
    const Number share = points / curve_.highest;
    return Text(Number(kTop + kHeight) - share * Number(kHeight));
  }

  std::string Level(const Number& points) const {
    return fmt::format(
        "<line class=\"grid\" x1=\"{0}\" y1=\"{1}\" x2=\"{2}\" y2=\"{1}\"/>"
        "<text x=\"{3}\" y=\"{1}\" dy=\"4\" text-anchor=\"end\">{4}</text>\n",
        kLeft, Y(points), kLeft + kWidth, kLeft - 6, FormatSignificant(points));
  }

  std::string Axes() const {
    std::string text = Level(Number(0)) + Level(curve_.highest / Number(2)) + Level(curve_.highest);
    text += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n",
                        kLeft + kWidth / 2, kTop + kHeight + 38, EscapeHtml(curve_.along));
    return text + fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n", kLeft - 6,
                              kTop - 4, EscapeHtml(curve_.up));
  }

  std::string Polyline() const {
    std::string points;
    const auto add = [&](const std::string& x, const Number& y) {
      points += (points.empty() ? "" : " ") + x + "," + Y(y);
    };
    if (curve_.level_beyond) add(std::to_string(kLeft), curve_.points.front().points);
    for (const Curve::Point& point : curve_.points) add(X(point.at), point.points);
    if (curve_.level_beyond) add(std::to_string(kLeft + kWidth), curve_.points.back().points);
    return "<polyline class=\"curve\" points=\"" + points + "\"/>\n";
  }

  std::string Marks() const {
    std::string text;
    for (const Curve::Point& point : curve_.points) {
      text += fmt::format(
          "<circle class=\"mark\" cx=\"{0}\" cy=\"{1}\" r=\"3.5\"/>"
          "<text x=\"{0}\" y=\"{2}\" text-anchor=\"middle\">{3}</text>\n",
          X(point.at), Y(point.points), kTop + kHeight + 18, EscapeHtml(point.label));
    }
    return text;
  }

  const Curve& curve_;
  Number first_;
  Number scale_;
};

}  // namespace

std::string ToSvg(const Curve& curve, Language language) { return Drawing(curve).Draw(language); }

}  // namespace steelyard
