/// @file
/// What a query says of a recording that is handed in.
#pragma once

#include <cstdint>
#include <span>

#include "tonecue/core/result.h"
#include "tonecue/server/http_message.h"
#include "tonecue/server/review_server.h"

namespace tonecue {

/// Reads name, agent, team, queue, caller_ref, consent_ref, started_at and agent_channel, each at
/// most once; `name` must be there and must be a name, without folders: it is kept as a text for
/// people and nothing is opened by it. Without `started_at` the call began now.
/// @return `invalid_argument`: one line that names the key. Path, team rules and who hands it in
/// are the caller's.
Result<IntakeFile> read_upload_query(std::span<const NameValue> query, std::int64_t now_unix_ms);

}  // namespace tonecue
