/// @file
/// How an entry of the audit log is tied to the one before.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tonecue/store/audit_log.h"

namespace tonecue {

/// What stands before the first entry.
inline constexpr std::string_view kAuditStart =
    "0000000000000000000000000000000000000000000000000000000000000000";

/// SHA-256 over the hash of the entry before, the number, the time and each text, all as
/// "LENGTH:BYTES," (netstrings), so that nothing can move from one field into the next. 64 digits.
std::string audit_sha256(std::string_view before_sha256, std::int64_t number,
                         const AuditEvent& event);

/// As it is kept: UTF-8 on one line, each text at most `kLongestAuditText` bytes; what is neither
/// becomes a question mark.
AuditEvent fit_for_audit(AuditEvent event);

inline constexpr std::size_t kLongestAuditText = 500;

}  // namespace tonecue
