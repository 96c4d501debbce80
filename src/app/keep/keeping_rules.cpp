#include "keeping_rules.h"

#include <filesystem>

#include "tonecue/app/config_file.h"
#include "tonecue/audio/recording_writer.h"

namespace tonecue {

KeepingRules keeping_rules(const SessionConfig& session, const PrivacySection& privacy,
                           bool keep_audio) {
  return {.session = session,
          .makers = {.program_version = TONECUE_VERSION, .settings_toml = to_toml(session)},
          .keep_audio = keep_audio || privacy.keep_audio,
          .require_notice = privacy.require_notice};
}

SessionConfig session_for(const KeepingRules& rules, const CallDetails& details) {
  SessionConfig session = rules.session;
  if (rules.require_notice && details.consent_ref.empty()) session.judge_distress = false;
  return session;
}

CallDetails details_of(const KeepingOptions& options, CallOrigin origin) {
  return {.agent = options.agent,
          .team = options.team,
          .queue = options.queue,
          .caller_ref = options.caller_ref,
          .consent_ref = options.consent_ref,
          .origin = origin};
}

Result<Store> open_store(const std::string& folder, bool must_exist) {
  StoreConfig config;
  config.folder = folder;
  config.must_exist = must_exist;
  auto store = Store::open(config);
  if (store) remove_unfinished(std::filesystem::path(folder) / "incoming");
  return store;
}

}  // namespace tonecue
