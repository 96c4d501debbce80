/// @file
/// What the answers of the review server are made from.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "call_views.h"
#include "once_an_hour.h"
#include "refusal_log.h"
#include "sign_in_limit.h"
#include "tonecue/core/result.h"
#include "tonecue/server/review_server.h"
#include "tonecue/store/audit_log.h"
#include "tonecue/store/call_store.h"
#include "tonecue/store/people.h"
#include "tonecue/store/review_store.h"
#include "tonecue/store/sessions.h"
#include "tonecue/store/store.h"

namespace tonecue {

/// Threads: answers run on several threads at once; nothing here changes after create but what the
/// store keeps, and those that guard themselves.
class ReviewDesk {
 public:
  ReviewDesk(Store& calls_store, const ReviewConfig& settings, const ReviewActions& program)
      : calls(calls_store),
        reviews(calls_store),
        people(calls_store),
        sessions(calls_store),
        tokens(calls_store),
        audit(calls_store),
        config(settings),
        actions(program),
        store(calls_store) {
    calls.set_agent_first_h(config.agent_first_h);
    reviews.set_agent_first_h(config.agent_first_h);
  }

  CallStore calls;
  ReviewStore reviews;
  People people;
  Sessions sessions;
  MachineTokens tokens;
  AuditLog audit;
  const ReviewConfig& config;
  const ReviewActions& actions;
  Store& store;

  SignInLimit sign_ins;
  RefusalLog refusals;
  CallViews views;
  OnceAnHour plays;
  std::atomic<std::uint64_t> faults{0};  ///< Errors that were told with a number.
};

}  // namespace tonecue
