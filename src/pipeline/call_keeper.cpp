#include "tonecue/pipeline/call_keeper.h"

#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

#include <fmt/format.h>

namespace tonecue {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kMostTries = 3;  // At the end of a call, when a person may be waiting.
constexpr std::chrono::milliseconds kBetweenTries{500};

}  // namespace

CallKeeper::CallKeeper(Store& store, CallKeeperConfig config,
                       std::function<void(const std::string&)> complain)
    : store_(&store),
      config_(std::move(config)),
      complain_(std::move(complain)),
      recorder_(config_.info) {}

void CallKeeper::on_hop(const CallHop& hop) noexcept {
  if (!std::exchange(begun_, true)) begin_sound();
  recorder_.on_hop(hop);
  if (sound_) {
    if (const auto written = sound_->write(hop); !written) end_sound(written.error());
  }
  const auto now = Clock::now();
  if (now - updated_at_ < config_.update_every) return;
  updated_at_ = now;
  update();
}

void CallKeeper::begin_sound() {
  if (!config_.keep_audio) return;
  auto sound = RecordingWriter::create(fs::path(store_->folder()) / "incoming");
  if (!sound) return complain_(sound.error().message + "; the call goes on without");
  sound_ = std::move(*sound);
}

void CallKeeper::end_sound(const Error& why) {
  sound_.reset();
  complain_(why.message + "; the call goes on without");
}

void CallKeeper::update() {
  const auto updated = try_update();
  if (updated) {
    if (std::exchange(in_trouble_, false)) complain_("the call is stored again");
  } else if (!std::exchange(in_trouble_, true)) {
    complain_(fmt::format("the call cannot be stored now, and is tried again each second: {}",
                          updated.error().message));
  }
}

Result<void> CallKeeper::try_update() {
  const CallReport& so_far = recorder_.so_far();
  if (writer_) return writer_->update(so_far);
  auto writer = CallStore(*store_).begin(config_.details, config_.makers, so_far);
  if (!writer) return tl::unexpected(writer.error());
  writer_ = std::move(*writer);
  return {};
}

Result<void> CallKeeper::try_finish(const CallReport& report) {
  if (!writer_) {
    auto writer = CallStore(*store_).begin(config_.details, config_.makers, report);
    if (!writer) return tl::unexpected(writer.error());
    writer_ = std::move(*writer);
  }
  return writer_->finish(report);
}

Result<std::int64_t> CallKeeper::finish(const CallReport& report) {
  auto finished = try_finish(report);
  for (int tries = 1; !finished && tries < kMostTries; ++tries) {
    std::this_thread::sleep_for(kBetweenTries);
    finished = try_finish(report);
  }
  if (!finished) {
    return failure(finished.error().code,
                   "the call is not stored as a whole: " + finished.error().message);
  }
  const std::int64_t id = writer_->call_id();
  if (sound_) {
    const auto kept = keep_sound(*store_, id, config_.details.started_unix_ms, *sound_);
    sound_.reset();
    if (!kept) return tl::unexpected(kept.error());
  }
  return id;
}

std::string recording_place(std::int64_t call_id, std::int64_t started_unix_ms) {
  using std::chrono::floor;
  const std::chrono::sys_time<std::chrono::milliseconds> started{
      std::chrono::milliseconds(started_unix_ms)};
  const std::chrono::year_month_day day{floor<std::chrono::days>(started)};
  return fmt::format("recordings/{:04}/{:02}/{}.flac", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), call_id);
}

Result<void> keep_sound(Store& store, std::int64_t call_id, std::int64_t started_unix_ms,
                        RecordingWriter& sound) {
  const std::string place = recording_place(call_id, started_unix_ms);
  const fs::path path = fs::path(store.folder()) / place;
  const auto file = sound.finish(path);
  if (!file) return tl::unexpected(file.error());
  auto kept = CallStore(store).keep_recording(call_id, {place, file->sha256, file->size_bytes});
  if (kept) return kept;
  std::error_code ignored;
  fs::remove(path, ignored);
  return kept;
}

}  // namespace tonecue
