/// @file
/// SQLite, with values and errors of ours.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tonecue/core/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace tonecue {

class Connection;

struct BlobView {  ///< Bound as a BLOB.
  std::string_view bytes{};
};

/// One prepared statement. Its first failure is kept, and what comes after it does nothing, so that
/// it is asked for once, at the end:
///
///     Statement calls = connection.prepare("SELECT id, agent FROM calls WHERE team = ?1");
///     calls.bind(1, team);
///     while (calls.step()) use(calls.integer(0), calls.text(1));
///     if (auto ok = calls.result(); !ok) return tl::unexpected(ok.error());
///
/// It must not outlive its connection.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  /// Places count from 1. Texts and blobs are copied; numbers that are not finite become NULL.
  void bind(int place, std::int64_t value);
  void bind(int place, int value) { bind(place, std::int64_t{value}); }
  void bind(int place, bool value) { bind(place, std::int64_t{value ? 1 : 0}); }
  void bind(int place, double value);
  void bind(int place, float value) { bind(place, static_cast<double>(value)); }
  void bind(int place, std::string_view value);
  void bind(int place, const std::string& value) { bind(place, std::string_view(value)); }
  void bind(int place, const char* value) { bind(place, std::string_view(value)); }
  void bind(int place, BlobView value);
  void bind(int place, std::nullopt_t);
  template <class T>
  void bind(int place, const std::optional<T>& value) {
    if (value) {
      bind(place, *value);
    } else {
      bind(place, std::nullopt);
    }
  }

  /// Binds all of them, from place 1 on.
  template <class... Values>
  void bind_all(const Values&... values) {
    int place = 0;
    (bind(++place, values), ...);
  }

  /// How many places there are; a `?` without a number is the one after all before it.
  int places() const;

  /// @return Whether there is a row to read; false at the end and after a failure.
  bool step();

  /// For statements without rows. Afterwards it may be bound and run again.
  Result<void> run();

  /// To the state before the first step; what is bound stays.
  void reset();

  /// The first failure, if there was one.
  Result<void> result() const;

  /// Of the present row, from 0. A NULL reads as 0 or empty where no optional is asked for.
  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  float number(int column) const { return static_cast<float>(real(column)); }
  bool flag(int column) const { return integer(column) != 0; }
  std::string_view text(int column) const;  ///< Until the next step.
  std::string_view blob(int column) const;  ///< Until the next step.
  std::optional<std::int64_t> optional_integer(int column) const;
  std::optional<float> optional_number(int column) const;

 private:
  friend class Connection;
  Statement(Connection& connection, std::string sql, sqlite3_stmt* handle);
  void keep_failure(int code);

  Connection* connection_;
  std::string sql_;
  sqlite3_stmt* handle_;
  std::optional<Error> failure_{};
};

/// One connection to one database file; keeps its prepared statements.
///
/// Threads: one at a time.
class Connection {
 public:
  enum class Access { read, write };

  /// How long it waits for another one to finish writing.
  static constexpr int kPatienceMs = 5000;

  /// @param path  Made, when `access` is write and there is none.
  static Result<std::unique_ptr<Connection>> open(const std::string& path, Access access);

  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// Never fails itself: a mistake in `sql` is told by the statement's result().
  Statement prepare(std::string_view sql);

  /// Any number of statements, without values and rows.
  Result<void> execute(const std::string& sql);

  /// Takes back what was begun and not committed, if anything was.
  void roll_back() noexcept;

  /// The first column of the first row of a statement without values.
  Result<std::int64_t> integer_of(std::string_view sql);

  std::int64_t last_insert_id() const noexcept;
  std::int64_t changes() const noexcept;  ///< Rows of the last INSERT, UPDATE or DELETE.

  /// One line for a person about one of SQLite's codes, as it is here and now.
  Error error_of(int code) const;

 private:
  friend class Statement;
  static constexpr std::size_t kMostKept = 100;

  Connection(std::string path, sqlite3* handle) : path_(std::move(path)), handle_(handle) {}
  Result<void> settle(const std::string& settings);
  void give_back(std::string sql, sqlite3_stmt* handle) noexcept;

  std::string path_;
  sqlite3* handle_;
  std::map<std::string, sqlite3_stmt*, std::less<>> kept_{};  // Not in use now.
};

}  // namespace tonecue
