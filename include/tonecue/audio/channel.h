/// @file
/// The two channels of a stereo stream. Past `audio` there are only parties.
#pragma once

namespace tonecue {

enum class Channel { left, right };

}  // namespace tonecue
