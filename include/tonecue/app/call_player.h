/// @file
/// A call from its source to its end.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "tonecue/audio/audio_source.h"
#include "tonecue/core/result.h"
#include "tonecue/pipeline/call_listener.h"
#include "tonecue/pipeline/call_recorder.h"
#include "tonecue/pipeline/call_session.h"
#include "tonecue/report/call_report.h"

namespace tonecue {

/// How a call is played. The result does not depend on it.
struct PlayConfig {
  int block_samples = kSampleRateHz / 2;  ///< Read at once; at least 1.
  double speed = 0.0;  ///< Against the clock, times real time; 0: as fast as it can.
  std::function<void(std::int64_t samples)> on_progress;  ///< After each block; may be empty.
};

/// Reads `source` until it ends or `stop` is set, passes it through `session`, and finishes that.
/// @return Samples of call time heard, or the source's error, in which case the session is finished
/// with what came before it.
Result<std::int64_t> play_call(AudioSource& source, CallSession& session, CallListener& listener,
                               const PlayConfig& config, const std::atomic<bool>& stop);

/// The same through a new session, written down.
/// @param beside  Hears all of it as well; may be null.
Result<CallReport> record_call(AudioSource& source, const SessionConfig& session_config,
                               CallRecorder& recorder, const PlayConfig& config,
                               const std::atomic<bool>& stop, CallListener* beside = nullptr);

}  // namespace tonecue
