#include "engine/handbook/document.h"

namespace steelyard {

void HandbookDocument::Heading(int level, Line line, std::string anchor) {
  Block block;
  block.kind = Block::Kind::kHeading;
  block.level = level;
  block.anchor = std::move(anchor);
  block.line = std::move(line);
  blocks.push_back(std::move(block));
}

void HandbookDocument::Paragraph(Line line) {
  if (line.empty()) return;
  Block block;
  block.line = std::move(line);
  blocks.push_back(std::move(block));
}

void HandbookDocument::Formula(Math math) {
  Block block;
  block.kind = Block::Kind::kFormula;
  block.math = std::move(math);
  blocks.push_back(std::move(block));
}

void HandbookDocument::Add(Sheet sheet) {
  if (sheet.rows.empty()) return;
  Block block;
  block.kind = Block::Kind::kTable;
  block.sheet = std::move(sheet);
  blocks.push_back(std::move(block));
}

void HandbookDocument::Add(Curve curve) {
  Block block;
  block.kind = Block::Kind::kCurve;
  block.curve = std::move(curve);
  blocks.push_back(std::move(block));
}

void HandbookDocument::List(std::vector<Line> items) {
  if (items.empty()) return;
  Block block;
  block.kind = Block::Kind::kList;
  block.items = std::move(items);
  blocks.push_back(std::move(block));
}

}  // namespace steelyard
