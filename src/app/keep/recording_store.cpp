#include "recording_store.h"

#include <filesystem>
#include <utility>

#include "call_intake.h"
#include "tonecue/app/serve_config.h"
#include "tonecue/audio/file_hash.h"
#include "tonecue/store/call_store.h"

namespace tonecue {

Result<RecordingStore> RecordingStore::open(const KeepingOptions& options,
                                            const SessionConfig& session,
                                            const std::string& config_file) {
  const auto config = load_serve_config(config_file);
  if (!config) return tl::unexpected(config.error());
  auto store = open_store(options.folder, false);
  if (!store) return tl::unexpected(store.error());
  return RecordingStore(std::move(*store),
                        keeping_rules(session, config->privacy, options.keep_audio),
                        details_of(options, CallOrigin::recording));
}

RecordingStore::RecordingStore(Store store, KeepingRules rules, CallDetails details)
    : store_(std::make_unique<Store>(std::move(store))),
      rules_(std::move(rules)),
      details_(std::move(details)) {}

Result<std::optional<RecordingStore::Taken>> RecordingStore::known(
    const std::string& sha256) const {
  const auto id = CallStore(*store_).find_content(sha256);
  if (!id) return tl::unexpected(id.error());
  if (!*id) return std::nullopt;
  return Taken{.call_id = **id};
}

Result<std::optional<RecordingStore::Taken>> RecordingStore::take(
    const std::string& path, const RecordingConfig& recording, const std::atomic<bool>& stop,
    const std::function<void(float)>& on_progress) const {
  const auto hash = hash_file(path);
  if (!hash) return tl::unexpected(hash.error());
  auto there = known(hash->sha256);
  if (!there || *there) return there;
  IntakeCall call{path, recording, details_};
  call.details.content_sha256 = hash->sha256;
  call.details.source = std::filesystem::path(path).filename().string();
  auto taken = take_in(*store_, rules_, call, stop, on_progress);
  if (!taken && taken.error().code == ErrorCode::exists) return known(hash->sha256);
  if (!taken) return tl::unexpected(taken.error());
  if (!*taken) return std::nullopt;
  return Taken{(*taken)->id, std::move((*taken)->heard), std::move((*taken)->sound_lost)};
}

}  // namespace tonecue
