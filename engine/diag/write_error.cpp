#include "engine/diag/write_error.h"

#include <cerrno>

namespace steelyard {

void ReportWriteError(const std::string& path, int error, DiagnosticSink& sink) {
  DiagKind kind = DiagKind::kCannotWrite;
  if (error == ENOSPC || error == EDQUOT) kind = DiagKind::kDiskFull;
  if (error == EACCES || error == EPERM || error == EROFS) kind = DiagKind::kNoWritePermission;
  if (error == ENOENT || error == ENOTDIR) kind = DiagKind::kWriteFolderMissing;
  if (error == EISDIR) kind = DiagKind::kWriteTargetIsFolder;
  sink.Report(kind, {}, {path});
}

}  // namespace steelyard
