// compute|rows COLUMNS THREADS ROUNDS [ANSWERS]: LuaJIT, with a loop over columns that it sees as
// arrays of doubles, or with a call for each row that is handed a table and fills one.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <lua.hpp>
#include <memory>
#include <string>

#include "bench/rivals/card.h"

namespace bench {

namespace {

// Statements that compute locals v0 … v7, p0 … p7, score and grade from locals named like inputs.
std::string Statements() {
  std::string text = "local points, total = 0, 0\n";
  for (size_t i = 0; i < kIndicators; ++i) {
    const Indicator& indicator = Card()[i];
    const std::string v = "v" + std::to_string(i), p = "p" + std::to_string(i);
    text += "local " + v + ", " + p + " = missing, missing\nif " +
            std::string(indicator.denominator) + " ~= 0 then " + v + " = " +
            std::string(indicator.formula) + " end\nif " + v + " == " + v + " then\n";
    const auto& corners = indicator.corners;
    for (size_t k = 0; k < corners.size(); ++k) {
      text +=
          (k == 0 ? "  if " : "  elseif ") + v + " < " + Text(corners[k].x) + " then " + p + " = ";
      if (k == 0) {
        text += Text(corners[0].y) + "\n";
        continue;
      }
      const Corner &a = corners[k - 1], &b = corners[k];
      text += Text(a.y) + " + (" + v + " - " + Text(a.x) + ") * " +
              Text((b.y - a.y) / (b.x - a.x)) + "\n";
    }
    text += "  else " + p + " = " + Text(corners.back().y) +
            " end\n  local weight = " + Text(indicator.director) +
            "\n  if role == 1 then weight = " + Text(indicator.manager) +
            " end\n  points = points + weight * " + p + "\n  total = total + weight\nend\n";
  }
  return text +
         "local score, grade = missing, missing\n"
         "if total > 0 then score = points / total end\n"
         "if v5 < 0.85 and score > 79.9 then score = 79.9 end\n"
         "score = floor(score * 100 + 0.5) / 100\n"
         "if bribery_cases > 0 then score = 0 end\n"
         "if score == score then\n"
         "  grade = 4\n"
         "  if score >= 90 then grade = 0 elseif score >= 80 then grade = 1\n"
         "  elseif score >= 70 then grade = 2 elseif score >= 60 then grade = 3 end\n"
         "  local churn = 1 - (opening_customers - lost_customers) / opening_customers\n"
         "  if churn > 0.05 and grade < 4 then grade = grade + 1 end\n"
         "end\n";
}

std::string AnswerLocals(size_t k) {
  if (k == kScore) return "score";
  if (k == kGrade) return "grade";
  return k < kFirstPoints ? "v" + std::to_string(k) : "p" + std::to_string(k - kFirstPoints);
}

// function(first, end) over the columns.
std::string OverColumns(const Columns& inputs, const Columns& answers) {
  const auto address = [](const double* at) {
    return "ffi.cast('double*', " + std::to_string(reinterpret_cast<uintptr_t>(at)) + "ULL)";
  };
  std::string text = "local ffi = require('ffi')\nlocal missing, floor = 0/0, math.floor\n";
  const std::vector<std::string> names = InputNames();
  for (size_t k = 0; k < kInputs; ++k) {
    text += "local in_" + names[k] + " = " + address(inputs[k]) + "\n";
  }
  for (size_t k = 0; k < kAnswers; ++k) {
    text += "local out_" + std::to_string(k) + " = " + address(answers[k]) + "\n";
  }
  text += "return function(first, last)\nfor i = first, last - 1 do\n";
  for (const std::string& name : names) text += "local " + name + " = in_" + name + "[i]\n";
  text += Statements();
  for (size_t k = 0; k < kAnswers; ++k) {
    text += "out_" + std::to_string(k) + "[i] = " + AnswerLocals(k) + "\n";
  }
  return text + "end\nend\n";
}

// function(row, answers): a row by names, answers by number.
std::string OverRow() {
  std::string text = "local missing, floor = 0/0, math.floor\nreturn function(row, answers)\n";
  for (const std::string& name : InputNames()) {
    text += "local " + name + " = row." + name + "\n";
  }
  text += Statements();
  for (size_t k = 0; k < kAnswers; ++k) {
    text += "answers[" + std::to_string(k + 1) + "] = " + AnswerLocals(k) + "\n";
  }
  return text + "end\n";
}

class Lua {
 public:
  explicit Lua(const std::string& text) : state_(luaL_newstate()) {
    luaL_openlibs(state_);
    Check(luaL_loadstring(state_, text.c_str()));
    Check(lua_pcall(state_, 0, 1, 0));
  }
  ~Lua() { lua_close(state_); }
  Lua(const Lua&) = delete;
  Lua& operator=(const Lua&) = delete;

  void Run(size_t first, size_t end) {
    lua_pushvalue(state_, 1);
    lua_pushnumber(state_, static_cast<double>(first));
    lua_pushnumber(state_, static_cast<double>(end));
    Check(lua_pcall(state_, 2, 0, 0));
  }

  void RunRows(const Columns& inputs, Columns& answers, size_t first, size_t end) {
    const std::vector<std::string> names = InputNames();
    lua_newtable(state_);
    lua_newtable(state_);
    for (size_t row = first; row < end; ++row) {
      for (size_t k = 0; k < kInputs; ++k) {
        lua_pushnumber(state_, inputs[k][row]);
        lua_setfield(state_, 2, names[k].c_str());
      }
      lua_pushvalue(state_, 1);
      lua_pushvalue(state_, 2);
      lua_pushvalue(state_, 3);
      Check(lua_pcall(state_, 2, 0, 0));
      for (size_t k = 0; k < kAnswers; ++k) {
        lua_rawgeti(state_, 3, static_cast<int>(k) + 1);
        answers[k][row] = lua_tonumber(state_, -1);
        lua_pop(state_, 1);
      }
    }
    lua_settop(state_, 1);
  }

 private:
  void Check(int code) {
    if (code == 0) return;
    std::fprintf(stderr, "%s\n", lua_tostring(state_, -1));
    std::exit(3);
  }

  lua_State* state_;
};

bool by_row = false;

Work Prepared(const Columns& inputs, Columns& answers, int threads) {
  auto machines = std::make_shared<std::vector<std::unique_ptr<Lua>>>();
  for (int i = 0; i < threads; ++i) {
    machines->push_back(std::make_unique<Lua>(by_row ? OverRow() : OverColumns(inputs, answers)));
  }
  return [&inputs, &answers, threads, machines] {
    std::atomic<size_t> next{0};
    InParts(inputs.rows(), threads, [&](size_t first, size_t end) {
      Lua& machine = *(*machines)[next++];
      if (by_row) {
        machine.RunRows(inputs, answers, first, end);
      } else {
        machine.Run(first, end);
      }
    });
  };
}

}  // namespace

}  // namespace bench

int main(int count, char** arguments) {
  std::string compute = "compute";
  if (count > 1 && std::string_view(arguments[1]) == "rows") {
    bench::by_row = true;
    arguments[1] = compute.data();
  }
  return bench::ComputeMain(count, arguments, bench::Prepared);
}
