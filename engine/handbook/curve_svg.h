// The curve from value to points, drawn.
#pragma once

#include <string>

#include "engine/handbook/document.h"

namespace steelyard {

// An inline `<figure>` with an `<svg>`; what it shows stands in a table as well, and in its title
// for those who cannot see it.
std::string ToSvg(const Curve& curve, Language language);

}  // namespace steelyard
