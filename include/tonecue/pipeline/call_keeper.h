/// @file
/// Puts a call into the store while it lasts.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "tonecue/audio/file_source.h"
#include "tonecue/audio/recording_writer.h"
#include "tonecue/core/result.h"
#include "tonecue/pipeline/call_listener.h"
#include "tonecue/pipeline/call_recorder.h"
#include "tonecue/pipeline/listener_thread.h"
#include "tonecue/store/call_details.h"
#include "tonecue/store/call_store.h"
#include "tonecue/store/store.h"

namespace tonecue {

struct CallKeeperConfig {
  CallDetails details{};
  CallMakers makers{};
  RecordingInfo info{};     ///< As of CallRecorder.
  bool keep_audio = false;  ///< The sound as well, as RecordingWriter writes it.
  std::chrono::milliseconds update_every{1000};  ///< By the clock, not by the call.
};

/// Writes down a call as it goes, so that a crash loses its last second at most. What cannot be
/// written is told once, and tried again a second later; a recording that cannot be written ends
/// there. The call goes on in any case.
///
/// Real-time: no; behind a ListenerThread in a live call.
/// Threads: the events come on one thread; finish() when it has told its last.
class CallKeeper : public CallListener {
 public:
  static constexpr Interest kInterest{.hops = true, .frames = true, .turns = true};

  /// @param store  Outlives this.
  /// @param complain  Told each trouble, and its end, in one line; on the thread of the events.
  CallKeeper(Store& store, CallKeeperConfig config,
             std::function<void(const std::string&)> complain);

  void on_hop(const CallHop& hop) noexcept override;
  void on_frame(const CallFrame& frame) noexcept override { recorder_.on_frame(frame); }
  void on_turn(const TurnFrame& frame) noexcept override { recorder_.on_turn(frame); }
  void on_cue(const CueChange& change) noexcept override { recorder_.on_cue(change); }
  void on_alert(const Alert& alert) noexcept override { recorder_.on_alert(alert); }
  void on_answer(const AlertAnswer& answer) noexcept override { recorder_.on_answer(answer); }

  /// The call is over: its last state, and its recording. May be called again, with answers to
  /// alerts that came late.
  /// @return Its id in the store, or why it is not there as it should be.
  Result<std::int64_t> finish(const CallReport& report);

 private:
  void begin_sound();
  void end_sound(const Error& why);
  void update();
  Result<void> try_update();
  Result<void> try_finish(const CallReport& report);

  Store* store_;
  CallKeeperConfig config_;
  std::function<void(const std::string&)> complain_;
  CallRecorder recorder_;
  std::optional<CallWriter> writer_;  // None: the call could not be begun yet.
  std::optional<RecordingWriter> sound_;
  bool begun_ = false;
  bool in_trouble_ = false;
  std::chrono::steady_clock::time_point updated_at_{};
};

/// Where the sound of a call lies, from the store's folder on: "recordings/2026/11/12.flac", by
/// year and month (UTC) of its begin.
std::string recording_place(std::int64_t call_id, std::int64_t started_unix_ms);

/// Finishes the sound of a call that is stored, and tells the store of it.
/// @return Why it could not; then nothing of it is left.
Result<void> keep_sound(Store& store, std::int64_t call_id, std::int64_t started_unix_ms,
                        RecordingWriter& sound);

}  // namespace tonecue
