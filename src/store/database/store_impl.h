/// @file
/// The connections behind a Store.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "store/database/database.h"
#include "tonecue/store/store.h"

namespace tonecue {

/// The database as it was when this began, whatever others write meanwhile. Ends with the object.
class ReadTransaction {
 public:
  ReadTransaction(ReadTransaction&&) noexcept = default;
  ReadTransaction& operator=(ReadTransaction&&) = delete;
  ~ReadTransaction();

  Connection& connection() const noexcept { return *connection_; }
  Statement prepare(std::string_view sql) const { return connection_->prepare(sql); }

 private:
  friend class Store::Impl;
  ReadTransaction(Store::Impl& store, std::unique_ptr<Connection> connection) noexcept
      : store_(&store), connection_(std::move(connection)) {}

  Store::Impl* store_;
  std::unique_ptr<Connection> connection_;
};

/// The only one that writes, of all threads and processes, until the object ends: statements made
/// by it must be gone by then. Without commit() it leaves no trace.
class WriteTransaction {
 public:
  WriteTransaction(WriteTransaction&&) noexcept;
  WriteTransaction& operator=(WriteTransaction&&) = delete;
  ~WriteTransaction();

  Connection& connection() const noexcept { return *connection_; }
  Statement prepare(std::string_view sql) const { return connection_->prepare(sql); }

  /// What was written is on the disk when this has returned. The last thing to be asked of it.
  Result<void> commit() { return connection_->execute("COMMIT"); }

 private:
  friend class Store::Impl;
  WriteTransaction(Store::Impl& store, Connection& connection) noexcept
      : store_(&store), connection_(&connection) {}

  Store::Impl* store_;  // None: moved from.
  Connection* connection_;
};

class Store::Impl {
 public:
  static Result<std::unique_ptr<Impl>> open(const StoreConfig& config);

  const std::string& folder() const noexcept { return folder_; }

  Result<ReadTransaction> read();

  /// Waits for its turn, at most Connection::kPatienceMs, then `unwritable`. A thread that holds
  /// one must not ask for another.
  Result<WriteTransaction> write();

 private:
  friend class ReadTransaction;
  friend class WriteTransaction;
  static constexpr std::size_t kMostIdleReaders = 8;

  Impl(std::string folder, std::string path, std::unique_ptr<Connection> writer)
      : folder_(std::move(folder)), path_(std::move(path)), writer_(std::move(writer)) {}
  void give_back(std::unique_ptr<Connection> reader) noexcept;
  void end_writing() noexcept;

  std::string folder_;
  std::string path_;

  std::mutex readers_mutex_;
  std::vector<std::unique_ptr<Connection>> idle_readers_;

  std::mutex writer_mutex_;
  std::condition_variable writer_is_free_;
  bool writer_taken_ = false;
  std::unique_ptr<Connection> writer_;
};

}  // namespace tonecue
