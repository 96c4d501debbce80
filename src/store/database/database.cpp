#include "store/database/database.h"

#include <chrono>
#include <cmath>
#include <thread>

#include <fmt/format.h>
#include <sqlite3.h>

namespace tonecue {
namespace {

// The destructor argument that makes SQLite copy, without the C cast of its macro.
sqlite3_destructor_type copies() {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): SQLite chose a number that no function has.
  return reinterpret_cast<sqlite3_destructor_type>(-1);
}

// SQLite speaks of these; what to do about them is ours to say.
ErrorCode code_of(int sqlite_code) {
  switch (sqlite_code & 0xFF) {
    case SQLITE_CONSTRAINT:
      if (sqlite_code == SQLITE_CONSTRAINT_UNIQUE || sqlite_code == SQLITE_CONSTRAINT_PRIMARYKEY) {
        return ErrorCode::exists;
      }
      return sqlite_code == SQLITE_CONSTRAINT_FOREIGNKEY ? ErrorCode::not_found
                                                         : ErrorCode::invalid_argument;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::corrupt;
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
    case SQLITE_ERROR:
      return ErrorCode::invalid_argument;
    default:
      return ErrorCode::unwritable;
  }
}

std::string advice_of(int sqlite_code) {
  switch (sqlite_code & 0xFF) {
    case SQLITE_FULL:
      return "the disk is full; free some space, what is stored is whole";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return fmt::format("another program has had it locked for {} s; try again, or end that one",
                         Connection::kPatienceMs / 1000);
    case SQLITE_NOTADB:
      return "this is no database; give another folder, or put a backup in its place";
    case SQLITE_CORRUPT:
      return "the file is damaged or cut off; put a backup in its place";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return "cannot be written; give this user the right to write the folder and the files in it";
    case SQLITE_IOERR:
      return "reading or writing the disk failed; look at its state and at its free space";
    default:
      return {};
  }
}

}  // namespace

// --- Statement

Statement::Statement(Connection& connection, std::string sql, sqlite3_stmt* handle)
    : connection_(&connection), sql_(std::move(sql)), handle_(handle) {}

Statement::Statement(Statement&& other) noexcept
    : connection_(other.connection_),
      sql_(std::move(other.sql_)),
      handle_(std::exchange(other.handle_, nullptr)),
      failure_(std::move(other.failure_)) {}

Statement::~Statement() {
  if (handle_ != nullptr) connection_->give_back(std::move(sql_), handle_);
}

void Statement::keep_failure(int code) {
  if (!failure_) failure_ = connection_->error_of(code);
}

void Statement::bind(int place, std::int64_t value) {
  if (failure_) return;
  if (const int code = sqlite3_bind_int64(handle_, place, value); code != SQLITE_OK) {
    keep_failure(code);
  }
}

void Statement::bind(int place, double value) {
  if (!std::isfinite(value)) return bind(place, std::nullopt);
  if (failure_) return;
  if (const int code = sqlite3_bind_double(handle_, place, value); code != SQLITE_OK) {
    keep_failure(code);
  }
}

void Statement::bind(int place, std::string_view value) {
  if (failure_) return;
  const char* bytes = value.data() == nullptr ? "" : value.data();
  const int code = sqlite3_bind_text64(handle_, place, bytes, value.size(), copies(), SQLITE_UTF8);
  if (code != SQLITE_OK) keep_failure(code);
}

void Statement::bind(int place, BlobView value) {
  if (failure_) return;
  const char* bytes = value.bytes.data() == nullptr ? "" : value.bytes.data();
  const int code = sqlite3_bind_blob64(handle_, place, bytes, value.bytes.size(), copies());
  if (code != SQLITE_OK) keep_failure(code);
}

void Statement::bind(int place, std::nullopt_t) {
  if (failure_) return;
  if (const int code = sqlite3_bind_null(handle_, place); code != SQLITE_OK) keep_failure(code);
}

int Statement::places() const { return sqlite3_bind_parameter_count(handle_); }

bool Statement::step() {
  if (failure_) return false;
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) keep_failure(code);
  sqlite3_reset(handle_);
  return false;
}

Result<void> Statement::run() {
  while (step()) {
  }
  return result();
}

void Statement::reset() {
  if (handle_ != nullptr) sqlite3_reset(handle_);
}

Result<void> Statement::result() const {
  if (failure_) return tl::unexpected(*failure_);
  return {};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_, column); }

double Statement::real(int column) const { return sqlite3_column_double(handle_, column); }

std::string_view Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

std::string_view Statement::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

std::optional<std::int64_t> Statement::optional_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<float> Statement::optional_number(int column) const {
  if (is_null(column)) return std::nullopt;
  return number(column);
}

// --- Connection

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path, Access access) {
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (access == Access::write ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  std::unique_ptr<Connection> connection(new Connection(path, handle));
  if (code != SQLITE_OK) return tl::unexpected(connection->error_of(code));
  sqlite3_busy_timeout(handle, kPatienceMs);
  // What is deleted is overwritten, as people who ask for deletion expect.
  std::string settings =
      "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
      "PRAGMA journal_mode = WAL;";
  // 16 MiB: the list looks through the whole of an index, 9 MB for 100,000 calls.
  if (access == Access::read) settings += "PRAGMA query_only = ON; PRAGMA cache_size = -16384;";
  if (auto ok = connection->settle(settings); !ok) return tl::unexpected(ok.error());
  return connection;
}

// Two who open a new database at once both want to change its journal: SQLite sees that they would
// wait for each other, and refuses one of them without any patience.
Result<void> Connection::settle(const std::string& settings) {
  using std::chrono::steady_clock;
  const auto end = steady_clock::now() + std::chrono::milliseconds(kPatienceMs);
  for (;;) {
    const int code = sqlite3_exec(handle_, settings.c_str(), nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) return {};
    const bool is_busy = (code & 0xFF) == SQLITE_BUSY;
    if (!is_busy || steady_clock::now() >= end) return tl::unexpected(error_of(code));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

Connection::~Connection() {
  for (const auto& [sql, handle] : kept_) sqlite3_finalize(handle);
  sqlite3_close(handle_);
}

Statement Connection::prepare(std::string_view sql) {
  if (const auto kept = kept_.find(sql); kept != kept_.end()) {
    auto node = kept_.extract(kept);
    return {*this, std::move(node.key()), node.mapped()};
  }
  sqlite3_stmt* handle = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
  Statement statement(*this, std::string(sql), handle);
  if (code != SQLITE_OK) statement.keep_failure(code);
  return statement;
}

void Connection::give_back(std::string sql, sqlite3_stmt* handle) noexcept {
  sqlite3_reset(handle);
  sqlite3_clear_bindings(handle);
  if (kept_.size() >= kMostKept || !kept_.emplace(std::move(sql), handle).second) {
    sqlite3_finalize(handle);
  }
}

Result<void> Connection::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return tl::unexpected(error_of(code));
  return {};
}

void Connection::roll_back() noexcept {
  if (sqlite3_get_autocommit(handle_) == 0) {
    sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

Result<std::int64_t> Connection::integer_of(std::string_view sql) {
  Statement statement = prepare(sql);
  const std::int64_t value = statement.step() ? statement.integer(0) : 0;
  if (auto ok = statement.result(); !ok) return tl::unexpected(ok.error());
  return value;
}

std::int64_t Connection::last_insert_id() const noexcept {
  return sqlite3_last_insert_rowid(handle_);
}

std::int64_t Connection::changes() const noexcept { return sqlite3_changes64(handle_); }

Error Connection::error_of(int code) const {
  const std::string advice = advice_of(code);
  if (!advice.empty()) return {code_of(code), fmt::format("{}: {}", path_, advice)};
  const char* told = handle_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle_);
  return {code_of(code), fmt::format("{}: {}", path_, told)};
}

}  // namespace tonecue
