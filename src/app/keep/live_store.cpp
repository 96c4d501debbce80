#include "live_store.h"

#include <filesystem>
#include <utility>

#include "tonecue/app/serve_config.h"
#include "tonecue/core/unix_time.h"

namespace tonecue {

Result<LiveStore> LiveStore::open(const KeepingOptions& options, const SessionConfig& session,
                                  const std::string& config_file) {
  const auto config = load_serve_config(config_file);
  if (!config) return tl::unexpected(config.error());
  auto store = open_store(options.folder, false);
  if (!store) return tl::unexpected(store.error());
  return LiveStore(std::move(*store), keeping_rules(session, config->privacy, options.keep_audio),
                   details_of(options, CallOrigin::live));
}

LiveStore::LiveStore(Store store, KeepingRules rules, CallDetails details)
    : store_(std::make_unique<Store>(std::move(store))),
      rules_(std::move(rules)),
      details_(std::move(details)) {}

std::unique_ptr<CallKeeper> LiveStore::begin(const RecordingInfo& info,
                                             std::int64_t begun_before_ms,
                                             std::function<void(const std::string&)> complain) {
  CallKeeperConfig config{
      .details = details_, .makers = rules_.makers, .info = info, .keep_audio = rules_.keep_audio};
  config.details.started_unix_ms = unix_ms_now() - begun_before_ms;
  config.details.source = std::filesystem::path(info.path).filename().string();
  config.info.path = config.details.source;
  return std::make_unique<CallKeeper>(*store_, std::move(config), std::move(complain));
}

}  // namespace tonecue
