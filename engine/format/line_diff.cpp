// The fewest lines taken away and added, found by the diagonals that Myers describes (1986).
#include "engine/format/line_diff.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <vector>

namespace steelyard {
namespace {

constexpr std::ptrdiff_t kContext = 3;
// Beyond so many changed lines, all that lies between the first and the last is shown as changed.
constexpr std::ptrdiff_t kMaxChanges = 4000;

struct Edit {
  char sign = ' ';
  std::string_view line;
};

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

class Comparison {
 public:
  Comparison(std::string_view before, std::string_view after)
      : old_(Lines(before)), new_(Lines(after)) {}

  std::vector<Edit> Edits() {
    std::ptrdiff_t begin = 0;
    std::ptrdiff_t old_end = Size(old_);
    std::ptrdiff_t new_end = Size(new_);
    while (begin < std::min(old_end, new_end) && Same(begin, begin)) ++begin;
    while (std::min(old_end, new_end) > begin && Same(old_end - 1, new_end - 1)) {
      --old_end;
      --new_end;
    }
    for (std::ptrdiff_t i = 0; i < begin; ++i) edits_.push_back({' ', Old(i)});
    Middle(begin, old_end, new_end);
    for (std::ptrdiff_t i = old_end; i < Size(old_); ++i) edits_.push_back({' ', Old(i)});
    return std::move(edits_);
  }

 private:
  static std::ptrdiff_t Size(const std::vector<std::string_view>& lines) {
    return static_cast<std::ptrdiff_t>(lines.size());
  }
  std::string_view Old(std::ptrdiff_t i) const { return old_[static_cast<size_t>(i)]; }
  std::string_view New(std::ptrdiff_t i) const { return new_[static_cast<size_t>(i)]; }
  bool Same(std::ptrdiff_t i, std::ptrdiff_t j) const { return Old(i) == New(j); }

  // On each diagonal k = x - y, how far one gets with so many changes.
  void Middle(std::ptrdiff_t begin, std::ptrdiff_t old_end, std::ptrdiff_t new_end) {
    const std::ptrdiff_t n = old_end - begin;
    const std::ptrdiff_t m = new_end - begin;
    const std::ptrdiff_t most = std::min(n + m, kMaxChanges);
    std::vector<std::vector<std::ptrdiff_t>> trace;
    std::vector<std::ptrdiff_t> furthest(static_cast<size_t>(2 * most + 3), 0);
    const auto at = [&](std::ptrdiff_t k) -> std::ptrdiff_t& {
      return furthest[static_cast<size_t>(k + most + 1)];
    };
    for (std::ptrdiff_t changes = 0; changes <= most; ++changes) {
      for (std::ptrdiff_t k = -changes; k <= changes; k += 2) {
        const bool down = k == -changes || (k != changes && at(k - 1) < at(k + 1));
        std::ptrdiff_t x = down ? at(k + 1) : at(k - 1) + 1;
        while (x < n && x - k < m && Same(begin + x, begin + x - k)) ++x;
        at(k) = x;
        if (x >= n && x - k >= m) return Back(begin, n, m, trace);
      }
      // Only what the way back looks at.
      trace.emplace_back(furthest.begin() + (most + 1 - changes),
                         furthest.begin() + (most + 2 + changes));
    }
    for (std::ptrdiff_t i = begin; i < old_end; ++i) edits_.push_back({'-', Old(i)});
    for (std::ptrdiff_t i = begin; i < new_end; ++i) edits_.push_back({'+', New(i)});
  }

  // From the end, through the same diagonals; the edits come out last first.
  void Back(std::ptrdiff_t begin, std::ptrdiff_t x, std::ptrdiff_t y,
            const std::vector<std::vector<std::ptrdiff_t>>& trace) {
    std::vector<Edit> edits;
    for (std::ptrdiff_t changes = Traced(trace); changes > 0; --changes) {
      const std::vector<std::ptrdiff_t>& before = trace[static_cast<size_t>(changes - 1)];
      const auto at = [&](std::ptrdiff_t k) {
        return std::abs(k) < changes ? before[static_cast<size_t>(k + changes - 1)] : -1;
      };
      const std::ptrdiff_t k = x - y;
      const bool down = k == -changes || (k != changes && at(k - 1) < at(k + 1));
      const std::ptrdiff_t from = down ? at(k + 1) : at(k - 1);
      const std::ptrdiff_t from_y = from - (down ? k + 1 : k - 1);
      for (; x > from + (down ? 0 : 1) && y > from_y + (down ? 1 : 0); --x, --y) {
        edits.push_back({' ', Old(begin + x - 1)});
      }
      edits.push_back(down ? Edit{'+', New(begin + from_y)} : Edit{'-', Old(begin + from)});
      x = from;
      y = from_y;
    }
    for (; x > 0; --x) edits.push_back({' ', Old(begin + x - 1)});
    edits_.insert(edits_.end(), edits.rbegin(), edits.rend());
  }

  static std::ptrdiff_t Traced(const std::vector<std::vector<std::ptrdiff_t>>& trace) {
    return static_cast<std::ptrdiff_t>(trace.size());
  }

  std::vector<std::string_view> old_;
  std::vector<std::string_view> new_;
  std::vector<Edit> edits_;
};

std::string RangeText(std::ptrdiff_t first, std::ptrdiff_t count) {
  return std::to_string(count == 0 ? first : first + 1) + "," + std::to_string(count);
}

// Edits [begin, end) as a hunk; `old_line` and `new_line` lines stand before it.
std::string Hunk(const std::vector<Edit>& edits, std::ptrdiff_t begin, std::ptrdiff_t end,
                 std::ptrdiff_t old_line, std::ptrdiff_t new_line) {
  std::ptrdiff_t old_count = 0;
  std::ptrdiff_t new_count = 0;
  std::string body;
  for (std::ptrdiff_t i = begin; i < end; ++i) {
    const Edit& edit = edits[static_cast<size_t>(i)];
    old_count += edit.sign != '+' ? 1 : 0;
    new_count += edit.sign != '-' ? 1 : 0;
    body += edit.sign;
    body += edit.line;
    if (!edit.line.ends_with('\n')) body += "\n\\ No newline at end of file\n";
  }
  return "@@ -" + RangeText(old_line, old_count) + " +" + RangeText(new_line, new_count) + " @@\n" +
         body;
}

}  // namespace

std::string UnifiedDiff(std::string_view before, std::string_view after, const std::string& path) {
  if (before == after) return "";
  const std::vector<Edit> edits = Comparison(before, after).Edits();
  const auto size = static_cast<std::ptrdiff_t>(edits.size());
  std::string text = "--- " + path + "\n+++ " + path + "\n";
  std::ptrdiff_t old_line = 0;
  std::ptrdiff_t new_line = 0;
  std::ptrdiff_t at = 0;  // edits before it are counted in the two lines
  const auto pass = [&](std::ptrdiff_t to) {
    for (; at < to; ++at) {
      old_line += edits[static_cast<size_t>(at)].sign != '+' ? 1 : 0;
      new_line += edits[static_cast<size_t>(at)].sign != '-' ? 1 : 0;
    }
  };
  const auto next_change = [&](std::ptrdiff_t from) {
    while (from < size && edits[static_cast<size_t>(from)].sign == ' ') ++from;
    return from;
  };
  for (std::ptrdiff_t change = next_change(0); change < size;) {
    std::ptrdiff_t end = change;
    for (std::ptrdiff_t next = change; next < size && next - end <= 2 * kContext;
         next = next_change(end)) {
      end = next + 1;
    }
    const std::ptrdiff_t begin = std::max(at, change - kContext);
    const std::ptrdiff_t stop = std::min(size, end + kContext);
    pass(begin);
    text += Hunk(edits, begin, stop, old_line, new_line);
    pass(stop);
    change = next_change(stop);
  }
  return text;
}

}  // namespace steelyard
