#include "tonecue/cues/cue.h"

namespace tonecue {

std::string_view name(CueKind kind) noexcept {
  switch (kind) {
    case CueKind::interruption:
      return "interruption";
    case CueKind::raised_voice:
      return "raised_voice";
    case CueKind::fast_speech:
      return "fast_speech";
    case CueKind::slow_speech:
      return "slow_speech";
    case CueKind::long_silence:
      return "long_silence";
    case CueKind::monologue:
      return "monologue";
    case CueKind::distress:
      return "distress";
    case CueKind::recovered:
      return "recovered";
  }
  return "";
}

}  // namespace tonecue
