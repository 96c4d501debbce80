#include "store/calls/call_writer.h"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "store/audit/audit_append.h"
#include "store/calls/abandoned_calls.h"
#include "store/calls/details_check.h"
#include "tonecue/core/unix_time.h"

namespace tonecue {
namespace {

Result<std::optional<std::int64_t>> call_of_content(Connection& connection,
                                                    std::string_view sha256) {
  Statement find = connection.prepare("SELECT id FROM calls WHERE content_sha256 = ?1");
  find.bind_all(sha256);
  std::optional<std::int64_t> id;
  if (find.step()) id = find.integer(0);
  if (auto ok = find.result(); !ok) return tl::unexpected(ok.error());
  return id;
}

Result<void> expect_new(Connection& connection, const CallDetails& details) {
  if (details.content_sha256.empty()) return {};
  auto known = call_of_content(connection, details.content_sha256);
  if (!known) return tl::unexpected(known.error());
  if (!*known) return {};
  return failure(ErrorCode::exists,
                 fmt::format("this recording is stored already, as call {}", **known));
}

// Who is written down for a call that comes in; empty where the one who handed it in is already.
std::string_view who_brings(CallOrigin origin) noexcept {
  switch (origin) {
    case CallOrigin::recording:
      return "analyze";
    case CallOrigin::watched:
      return "watch";
    case CallOrigin::live:
      return "live";
    case CallOrigin::uploaded:
      break;
  }
  return {};
}

Result<void> write_down_arrival(Connection& connection, std::int64_t id, const CallDetails& details,
                                std::int64_t now_unix_ms) {
  const std::string_view who = who_brings(details.origin);
  if (who.empty()) return {};
  const std::string& content = details.content_sha256;
  return append_audit(connection, {.at_unix_ms = now_unix_ms,
                                   .who = std::string(who),
                                   .action = "call.add",
                                   .target = fmt::format("call/{}", id),
                                   .detail = content.empty() ? "" : "sha256 " + content});
}

}  // namespace

Result<NewCall> write_new_call(Store::Impl& store, const CallDetails& details,
                               const CallMakers& makers, CallState state,
                               const CallReport& report) {
  if (auto ok = validate(details); !ok) return tl::unexpected(ok.error());
  auto writing = store.write();
  if (!writing) return tl::unexpected(writing.error());
  Connection& connection = writing->connection();
  if (auto ok = expect_new(connection, details); !ok) return tl::unexpected(ok.error());
  auto settings = settings_id_of(connection, makers.settings_toml);
  if (!settings) return tl::unexpected(settings.error());
  const std::int64_t now_unix_ms = unix_ms_now();
  auto id = insert_call(connection, details, makers.program_version, *settings, now_unix_ms);
  if (!id) return tl::unexpected(id.error());
  NewCall call{.id = *id};
  auto done = update_call(connection, *id, state, report, Extent::whole, now_unix_ms, call.rows);
  if (done) done = write_down_arrival(connection, *id, details, now_unix_ms);
  if (done) done = writing->commit();
  if (!done) return tl::unexpected(done.error());
  return call;
}

// What is known of the rows changes when they are on the disk, not before: after a failure the next
// one brings all that is missing.
Result<void> CallWriter::Impl::write(CallState state, const CallReport& report, Extent extent) {
  auto writing = store_->write();
  if (!writing) return tl::unexpected(writing.error());
  StoredRows rows = call_.rows;
  if (auto ok =
          update_call(writing->connection(), call_.id, state, report, extent, unix_ms_now(), rows);
      !ok) {
    return ok;
  }
  if (auto ok = writing->commit(); !ok) return ok;
  call_.rows = std::move(rows);
  return {};
}

// --- CallWriter

CallWriter::CallWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CallWriter::CallWriter(CallWriter&&) noexcept = default;
CallWriter& CallWriter::operator=(CallWriter&&) noexcept = default;
CallWriter::~CallWriter() = default;

std::int64_t CallWriter::call_id() const noexcept { return impl_->call_id(); }

Result<void> CallWriter::update(const CallReport& so_far) {
  return impl_->write(CallState::open, so_far, Extent::grown);
}

Result<void> CallWriter::finish(const CallReport& report) {
  return impl_->write(CallState::done, report, Extent::whole);
}

// --- CallStore: new calls

Result<std::int64_t> CallStore::add(const CallDetails& details, const CallMakers& makers,
                                    const CallReport& report) {
  auto call = write_new_call(store_->impl(), details, makers, CallState::done, report);
  if (!call) return tl::unexpected(call.error());
  return call->id;
}

Result<CallWriter> CallStore::begin(const CallDetails& details, const CallMakers& makers,
                                    const CallReport& so_far) {
  auto call = write_new_call(store_->impl(), details, makers, CallState::open, so_far);
  if (!call) return tl::unexpected(call.error());
  return CallWriter(std::make_unique<CallWriter::Impl>(store_->impl(), std::move(*call)));
}

Result<std::optional<std::int64_t>> CallStore::find_content(std::string_view sha256) const {
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  return call_of_content(reading->connection(), sha256);
}

}  // namespace tonecue
