/// @file
/// How calls are written.
#pragma once

#include <cstdint>
#include <string>

#include "store/calls/call_rows.h"
#include "store/database/store_impl.h"
#include "tonecue/core/result.h"
#include "tonecue/store/call_store.h"

namespace tonecue {

/// A new call with its first state, in one transaction.
struct NewCall {
  std::int64_t id = 0;
  StoredRows rows{};
};

/// @return `exists` when a call of this content_sha256 is there.
Result<NewCall> write_new_call(Store::Impl& store, const CallDetails& details,
                               const CallMakers& makers, CallState state, const CallReport& report);

class CallWriter::Impl {
 public:
  Impl(Store::Impl& store, NewCall call) : store_(&store), call_(std::move(call)) {}

  std::int64_t call_id() const noexcept { return call_.id; }
  Result<void> write(CallState state, const CallReport& report, Extent extent);

 private:
  Store::Impl* store_;
  NewCall call_;
};

}  // namespace tonecue
