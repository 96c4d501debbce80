/// @file
/// Whose calls somebody may see.
#pragma once

#include <string>
#include <vector>

namespace tonecue {

/// Every question to the store about calls takes one, so that none is asked without it.
struct Scope {
  enum class Reach {
    own,         ///< Calls of `agent`.
    teams,       ///< Calls of `teams`.
    everything,  ///< All calls, those without a team too.
  };

  Reach reach = Reach::own;
  std::string agent{};               ///< The asker's own name as an agent; empty: is none.
  std::vector<std::string> teams{};  ///< With Reach::teams.
};

}  // namespace tonecue
