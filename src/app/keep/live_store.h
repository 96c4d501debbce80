/// @file
/// Live calls, put into the store.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "app/command_line/command_line.h"
#include "keeping_rules.h"
#include "tonecue/audio/file_source.h"
#include "tonecue/core/result.h"
#include "tonecue/pipeline/call_keeper.h"
#include "tonecue/store/store.h"

namespace tonecue {

class LiveStore {
 public:
  /// @param config_file  Whose [privacy] counts; empty: the defaults.
  static Result<LiveStore> open(const KeepingOptions& options, const SessionConfig& session,
                                const std::string& config_file);

  /// With which the calls are heard: as of session_for().
  SessionConfig session() const { return session_for(rules_, details_); }

  /// A call that began so long ago. The store outlives it.
  std::unique_ptr<CallKeeper> begin(const RecordingInfo& info, std::int64_t begun_before_ms,
                                    std::function<void(const std::string&)> complain);

 private:
  LiveStore(Store store, KeepingRules rules, CallDetails details);

  std::unique_ptr<Store> store_;
  KeepingRules rules_;
  CallDetails details_;
};

}  // namespace tonecue
