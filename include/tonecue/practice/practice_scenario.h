/// @file
/// A recorded call, made ready to be practised with.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tonecue/audio/channel.h"
#include "tonecue/core/result.h"
#include "tonecue/practice/practice_script.h"

namespace tonecue {

/// One line as it sounds, at kSampleRateHz, faded in and out.
using CustomerClip = std::vector<float>;

struct PracticeScenario {
  std::string path;
  PracticeScript script;
  std::vector<CustomerClip> clips;  ///< One per line.
};

/// Hears the recording through and takes the customer's lines out of it.
/// @return As FileSource::create(); `unsupported` when it holds one party only; `corrupt` when the
/// customer says nothing in it.
Result<PracticeScenario> load_scenario(const std::filesystem::path& path,
                                       Channel agent_channel = Channel::left);

}  // namespace tonecue
