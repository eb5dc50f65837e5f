#include "tests/unit/receipt/receipt_support.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/base/sha256.h"
#include "engine/data/scratch_file.h"
#include "engine/receipt/record.h"

namespace steelyard {

Receipt SomeReceipt(const std::string& period) {
  Receipt receipt;
  receipt.engine = "1.2.3";
  receipt.command = {"../team.yaml", {"../data", "order=../订单.csv"}, period, "", "csv"};
  receipt.meaning = Sha256Of("meaning");
  receipt.rules = {{"../team.yaml", Sha256Of("rules"), 5}};
  receipt.data = {{"order", {"../订单.csv", Sha256Of("data"), 4}}};
  receipt.tables = {{"manager", 4, 3, 1}, {"order", 41, 41, 0}};
  receipt.rejected = {1, Sha256Of("rejected")};
  receipt.counts = {3, 0, 3, 12};
  receipt.result = {"scores.csv", Sha256Of("result"), 6};
  receipt.rejects = FileRecord{"rejects.csv", Sha256Of("rejects"), 7};
  return receipt;
}

std::vector<std::string> SomeLedger(size_t records) {
  std::vector<std::string> lines;
  std::string previous;
  for (size_t i = 1; i <= records; ++i) {
    LedgerRecord record;
    record.sequence = i;
    record.previous = previous;
    record.time = "2026-11-22T02:00:00Z";
    record.folder = ".";
    lines.push_back(RecordLine(record, SomeReceipt("2026Q" + std::to_string(i))));
    previous = ReadRecord(lines.back()).hash;
  }
  return lines;
}

KeptFile::KeptFile(std::string_view text) {
  // The scratch file's own name is gone with it: this one lasts as long as the object.
  path_ = ScratchFile::Create(".jsonl")->path() + ".kept";
  if (!text.empty()) Write(text);
}

KeptFile::~KeptFile() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

std::string KeptFile::text() const {
  std::ifstream file(path_, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void KeptFile::Write(std::string_view text) const {
  std::ofstream(path_, std::ios::binary | std::ios::trunc) << text;
}

}  // namespace steelyard
