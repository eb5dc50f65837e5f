// Looks at the bytes first, then lets yaml-cpp read. yaml-cpp stops at its first fault; where that
// fault is one value, the value is written over in a copy and the copy read again, so that the rest
// of the file is looked at too.
#include "engine/rulefile/yaml_read.h"

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <utility>

#include "engine/base/text.h"
#include "engine/rulefile/yaml_build.h"
#include "engine/rulefile/yaml_fault.h"

namespace steelyard {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// Faults that are worked around in one file, and the largest file for which that is done: each
// costs one more reading.
constexpr size_t kMaxRepairs = 20;
constexpr size_t kMaxRepairedBytes = 1u << 20;

bool IsForbidden(std::string_view text, size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte == '\r') return !text.substr(at + 1).starts_with('\n');
  return (byte < 0x20 && byte != '\t' && byte != '\n') || byte == 0x7F;
}

// Is this text at all, and of a size that yaml-cpp can hold? It keeps every sign of an open bracket
// in memory, about 250 bytes for each.
bool CheckBytes(FileId file, std::string_view text, DiagnosticSink& sink) {
  const auto place = [&](size_t at) {
    return Span{file, static_cast<uint32_t>(at), static_cast<uint32_t>(at + 1)};
  };
  if (const std::optional<size_t> bad = FirstInvalidUtf8(text)) {
    sink.Report(DiagKind::kInvalidUtf8, place(*bad));
    return false;
  }
  size_t signs = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    if (IsForbidden(text, at)) {
      const std::string name = fmt::format("U+{:04X}", static_cast<unsigned char>(text[at]));
      sink.Report(DiagKind::kControlCharacter, place(at), {name});
      return false;
    }
    if (std::string_view("[]{},").find(text[at]) == std::string_view::npos) continue;
    if (++signs > kMaxYamlParts) {
      sink.Report(DiagKind::kTooManyParts, place(at), {std::to_string(kMaxYamlParts)});
      return false;
    }
  }
  return true;
}

void Append(DiagnosticSink& sink, const Diagnostic& diagnostic) {
  sink.Report(diagnostic.kind, diagnostic.span, diagnostic.args).helps = diagnostic.helps;
}

class YamlReader {
 public:
  YamlReader(FileId file, std::string_view text, DiagnosticSink& sink)
      : file_(file), text_(text), copy_(text), sink_(sink) {
    if (text.starts_with(kByteOrderMark)) start_ = kByteOrderMark.size();
  }

  std::optional<YamlNode> Run() {
    while (true) {
      DiagnosticSink found;
      YamlBuilder builder(file_, copy_, start_, broken_, found);
      const std::optional<YamlFault> fault = Read(builder);
      const bool again = fault && Repair(*fault);
      if (again) continue;
      for (const Diagnostic& diagnostic : found.all()) {
        // What comes after a place where reading broke off is likely to follow from it.
        if (!fault || diagnostic.span < last_fault_) Append(sink_, diagnostic);
      }
      if (fault || stopped_) return std::nullopt;
      if (builder.has_root()) return builder.TakeRoot();
      YamlNode nothing;
      nothing.span.file = file_;
      return nothing;
    }
  }

 private:
  // One reading of the whole copy.
  std::optional<YamlFault> Read(YamlBuilder& builder) {
    std::istringstream stream(copy_.substr(start_));
    try {
      YAML::Parser parser(stream);
      while (parser.HandleNextDocument(builder)) {
      }
    } catch (const StopReading&) {
      stopped_ = true;
    } catch (const YAML::Exception& exception) {
      const auto offset = static_cast<size_t>(std::max(exception.mark.pos, 0));
      return YamlFault{exception.msg, start_ + offset, builder.OpenBracket(),
                       builder.last_offset()};
    }
    return std::nullopt;
  }

  // Reports the fault; true if the copy was changed so that reading can go on.
  bool Repair(const YamlFault& fault) {
    FaultReport report = ExplainFault(fault, file_, copy_);
    const size_t line = LineOf(report.diagnostic.span.begin);
    // After the first fault only those are told that do not follow from it.
    const bool is_new = repairs_ == 0 || (report.repair && line > last_line_);
    if (is_new) Append(sink_, report.diagnostic);
    last_fault_ = report.diagnostic.span;
    last_line_ = std::max(line, last_line_);
    if (!report.repair || copy_.size() > kMaxRepairedBytes || ++repairs_ > kMaxRepairs) {
      return false;
    }
    ByteRange bytes = report.repair->overwrite;
    bytes.end = std::min(bytes.end, copy_.size());
    if (!is_new) bytes.end = std::min(copy_.find_first_of("\r\n", bytes.begin), copy_.size());
    const std::string before = copy_;
    std::fill(copy_.begin() + static_cast<std::ptrdiff_t>(bytes.begin),
              copy_.begin() + static_cast<std::ptrdiff_t>(bytes.end), report.repair->filler);
    broken_.push_back(report.repair->broken);
    return copy_ != before;
  }

  size_t LineOf(size_t offset) const {
    return static_cast<size_t>(std::count(
        text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text_.size())),
        '\n'));
  }

  FileId file_;
  std::string_view text_;
  std::string copy_;
  DiagnosticSink& sink_;
  size_t start_ = 0;
  std::vector<ByteRange> broken_;
  size_t repairs_ = 0;
  size_t last_line_ = 0;
  Span last_fault_;
  bool stopped_ = false;
};

}  // namespace

void ExplainColon(std::string_view text, Diagnostic& diagnostic) {
  if (text.find("：") != std::string_view::npos) {
    diagnostic.Because(HelpKind::kNarrowColon);
  } else if (text.find(':') != std::string_view::npos) {
    diagnostic.Because(HelpKind::kBlankAfterColon);
  }
}

std::optional<YamlNode> ReadYaml(FileId file, const SourceFile& source, DiagnosticSink& sink) {
  if (!CheckBytes(file, source.text(), sink)) return std::nullopt;
  return YamlReader(file, source.text(), sink).Run();
}

}  // namespace steelyard
