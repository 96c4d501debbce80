/// @file
/// A connection, plain or over TLS.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <boost/system/error_code.hpp>

namespace tonecue {

/// What is asked for ends by a call of `done`, later, on the server's thread, whatever becomes of
/// it; `done` keeps what it needs alive. One read and one write at a time.
///
/// Threads: the server's.
class HttpWire {
 public:
  using Done = std::function<void(const boost::system::error_code&, std::size_t)>;
  using Clock = std::chrono::steady_clock;

  virtual ~HttpWire() = default;

  /// Before anything else: agrees on the keys, if there are any. Tells who speaks plain HTTP to the
  /// TLS port what is wrong.
  virtual void begin(const Done& done) = 0;

  /// Waits for some bytes.
  virtual void read(std::span<char> room, const Done& done) = 0;

  /// Sends some of these bytes, which stay where they are until it is done.
  virtual void write(std::string_view bytes, const Done& done) = 0;

  /// Says that no more will come, and waits for the other side to have read it, for a moment.
  /// Closed at once with unread bytes from the other side, the kernel would take the last answer
  /// back (RFC 9112, 9.6).
  virtual void hang_up(const Done& done) = 0;

  /// Until when what is asked for from here on must be done; nothing: for ever. What is not done by
  /// then fails.
  virtual void set_deadline(std::optional<Clock::time_point> deadline) = 0;

  /// How much of what is written the kernel may keep for a sleeping reader.
  virtual void keep_send_buffer_small() = 0;

  /// What is under way fails.
  virtual void close() = 0;

  virtual bool secure() const noexcept = 0;
  virtual const std::string& remote() const noexcept = 0;  ///< Numeric address, without the port.
  virtual const std::string& local() const noexcept = 0;   ///< Of this machine, where it came in.
};

}  // namespace tonecue
