// What checked rules mean, as a text to compare and to hash: the program, and of its surroundings
// whatever reading data and writing results obey. Of two cards with the same text, each gives the
// results of the other on any data. Nothing in it comes from layout, comments, spelling of
// formulas, the order of sections, or what is there and unused.
//
// Left out, because they are of other files: the lower cards that `results_of` names. The text says
// which tables they fill; who hashes puts their texts next to this one.
#pragma once

#include <string>

#include "engine/check/model.h"
#include "engine/program/program.h"

namespace steelyard {

// `program` is what Lower makes of `model`. The text begins with the version of its form.
std::string Meaning(const Model& model, const Program& program);

}  // namespace steelyard
