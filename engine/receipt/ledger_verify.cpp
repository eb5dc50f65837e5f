// Reads a ledger from end to end and finds where its chain breaks.
#include <fstream>
#include <map>

#include "engine/receipt/ledger.h"
#include "engine/receipt/record.h"

namespace steelyard {

namespace {

// The lines of a file; none is held beyond the longest record.
class Lines {
 public:
  explicit Lines(const std::string& path) : file_(path, std::ios::binary) {}

  // False at the end. A line that is too long comes cut, and so no record fits it.
  bool Next(std::string& line) {
    line.clear();
    ended_ = false;
    constexpr auto kEnd = std::char_traits<char>::eof();
    std::streambuf& buffer = *file_.rdbuf();
    bool any = false;
    for (auto c = buffer.sbumpc(); c != kEnd; c = buffer.sbumpc()) {
      any = true;
      if (c == '\n') {
        ended_ = true;
        break;
      }
      if (line.size() <= kLongestRecord) line += static_cast<char>(c);
    }
    return any;
  }
  bool ended() const { return ended_; }  // the line had its line end
  bool good() const { return file_.is_open() && !file_.bad(); }

 private:
  std::ifstream file_;
  bool ended_ = false;
};

// What a chain is made of.
struct Link {
  bool sealed = false;
  uint64_t sequence = 0;
  std::string previous;
  std::string hash;
};

class Chain {
 public:
  bool Read(const std::string& path) {
    Lines lines(path);
    for (std::string line; lines.Next(line);) {
      LedgerRecord record = ReadRecord(line);
      torn_ = !lines.ended();
      cut_off_ = torn_ && !record.sealed;
      const bool sealed = record.sealed && !torn_;
      if (sealed) lines_.emplace(record.hash, links_.size());
      links_.push_back(
          {sealed, record.sequence, std::move(record.previous), std::move(record.hash)});
    }
    return lines.good();
  }

  LedgerVerdict Judge(const std::string& head) const {
    LedgerVerdict verdict;
    verdict.records = links_.size();
    size_t at = 0;
    while (at < links_.size() && Follows(at)) ++at;
    verdict.good = at;
    const auto asked = lines_.find(head);
    if (asked != lines_.end() && asked->second < at) verdict.asked_head = asked->second + 1;
    if (at == links_.size()) {
      if (at > 0) verdict.head = {links_.back().sequence, links_.back().hash};
    } else if (links_[at].sealed) {
      JudgeSealed(at, verdict);
    } else {
      JudgeBroken(at, verdict);
    }
    return verdict;
  }

 private:
  bool Follows(size_t at) const {
    const Link& link = links_[at];
    return link.sealed && link.sequence == at + 1 && link.previous == HashBefore(at);
  }
  std::string HashBefore(size_t at) const { return at == 0 ? "" : links_[at - 1].hash; }

  static void Set(LedgerVerdict& verdict, LedgerFlaw flaw, uint64_t first, uint64_t last,
                  uint64_t other = 0) {
    verdict.flaw = flaw;
    verdict.first = first;
    verdict.last = last;
    verdict.other = other;
  }

  void JudgeBroken(size_t at, LedgerVerdict& verdict) const {
    const bool last = at + 1 == links_.size();
    if (last && cut_off_) return Set(verdict, LedgerFlaw::kTorn, at + 1, at + 1);
    // Where the chain closes over broken lines, they never belonged.
    size_t next = at + 1;
    while (next < links_.size() && !links_[next].sealed) ++next;
    const bool closes = next < links_.size() && links_[next].sequence == at + 1 &&
                        links_[next].previous == HashBefore(at);
    Set(verdict, closes ? LedgerFlaw::kInserted : LedgerFlaw::kAltered, at + 1,
        closes ? next : at + 1);
  }

  // A record whose own hash fits, in a place where it does not.
  void JudgeSealed(size_t at, LedgerVerdict& verdict) const {
    const Link& link = links_[at];
    const size_t first = lines_.at(link.hash);
    if (first < at) return Set(verdict, LedgerFlaw::kCopied, at + 1, at + 1, first + 1);
    const auto before = lines_.find(link.previous);
    const bool has_before = before != lines_.end();
    const bool begins = link.previous.empty() && link.sequence == 1;
    if (at > 0 && (begins || (has_before && before->second + 1 < at))) {
      const size_t from = begins ? 0 : before->second + 1;
      return Set(verdict, LedgerFlaw::kInserted, from + 1, at);
    }
    if (has_before && before->second > at) {
      return Set(verdict, LedgerFlaw::kMoved, link.sequence, link.sequence,
                 links_[before->second].sequence);
    }
    if (link.sequence > at + 1 && link.previous != HashBefore(at)) {
      return Set(verdict, LedgerFlaw::kRemoved, at + 1, link.sequence - 1);
    }
    const bool names_another = at > 0 && link.sequence == at + 1;
    const size_t rewritten = names_another ? at : at + 1;
    Set(verdict, LedgerFlaw::kRewritten, rewritten, rewritten);
  }

  std::vector<Link> links_;
  std::map<std::string, size_t> lines_;  // where each hash stands first
  bool torn_ = false;                    // the last line has no line end
  bool cut_off_ = false;                 // and is no whole record either
};

}  // namespace

std::optional<LedgerVerdict> VerifyLedger(const std::string& path, const std::string& head,
                                          DiagnosticSink& sink) {
  Chain chain;
  if (!chain.Read(path)) {
    sink.Report(DiagKind::kFileUnreadable, {}, {path});
    return std::nullopt;
  }
  return chain.Judge(head);
}

}  // namespace steelyard
