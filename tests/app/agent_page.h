/// @file
/// The agent's page, as a plain HTTP client sees it.
#pragma once

#include <string>

#include "server/http_client.h"

namespace tonecue::test {

class AgentPage {
 public:
  /// @param url  As the program prints it, with the key.
  explicit AgentPage(const std::string& url) {
    const std::string after_host = url.substr(url.find("127.0.0.1:") + 10);
    port_ = std::stoi(after_host);
    key_ = after_host.substr(after_host.find("key=") + 4, 32);
  }

  int port() const noexcept { return port_; }

  /// @return The status of the answer.
  int post(const std::string& path, const std::string& body) const {
    return ask(port_,
               test::post(port_, path, body, cookie() + "Content-Type: application/json\r\n"))
        .status;
  }

  /// A page that is open.
  HttpClient events() const {
    HttpClient page(port_);
    page.send(get(port_, "/events", cookie()));
    page.read_head();
    return page;
  }

 private:
  std::string cookie() const {
    return "Cookie: tonecue_key_" + std::to_string(port_) + "=" + key_ + "\r\n";
  }

  int port_ = 0;
  std::string key_;
};

}  // namespace tonecue::test
