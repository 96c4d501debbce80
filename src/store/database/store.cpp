#include "tonecue/store/store.h"

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/calls/abandoned_calls.h"
#include "store/database/migrations.h"
#include "store/database/store_impl.h"
#include "tonecue/core/unix_time.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOwnersFolder = 0700;  // Calls are nobody else's business.
constexpr mode_t kOwnersFile = 0600;

Result<void> make_folder(const StoreConfig& config) {
  std::error_code error;
  const fs::file_status status = fs::status(config.folder, error);
  if (fs::is_directory(status)) return {};
  if (fs::exists(status)) {
    return failure(ErrorCode::invalid_argument,
                   config.folder + " is a file; name a folder for the calls");
  }
  if (config.must_exist) {
    return failure(ErrorCode::not_found,
                   config.folder + " is not there; name the folder that keeps the calls");
  }
  fs::path folder(config.folder);
  if (!folder.has_filename()) folder = folder.parent_path();  // "calls/" would be its own parent.
  const fs::path parent = folder.parent_path();
  if (!parent.empty()) fs::create_directories(parent, error);
  if (::mkdir(folder.c_str(), kOwnersFolder) == 0 || errno == EEXIST) return {};
  return failure(ErrorCode::unwritable, fmt::format("cannot make the folder {}: {}", config.folder,
                                                    std::generic_category().message(errno)));
}

// SQLite gives the files beside the database the same rights.
Result<void> make_file(const StoreConfig& config, const std::string& path) {
  const int wanted = config.must_exist ? 0 : O_CREAT;
  const int fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC | wanted, kOwnersFile);
  if (fd >= 0) {
    ::close(fd);
    return {};
  }
  if (errno == ENOENT) {
    return failure(ErrorCode::not_found,
                   path + " is not there; name the folder that keeps the calls");
  }
  return failure(ErrorCode::unwritable,
                 fmt::format("cannot open {} for writing: {}; give this user the right to write "
                             "the folder and the files in it",
                             path, std::generic_category().message(errno)));
}

}  // namespace

// --- Transactions

ReadTransaction::~ReadTransaction() {
  if (connection_ == nullptr) return;
  if (connection_->execute("COMMIT")) store_->give_back(std::move(connection_));
}

WriteTransaction::WriteTransaction(WriteTransaction&& other) noexcept
    : store_(std::exchange(other.store_, nullptr)), connection_(other.connection_) {}

WriteTransaction::~WriteTransaction() {
  if (store_ != nullptr) store_->end_writing();
}

// --- Store::Impl

Result<std::unique_ptr<Store::Impl>> Store::Impl::open(const StoreConfig& config) {
  if (config.folder.empty()) {
    return failure(ErrorCode::invalid_argument, "no folder was named that keeps the calls");
  }
  if (auto ok = make_folder(config); !ok) return tl::unexpected(ok.error());
  std::string path = (fs::path(config.folder) / config.file_name).string();
  if (auto ok = make_file(config, path); !ok) return tl::unexpected(ok.error());
  auto writer = Connection::open(path, Connection::Access::write);
  if (!writer) return tl::unexpected(writer.error());
  if (auto ok = migrate(**writer, path); !ok) return tl::unexpected(ok.error());
  if (auto ok = end_abandoned_calls(**writer, unix_ms_now()); !ok) {
    return tl::unexpected(ok.error());
  }
  return std::unique_ptr<Impl>(new Impl(config.folder, std::move(path), std::move(*writer)));
}

Result<ReadTransaction> Store::Impl::read() {
  std::unique_ptr<Connection> reader;
  {
    const std::lock_guard lock(readers_mutex_);
    if (!idle_readers_.empty()) {
      reader = std::move(idle_readers_.back());
      idle_readers_.pop_back();
    }
  }
  if (reader == nullptr) {
    auto opened = Connection::open(path_, Connection::Access::read);
    if (!opened) return tl::unexpected(opened.error());
    reader = std::move(*opened);
  }
  if (auto ok = reader->execute("BEGIN"); !ok) return tl::unexpected(ok.error());
  return ReadTransaction(*this, std::move(reader));
}

void Store::Impl::give_back(std::unique_ptr<Connection> reader) noexcept {
  const std::lock_guard lock(readers_mutex_);
  if (idle_readers_.size() < kMostIdleReaders) idle_readers_.push_back(std::move(reader));
}

Result<WriteTransaction> Store::Impl::write() {
  {
    std::unique_lock lock(writer_mutex_);
    if (!writer_is_free_.wait_for(lock, std::chrono::milliseconds(Connection::kPatienceMs),
                                  [this] { return !writer_taken_; })) {
      return failure(ErrorCode::unwritable, path_ + ": too much is being written; try again");
    }
    writer_taken_ = true;
  }
  if (auto ok = writer_->execute("BEGIN IMMEDIATE"); !ok) {
    end_writing();
    return tl::unexpected(ok.error());
  }
  return WriteTransaction(*this, *writer_);
}

void Store::Impl::end_writing() noexcept {
  writer_->roll_back();
  {
    const std::lock_guard lock(writer_mutex_);
    writer_taken_ = false;
  }
  writer_is_free_.notify_one();
}

// --- Store

Result<Store> Store::open(const StoreConfig& config) {
  auto impl = Impl::open(config);
  if (!impl) return tl::unexpected(impl.error());
  return Store(std::move(*impl));
}

const std::string& Store::folder() const noexcept { return impl_->folder(); }

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

}  // namespace tonecue
