#include "store/database/migrations.h"

#include <array>
#include <cstdint>

#include <fmt/format.h>

namespace tonecue {

extern const std::string_view kSchema001Calls;
extern const std::string_view kSchema002People;
extern const std::string_view kSchema003Reviews;
extern const std::string_view kSchema004Scores;
extern const std::string_view kSchema005WatchedFiles;
extern const std::string_view kSchema006LiveAlerts;
extern const std::string_view kSchema007RemovedCues;

namespace {

// "tncu": how `file` and other programs know a database of ours.
constexpr std::int64_t kApplicationId = 0x746e6375;

// Foreign keys are off while a step rebuilds tables, and looked at when it is done.
Result<void> take_step(Connection& connection, std::string_view sql, std::size_t version) {
  if (auto ok = connection.execute(std::string(sql)); !ok) return ok;
  auto broken = connection.integer_of("SELECT count(*) FROM pragma_foreign_key_check");
  if (!broken) return tl::unexpected(broken.error());
  if (*broken != 0) {
    return failure(ErrorCode::corrupt,
                   fmt::format("step {} of the schema would leave {} rows that point nowhere",
                               version, *broken));
  }
  return connection.execute(fmt::format("PRAGMA user_version = {}", version));
}

Result<void> expect_ours(Connection& connection, const std::string& path, std::size_t newest) {
  auto version = connection.integer_of("PRAGMA user_version");
  if (!version) return tl::unexpected(version.error());
  auto application = connection.integer_of("PRAGMA application_id");
  if (!application) return tl::unexpected(application.error());
  auto tables = connection.integer_of("SELECT count(*) FROM sqlite_schema");
  if (!tables) return tl::unexpected(tables.error());
  if (*application != kApplicationId && (*tables != 0 || *version != 0)) {
    return failure(ErrorCode::corrupt,
                   path + " is the database of another program; give another folder");
  }
  if (*version > static_cast<std::int64_t>(newest)) {
    return failure(ErrorCode::unsupported,
                   fmt::format("{} was written by a newer tonecue (version {} of its schema, this "
                               "one knows {}); bring this program up to date",
                               path, *version, newest));
  }
  return {};
}

// Asks again within the transaction: another process may have taken the step meanwhile.
Result<bool> take_next_step(Connection& connection, std::span<const std::string_view> steps) {
  if (auto ok = connection.execute("BEGIN IMMEDIATE"); !ok) return tl::unexpected(ok.error());
  Result<void> done;
  bool last = true;
  auto version = connection.integer_of("PRAGMA user_version");
  if (!version) {
    done = tl::unexpected(version.error());
  } else if (const auto at = static_cast<std::size_t>(*version); at < steps.size()) {
    last = false;
    if (at == 0) {
      done = connection.execute(fmt::format("PRAGMA application_id = {}", kApplicationId));
    }
    if (done) done = take_step(connection, steps[at], at + 1);
  }
  if (done) done = connection.execute("COMMIT");
  if (!done) {
    connection.roll_back();
    return tl::unexpected(done.error());
  }
  return !last;
}

}  // namespace

std::span<const std::string_view> schema_steps() noexcept {
  // In order; a step that was ever released is never changed, only followed by another.
  static const std::array steps = {
      kSchema001Calls,        kSchema002People,     kSchema003Reviews,    kSchema004Scores,
      kSchema005WatchedFiles, kSchema006LiveAlerts, kSchema007RemovedCues};
  return steps;
}

Result<void> migrate(Connection& connection, const std::string& path,
                     std::span<const std::string_view> steps) {
  // In one transaction: another process may be making the database at this moment.
  if (auto ok = connection.execute("BEGIN"); !ok) return ok;
  auto ours = expect_ours(connection, path, steps.size());
  connection.roll_back();
  if (!ours) return ours;
  if (auto ok = connection.execute("PRAGMA foreign_keys = OFF"); !ok) return ok;
  for (bool more = true; more;) {
    auto taken = take_next_step(connection, steps);
    if (!taken) return tl::unexpected(taken.error());
    more = *taken;
  }
  return connection.execute("PRAGMA foreign_keys = ON");
}

}  // namespace tonecue
