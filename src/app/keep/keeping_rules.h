/// @file
/// How calls are analysed that go into the store.
#pragma once

#include <string>

#include "app/command_line/command_line.h"
#include "tonecue/app/serve_config.h"
#include "tonecue/core/result.h"
#include "tonecue/pipeline/call_session.h"
#include "tonecue/store/call_details.h"
#include "tonecue/store/store.h"

namespace tonecue {

/// The same for all calls of one program.
struct KeepingRules {
  SessionConfig session{};
  CallMakers makers{};
  bool keep_audio = false;
  bool require_notice = false;
};

KeepingRules keeping_rules(const SessionConfig& session, const PrivacySection& privacy,
                           bool keep_audio);

/// Of one call: without a distress model where notice is required and nothing says that it was
/// given.
SessionConfig session_for(const KeepingRules& rules, const CallDetails& details);

/// What the command line says of a call.
CallDetails details_of(const KeepingOptions& options, CallOrigin origin);

/// Opens the store, made where it is missing unless it must exist; half recordings that a crash
/// left go.
Result<Store> open_store(const std::string& folder, bool must_exist);

}  // namespace tonecue
