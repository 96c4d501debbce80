#include <fmt/format.h>

#include "app/commands.h"
#include "app/keep/keeping_rules.h"
#include "tonecue/store/audit_log.h"

namespace tonecue {

int verify_audit(const AuditVerifyOptions& options, const Console& console) {
  auto store = open_store(options.folder, true);
  if (!store) return fail(console, store.error());
  const auto check = AuditLog(*store).verify();
  if (!check) return fail(console, check.error());
  if (check->first_broken) {
    return fail(console,
                {ErrorCode::corrupt,
                 fmt::format("{}: the log was changed: entry {} does not fit the one before it",
                             options.folder, *check->first_broken)});
  }
  const auto with_head = AuditLog(*store).verify(options.head);
  if (!with_head) return fail(console, with_head.error());
  if (with_head->first_broken) {
    return fail(console, {ErrorCode::corrupt,
                          fmt::format("{}: the hash {} is not in the log: its end was cut off, it "
                                      "was written anew, or that entry is forgotten by now",
                                      options.folder, options.head)});
  }
  const auto printed =
      print(console, check->entries == 0 ? std::string("The log is empty.\n")
                                         : fmt::format("{} entries, none changed. The newest: {}\n",
                                                       check->entries, check->head_sha256));
  return printed ? kDone : fail(console, printed.error());
}

}  // namespace tonecue
