// STEELYARD_CHECK: a promise the program makes to itself. A broken one is our bug, never the
// user's mistake, and ends the process at the place where it was found.
#pragma once

#include <cstdio>
#include <cstdlib>

#define STEELYARD_CHECK(condition)                                                       \
  do {                                                                                   \
    if (!(condition)) {                                                                  \
      std::fprintf(stderr, "steelyard: engine fault at %s:%d: %s\n", __FILE__, __LINE__, \
                   #condition);                                                          \
      std::abort();                                                                      \
    }                                                                                    \
  } while (false)
