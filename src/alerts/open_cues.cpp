#include "tonecue/alerts/open_cues.h"

namespace tonecue {

int voice_rank(CueKind kind) noexcept {
  switch (kind) {
    case CueKind::distress:
      return 3;
    case CueKind::raised_voice:
      return 2;
    case CueKind::fast_speech:
      return 1;
    case CueKind::interruption:
    case CueKind::slow_speech:
    case CueKind::long_silence:
    case CueKind::monologue:
    case CueKind::recovered:
      return 0;
  }
  return 0;
}

void OpenCues::raise(const Cue& cue) noexcept {
  newest_[cue.party][static_cast<std::size_t>(cue.kind)] = {cue.raised_at_ms, true};
}

void OpenCues::end(const Cue& cue) noexcept {
  auto& newest = newest_[cue.party][static_cast<std::size_t>(cue.kind)];
  if (newest && newest->raised_at_ms == cue.raised_at_ms) newest->holds = false;
}

bool OpenCues::outrank(const Cue& cue, std::int64_t now_ms) const noexcept {
  const int rank = voice_rank(cue.kind);
  if (rank == 0) return false;
  for (std::size_t kind = 0; kind < kCueKinds; ++kind) {
    const auto& newest = newest_[cue.party][kind];
    if (!newest || voice_rank(static_cast<CueKind>(kind)) <= rank) continue;
    if (newest->holds || now_ms - newest->raised_at_ms < kMomentMs) return true;
  }
  return false;
}

}  // namespace tonecue
