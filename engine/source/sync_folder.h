// Names of files that last.
#pragma once

#include <string>

namespace steelyard {

// Puts the name of a new or renamed file on the disk; a folder that cannot be synced is no reason
// to fail.
void SyncFolder(const std::string& file);

}  // namespace steelyard
