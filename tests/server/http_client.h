/// @file
/// A plain client of the HTTP server, over a socket of its own.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace tonecue::test {

struct Answer {
  int status = 0;                              ///< 0: no answer came.
  std::map<std::string, std::string> headers;  ///< Names in lower case.
  std::string body;
};

struct Event {
  std::string name;  ///< Empty: none came.
  std::string id;
  std::string data;
};

/// Waits at most `kPatience` for anything.
class HttpClient {
 public:
  static constexpr std::chrono::milliseconds kPatience{5000};

  /// @param from  The client's own address, of this machine; none: any.
  explicit HttpClient(int port, const char* from = nullptr);
  virtual ~HttpClient();
  HttpClient(HttpClient&& other) noexcept;
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  bool connected() const { return socket_ >= 0; }
  void send(std::string_view bytes);

  /// Whether bytes can be read within this time, or the end.
  virtual bool has_come(std::chrono::milliseconds patience);

  /// No more will be sent; answers may still come.
  void end_of_requests() const;

  /// The next answer with its body; of a HEAD request the body stays out.
  Answer read_answer(bool head_only = false);

  /// Status line and headers alone.
  Answer read_head();

  /// The next event. Comments are passed over, and counted.
  Event read_event();
  int comments() const { return comments_; }

  /// Reads on until the other side closes. @return Whether it did.
  bool closed_by_server();

 protected:
  int socket() const noexcept { return socket_; }

  // As send() and recv() of the system, when bytes have come.
  virtual std::ptrdiff_t transmit(std::string_view bytes);
  virtual std::ptrdiff_t receive(std::span<char> room);

 private:
  bool read_more();
  std::string take(std::size_t size);
  bool read_until(std::string_view mark);

  int socket_ = -1;
  std::string buffer_;
  int comments_ = 0;
};

/// "GET /path HTTP/1.1" with a right Host and these further header lines.
std::string get(int port, std::string_view path, std::string_view headers = "");
std::string post(int port, std::string_view path, std::string_view body,
                 std::string_view headers = "Content-Type: application/json\r\n");

/// One request over a connection of its own.
Answer ask(int port, std::string_view request);

/// Open descriptors of this program, and its threads.
int open_files();
int running_threads();

}  // namespace tonecue::test
