#include "server/http_client.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tonecue::test {
namespace {

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

int entries(const char* folder) {
  int count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++count;
  return count;
}

}  // namespace

HttpClient::HttpClient(int port, const char* from)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (from != nullptr) {
    sockaddr_in own{};
    own.sin_family = AF_INET;
    inet_pton(AF_INET, from, &own.sin_addr);
    (void)bind(socket_, reinterpret_cast<const sockaddr*>(&own),
               sizeof(own));  // Else connect() fails.
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    close(socket_);
    socket_ = -1;
  }
}

HttpClient::~HttpClient() {
  if (socket_ >= 0) close(socket_);
}

HttpClient::HttpClient(HttpClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      buffer_(std::move(other.buffer_)),
      comments_(other.comments_) {}

std::ptrdiff_t HttpClient::transmit(std::string_view bytes) {
  return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

std::ptrdiff_t HttpClient::receive(std::span<char> room) {
  return recv(socket_, room.data(), room.size(), 0);
}

bool HttpClient::has_come(std::chrono::milliseconds patience) {
  pollfd ready{.fd = socket_, .events = POLLIN, .revents = 0};
  return poll(&ready, 1, static_cast<int>(patience.count())) > 0;
}

void HttpClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = transmit(bytes);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void HttpClient::end_of_requests() const { shutdown(socket_, SHUT_WR); }

bool HttpClient::read_more() {
  if (!has_come(kPatience)) return false;
  std::array<char, 65536> block{};
  const auto size = receive(block);
  if (size <= 0) return false;
  buffer_.append(block.data(), static_cast<std::size_t>(size));
  return true;
}

bool HttpClient::read_until(std::string_view mark) {
  while (buffer_.find(mark) == std::string::npos) {
    if (!read_more()) return false;
  }
  return true;
}

std::string HttpClient::take(std::size_t size) {
  while (buffer_.size() < size) {
    if (!read_more()) return {};
  }
  std::string bytes = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return bytes;
}

Answer HttpClient::read_head() {
  Answer answer;
  if (!read_until("\r\n\r\n")) return answer;
  const std::string head = take(buffer_.find("\r\n\r\n") + 4);
  answer.status = std::atoi(head.substr(head.find(' ')).c_str());
  for (std::size_t at = head.find("\r\n") + 2; at + 2 < head.size();) {
    const auto end = head.find("\r\n", at);
    const auto colon = head.find(": ", at);
    answer.headers[lower(head.substr(at, colon - at))] = head.substr(colon + 2, end - colon - 2);
    at = end + 2;
  }
  return answer;
}

Answer HttpClient::read_answer(bool head_only) {
  Answer answer = read_head();
  const auto length = answer.headers.find("content-length");
  if (length != answer.headers.end() && !head_only) {
    answer.body = take(std::stoul(length->second));
  }
  return answer;
}

Event HttpClient::read_event() {
  while (read_until("\n\n")) {
    const std::string block = take(buffer_.find("\n\n") + 2);
    Event event;
    for (std::size_t at = 0; at + 1 < block.size();) {
      const auto end = block.find('\n', at);
      const std::string line = block.substr(at, end - at);
      at = end + 1;
      if (line.starts_with(":")) ++comments_;
      if (line.starts_with("event: ")) event.name = line.substr(7);
      if (line.starts_with("id: ")) event.id = line.substr(4);
      if (line.starts_with("data: ")) {
        if (!event.data.empty()) event.data += '\n';
        event.data += line.substr(6);
      }
    }
    if (!event.name.empty()) return event;
  }
  return {};
}

bool HttpClient::closed_by_server() {
  while (read_more()) {
  }
  char byte = 0;
  return recv(socket_, &byte, 1, MSG_DONTWAIT) == 0 || errno != EAGAIN;
}

std::string get(int port, std::string_view path, std::string_view headers) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
         "\r\n" + std::string(headers) + "\r\n";
}

std::string post(int port, std::string_view path, std::string_view body, std::string_view headers) {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string(headers) +
         "\r\n" + std::string(body);
}

Answer ask(int port, std::string_view request) {
  HttpClient client(port);
  client.send(request);
  return client.read_answer(request.starts_with("HEAD"));
}

int open_files() { return entries("/proc/self/fd"); }
int running_threads() { return entries("/proc/self/task"); }

}  // namespace tonecue::test
