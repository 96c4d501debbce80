/// @file
/// Which recordings a command is about.
#pragma once

#include <string>
#include <vector>

#include "tonecue/core/result.h"

namespace tonecue {

struct Recording {
  std::string path;  ///< As given; for a file found in a folder, the folder as given and the rest.
  std::string name;  ///< For its outputs: the file's name without extension, made unique.
};

struct Recordings {
  std::vector<Recording> found;  ///< In the order of the inputs; within a folder by path.
  std::vector<Error> problems;   ///< Folders that cannot be read or hold no recording.
};

/// More than one recording may come of these inputs: several, or a folder.
bool is_batch(const std::vector<std::string>& inputs);

/// Takes files as they are, and searches folders, and the folders in them, for names that end like
/// a recording's. Hidden files are passed over; a file that turns up twice counts once.
Recordings find_recordings(const std::vector<std::string>& inputs);

}  // namespace tonecue
