#include "call_intake.h"

#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

#include "tonecue/audio/recording_writer.h"
#include "tonecue/pipeline/call_keeper.h"
#include "tonecue/store/call_store.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;

/// Keeps the sound of a call that is analysed.
class SoundKeeper : public CallListener {
 public:
  explicit SoundKeeper(const Store& store)
      : writer_(RecordingWriter::create(fs::path(store.folder()) / "incoming")) {}

  void on_hop(const CallHop& hop) noexcept override {
    if (!writer_) return;
    if (auto written = writer_->write(hop); !written) writer_ = tl::unexpected(written.error());
  }

  Result<void> keep(Store& store, std::int64_t call_id, std::int64_t started_unix_ms) {
    if (!writer_) return tl::unexpected(writer_.error());
    return keep_sound(store, call_id, started_unix_ms, *writer_);
  }

 private:
  Result<RecordingWriter> writer_;
};

/// A recorder writes its file until the call is over.
std::int64_t begin_by_the_file(const std::string& path, std::int64_t duration_ms) {
  std::error_code status;
  const auto written = fs::last_write_time(path, status);
  const auto at = status ? std::chrono::system_clock::now()
                         : std::chrono::time_point_cast<std::chrono::system_clock::duration>(
                               std::chrono::file_clock::to_sys(written));
  const auto unix_ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
  return unix_ms - duration_ms;
}

}  // namespace

Result<std::optional<TakenCall>> take_in(Store& store, const KeepingRules& rules,
                                         const IntakeCall& call, const std::atomic<bool>& stop,
                                         const std::function<void(float)>& on_progress) {
  std::optional<SoundKeeper> sound;
  if (rules.keep_audio) sound.emplace(store);
  auto heard = analyze_call(call.path, call.recording, session_for(rules, call.details), stop,
                            on_progress, sound ? &*sound : nullptr);
  if (!heard) return tl::unexpected(heard.error());
  if (stop) return std::nullopt;

  CallDetails details = call.details;
  if (details.started_unix_ms == 0) {
    details.started_unix_ms = begin_by_the_file(call.path, heard->report.duration_ms);
  }
  CallReport stored = heard->report;
  stored.file = details.source;  // Where it lay is nobody's business but this machine's.
  const auto id = CallStore(store).add(details, rules.makers, stored);
  if (!id) return tl::unexpected(id.error());
  TakenCall taken{.id = *id, .heard = std::move(*heard)};
  if (sound) {
    const auto kept = sound->keep(store, *id, details.started_unix_ms);
    if (!kept) taken.sound_lost = kept.error().message;
  }
  return taken;
}

}  // namespace tonecue
