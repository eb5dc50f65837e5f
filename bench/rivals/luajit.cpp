// compute|rows COLUMNS THREADS ROUNDS [ANSWERS]: LuaJIT, with a loop over columns that it sees as
// arrays of doubles, or with a call for each row that is handed a table and fills one.
#include <atomic>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <lua.hpp>
#include <memory>
#include <string>

#include "bench/rivals/card.h"

namespace bench {

namespace {

// Statements that give one indicator's value and points as locals `v` and `p`, out of locals named
// like inputs, and add to the locals `points` and `total`.
std::string IndicatorStatements(const Indicator& indicator) {
  std::string text = "local v, p = missing, missing\nif " + std::string(indicator.denominator) +
                     " ~= 0 then v = " + std::string(indicator.formula) + " end\nif v == v then\n";
  const auto& corners = indicator.corners;
  for (size_t k = 0; k < corners.size(); ++k) {
    text += (k == 0 ? "  if v < " : "  elseif v < ") + Text(corners[k].x) + " then p = ";
    if (k == 0) {
      text += Text(corners[0].y) + "\n";
      continue;
    }
    const Corner &a = corners[k - 1], &b = corners[k];
    text += Text(a.y) + " + (v - " + Text(a.x) + ") * " + Text((b.y - a.y) / (b.x - a.x)) + "\n";
  }
  return text + "  else p = " + Text(corners.back().y) +
         " end\n  local weight = " + Text(indicator.director) +
         "\n  if role == 1 then weight = " + Text(indicator.manager) +
         " end\n  points = points + weight * p\n  total = total + weight\nend\n";
}

// Statements that give `score` and `grade`, out of `points`, `total`, `delivery` and inputs.
constexpr const char* kScoreStatements =
    "local score, grade = missing, missing\n"
    "if total > 0 then score = points / total end\n"
    "if delivery < 0.85 and score > 79.9 then score = 79.9 end\n"
    "score = floor(score * 100 + 0.5) / 100\n"
    "if bribery_cases > 0 then score = 0 end\n"
    "if score == score then\n"
    "  grade = 4\n"
    "  if score >= 90 then grade = 0 elseif score >= 80 then grade = 1\n"
    "  elseif score >= 70 then grade = 2 elseif score >= 60 then grade = 3 end\n"
    "  local churn = 1 - (opening_customers - lost_customers) / opening_customers\n"
    "  if churn > 0.05 and grade < 4 then grade = grade + 1 end\n"
    "end\n";

bool Mentions(std::string_view text, const std::string& name) {
  for (size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    const auto part = [&](size_t i) {
      return i < text.size() &&
             (text[i] == '_' || std::isalnum(static_cast<unsigned char>(text[i])));
    };
    if (!part(at - 1) && !part(at + name.size())) return true;
  }
  return false;
}

// A column as Lua sees it, and the locals that `statements` wants of columns at `i`.
std::string Column(const double* at) {
  return "ffi.cast('double*', " + std::to_string(reinterpret_cast<uintptr_t>(at)) + "ULL)";
}

struct Loop {
  std::string columns, locals;
  Loop(const Columns& inputs, std::string_view statements) {
    const std::vector<std::string> names = InputNames();
    for (size_t k = 0; k < kInputs; ++k) {
      if (!Mentions(statements, names[k])) continue;
      columns += "local in_" + names[k] + " = " + Column(inputs[k]) + "\n";
      locals += "local " + names[k] + " = in_" + names[k] + "[i]\n";
    }
  }
};

// function(first, end) over the columns: a short loop for each indicator, so that each is one trace
// with few branches, over blocks of rows that stay in the cache.
std::string OverColumns(const Columns& inputs, const Columns& answers) {
  std::string text =
      "local ffi = require('ffi')\nlocal missing, floor = 0/0, math.floor\n"
      "local sum, weights = ffi.new('double[1000]'), ffi.new('double[1000]')\nlocal f = {}\n";
  for (size_t k = 0; k < kIndicators; ++k) {
    const std::string statements = IndicatorStatements(Card()[k]);
    const Loop loop(inputs, statements);
    text += "do\n" + loop.columns + "local out_v = " + Column(answers[k]) +
            "\nlocal out_p = " + Column(answers[kFirstPoints + k]) + "\nf[" +
            std::to_string(k + 1) + "] = function(first, last)\nfor i = first, last - 1 do\n" +
            loop.locals +
            (k == 0 ? "local points, total = 0, 0\n"
                    : "local points, total = sum[i - first], weights[i - first]\n") +
            statements +
            "sum[i - first], weights[i - first] = points, total\nout_v[i], out_p[i] = v, p\n"
            "end\nend\nend\n";
  }
  const Loop loop(inputs, kScoreStatements);
  return text + loop.columns + "local deliveries = " + Column(answers[5]) +
         "\nlocal scores = " + Column(answers[kScore]) +
         "\nlocal grades = " + Column(answers[kGrade]) +
         "\nf[9] = function(first, last)\nfor i = first, last - 1 do\n" + loop.locals +
         "local points, total, delivery = sum[i - first], weights[i - first], deliveries[i]\n" +
         kScoreStatements +
         "scores[i], grades[i] = score, grade\nend\nend\n"
         "return function(first, last)\n"
         "for block = first, last - 1, 1000 do\n"
         "for k = 1, 9 do f[k](block, math.min(block + 1000, last)) end\nend\nend\n";
}

// function(row, answers): a row by names, answers by number.
std::string OverRow() {
  std::string text =
      "local missing, floor = 0/0, math.floor\nreturn function(row, answers)\n"
      "local points, total, delivery = 0, 0, missing\n";
  for (const std::string& name : InputNames()) {
    text += "local " + name + " = row." + name + "\n";
  }
  for (size_t k = 0; k < kIndicators; ++k) {
    text += "do\n" + IndicatorStatements(Card()[k]) + "answers[" + std::to_string(k + 1) +
            "], answers[" + std::to_string(kFirstPoints + k + 1) + "] = v, p\n" +
            (k == 5 ? "delivery = v\n" : "") + "end\n";
  }
  return text + kScoreStatements + "answers[17], answers[18] = score, grade\nend\n";
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
