/// @file
/// How a sink tells a person what went wrong.
#pragma once

#include <functional>
#include <string>

namespace tonecue {

/// Takes one line, without a line end. Called on the sink's own threads, so it must allow that.
using Complaint = std::function<void(const std::string& line)>;

}  // namespace tonecue
