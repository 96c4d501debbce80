/// @file
/// PortAudio, from its start to its end.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include <portaudio.h>

#include "tonecue/core/result.h"

namespace tonecue {

/// Holds PortAudio open. Sessions may nest; the last one closes it.
class PortAudioSession {
 public:
  static Result<PortAudioSession> create();

  PortAudioSession(PortAudioSession&& from) noexcept;
  PortAudioSession& operator=(PortAudioSession&&) = delete;
  ~PortAudioSession();

 private:
  PortAudioSession() = default;
  bool open_ = true;
};

/// A stream of PortAudio's, whose callback is given this object.
struct OpenStream {
  explicit OpenStream(void* target) : works_for(target) {}
  OpenStream(const OpenStream&) = delete;
  OpenStream& operator=(const OpenStream&) = delete;
  ~OpenStream();

  PaStream* stream = nullptr;
  std::atomic<void*> works_for;  ///< What the callback fills or reads; null: it has to end.
};

/// Opens the stream, with the lock of portaudio_mutex() held. One of the parameters is null.
///
/// Debian's PortAudio (19.6) may take an ALSA device that just refuses for opened, and writes into
/// a stream that there is not. Here it writes into nothing that matters.
/// @return `paInternalError` then.
PaError open_stream(OpenStream& opened, const PaStreamParameters* input,
                    const PaStreamParameters* output, int sample_rate_hz, int block_ms,
                    PaStreamCallback* callback);

/// Starts the stream, with the lock of portaudio_mutex() held.
///
/// Debian's PortAudio (19.6) never comes back when an ALSA device goes between opening and start:
/// the thread that it starts ends with a lock that it waits for. The stream is then left to itself,
/// and PortAudio is neither ended nor started anew while that is so.
/// @return `paTimedOut` when it does not come back.
PaError start_in_time(const std::shared_ptr<OpenStream>& stream);

/// Who has streams open besides the one that starts PortAudio anew: the tones' output, say. It is
/// known from its construction to its destruction.
class StreamHolder {
 public:
  StreamHolder();
  StreamHolder(const StreamHolder&) = delete;
  StreamHolder& operator=(const StreamHolder&) = delete;

  /// PortAudio ends now: no stream may stay open.
  virtual void close_streams() noexcept = 0;

  /// It has started, and numbers its devices anew; or it could not, and nothing can be opened.
  virtual void open_streams() noexcept = 0;

  /// A stream that died is opened anew. Called several times a second while inputs are kept open.
  virtual void look_after_streams() noexcept = 0;

 protected:
  virtual ~StreamHolder();
};

/// Ends PortAudio and starts it again, which is how it finds devices that were plugged in since.
/// All sessions go on. Each StreamHolder closes its streams before and opens them after; the caller
/// has closed its own.
Result<void> restart_portaudio();

/// PortAudio lets one thread at a time list, open and close. Whoever does holds this meanwhile; the
/// functions of this header do so themselves.
std::recursive_mutex& portaudio_mutex();

/// Asks each StreamHolder to look after its streams; none where PortAudio is busy.
void look_after_holders() noexcept;

/// What to say when PortAudio does not come back.
Error silent_sound_system();

/// The host API's words where PortAudio has none of its own.
std::string error_text(PaError error);

/// One line for a person.
Error device_error(std::string_view what, PaError error);

}  // namespace tonecue
