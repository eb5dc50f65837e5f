// Makes a differing case smaller, one thing at a time, until nothing more can go.
#include <algorithm>
#include <functional>

#include "tests/agree/hold.h"

namespace steelyard::agree {
namespace {

class Shrinker {
 public:
  Shrinker(Case made, const HoldOptions& options) : best_(std::move(made)), options_(options) {}

  Case Run() {
    for (bool smaller = true; smaller && tries_ < kMostTries;) {
      smaller = DropRows();
      smaller = DropEntries() || smaller;
      smaller = SimplifyPieces() || smaller;
      smaller = DropColumns() || smaller;
      smaller = DropTail() || smaller;
    }
    return best_;
  }

 private:
  static constexpr size_t kMostTries = 4000;

  bool Try(Case smaller) {
    if (++tries_ > kMostTries || Hold(smaller, options_).difference.empty()) return false;
    best_ = std::move(smaller);
    return true;
  }

  bool DropRows() {
    bool any = false;
    for (size_t table = 0; table < best_.tables.size(); ++table) {
      for (size_t size = best_.tables[table].rows.size(); size > 0; size /= 2) {
        for (size_t at = 0; at < best_.tables[table].rows.size();) {
          Case smaller = best_;
          auto& rows = smaller.tables[table].rows;
          const size_t end = std::min(rows.size(), at + size);
          rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at),
                     rows.begin() + static_cast<std::ptrdiff_t>(end));
          if (Try(std::move(smaller))) {
            any = true;
          } else {
            at += size;
          }
        }
      }
    }
    return any;
  }

  bool DropEntries() {
    bool any = false;
    for (size_t i = best_.entries.size(); i-- > 0;) {
      Case smaller = best_;
      if (smaller.entries[i].weight != 0) smaller.normalised = true;
      smaller.entries.erase(smaller.entries.begin() + static_cast<std::ptrdiff_t>(i));
      any = Try(std::move(smaller)) || any;
    }
    return any;
  }

  // Each piece by a part of its kind, or by something plain.
  bool SimplifyPieces() {
    bool any = false;
    for (size_t i = 0; i < best_.entries.size(); ++i) {
      for (size_t at = 0; at < best_.entries[i].text.Size(); ++at) {
        while (SimplifyPiece(i, at)) any = true;
      }
    }
    return any;
  }

  bool SimplifyPiece(size_t entry, size_t at) {
    if (at >= best_.entries[entry].text.Size()) return false;
    std::vector<Piece> instead;
    const Piece now = *Find(best_.entries[entry].text, at);
    Collect(now, now.kind, instead);
    if (now.Size() > 1 && now.kind == 'n') instead.push_back({"1", 'n', {}});
    if (now.Size() > 1 && now.kind == 'n') instead.push_back({"s.n0", 'n', {}});
    if (now.Size() > 1 && now.kind == 'b') instead.push_back({"true", 'b', {}});
    if (now.Size() > 1 && now.kind == 'b') instead.push_back({"s.b0", 'b', {}});
    for (Piece& piece : instead) {
      Case smaller = best_;
      *Find(smaller.entries[entry].text, at) = std::move(piece);
      if (Try(std::move(smaller))) return true;
    }
    return false;
  }

  // By number, in the order they stand in.
  static Piece* Find(Piece& piece, size_t at) {
    if (at == 0) return &piece;
    --at;
    for (Piece& part : piece.parts) {
      const size_t size = part.Size();
      if (at < size) return Find(part, at);
      at -= size;
    }
    return nullptr;
  }

  static void Collect(const Piece& piece, char kind, std::vector<Piece>& found) {
    for (const Piece& part : piece.parts) {
      if (part.kind == kind) found.push_back(part);
      Collect(part, kind, found);
    }
  }

  bool DropColumns() {
    bool any = false;
    for (size_t table = 0; table < best_.tables.size(); ++table) {
      for (size_t column = best_.tables[table].columns.size(); column-- > 0;) {
        Case smaller = best_;
        DataTable& from = smaller.tables[table];
        const auto at = static_cast<std::ptrdiff_t>(column);
        from.columns.erase(from.columns.begin() + at);
        for (auto& row : from.rows) row.erase(row.begin() + at);
        any = Try(std::move(smaller)) || any;
      }
    }
    return any;
  }

  bool DropTail() {
    bool any = false;
    for (size_t end = best_.tail.size(); end > 0;) {
      const size_t begin = best_.tail.rfind('\n', end - 2);
      const size_t first = begin == std::string::npos ? 0 : begin + 1;
      Case smaller = best_;
      smaller.tail.erase(first, end - first);
      any = Try(std::move(smaller)) || any;
      end = first;
    }
    return any;
  }

  Case best_;
  const HoldOptions& options_;
  size_t tries_ = 0;
};

}  // namespace

Case Shrunk(Case made, const HoldOptions& options) {
  return Shrinker(std::move(made), options).Run();
}

}  // namespace steelyard::agree
