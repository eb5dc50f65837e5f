// What is right as far as the language goes and yet hardly meant: conditions that can never hold,
// names that nothing uses, divisions by what can be 0, indicators that have ended. All of it is
// told as warnings, and only where the file has no errors.
#pragma once

#include <functional>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/check/checking.h"
#include "engine/check/possible.h"

namespace steelyard {

// A walk through a formula and the values behind its names, with what must hold for each place to
// be looked at: the condition of the `if` around it, and the like.
class PlaceWalk {
 public:
  // Told of each place; says whether to go into it.
  using Visit = std::function<bool(TermId, const std::vector<Need>&)>;
  PlaceWalk(const Model& model, Visit visit) : model_(model), visit_(std::move(visit)) {}

  void Run(TermId root, std::vector<Need> needs);

 private:
  // Kind, term and truth values of a need.
  using Mark = std::tuple<int32_t, int32_t, Truths>;

  bool IsNew(TermId id);
  void Go(TermId id);
  void GoInto(const Term& term);
  void GoMap(const Term& term);
  void GoUnder(TermId id, const std::vector<Need>& more);
  void GoLogic(const Term& term, Truths others);

  const Model& model_;
  Visit visit_;
  std::vector<Need> needs_;
  size_t given_ = 0;  // needs of the whole formula
  int depth_ = 0;
  // By place: under which conditions it was looked at.
  std::unordered_map<int32_t, std::vector<std::vector<Mark>>> seen_;
};

// findings.cpp
void FindAll(Checking& checking);
// unused.cpp
void FindUnused(Checking& checking);

}  // namespace steelyard
