#include "http_post.h"

#include <cstddef>
#include <mutex>
#include <string_view>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include "private_address.h"

namespace tonecue {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};
struct FreeHandle {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK || text == nullptr) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

void initialise_once() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

bool names_this_machine(std::string_view host) {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

tl::unexpected<Error> refuse(std::string_view why) {
  return failure(ErrorCode::invalid_argument, fmt::format("the webhook's URL {}", why));
}

}  // namespace

Result<PostTarget> post_target(const std::string& url, bool allow_http, bool allow_private) {
  initialise_once();
  const std::unique_ptr<CURLU, FreeUrl> parsed(curl_url());
  if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) {
    return refuse("cannot be read; it must be one as in https://example.com/tonecue");
  }
  const std::string scheme = part_of(parsed.get(), CURLUPART_SCHEME);
  const bool local = names_this_machine(part_of(parsed.get(), CURLUPART_HOST));
  if (scheme != "https" && scheme != "http") return refuse("must begin with https://");
  if (scheme == "http" && !local && !allow_http) {
    return refuse("must begin with https://, or webhook_allow_http must be true");
  }
  if (!part_of(parsed.get(), CURLUPART_USER).empty() ||
      !part_of(parsed.get(), CURLUPART_PASSWORD).empty()) {
    return refuse("must hold no user name and no password: every message is signed");
  }
  return PostTarget{url, local, allow_private};
}

struct HttpPost::Connection {
  PostTarget target;
  std::unique_ptr<CURL, FreeHandle> handle;
  bool refused = false;

  // Called with the address that the name was resolved to, so no name can lead elsewhere later.
  static curl_socket_t open_socket(void* self, curlsocktype /*purpose*/, curl_sockaddr* address) {
    auto& connection = *static_cast<Connection*>(self);
    const PostTarget& target = connection.target;
    const bool allowed = target.allow_private || !is_private(address->addr) ||
                         (target.local_host && is_loopback(address->addr));
    if (!allowed) {
      connection.refused = true;
      return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  }
  static std::size_t forget(char* /*data*/, std::size_t size, std::size_t count, void* /*self*/) {
    return size * count;
  }
  static int look_up(void* cancel, curl_off_t /*to_load*/, curl_off_t /*loaded*/,
                     curl_off_t /*to_send*/, curl_off_t /*sent*/) {
    return static_cast<const std::atomic<bool>*>(cancel)->load() ? 1 : 0;
  }
};

HttpPost::HttpPost(PostTarget target) : connection_(std::make_unique<Connection>()) {
  initialise_once();
  connection_->target = std::move(target);
  connection_->handle.reset(curl_easy_init());
  CURL* handle = connection_->handle.get();
  if (handle == nullptr) return;
  curl_easy_setopt(handle, CURLOPT_URL, connection_->target.url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_NETRC, 0L);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);  // Not on a thread.
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &Connection::look_up);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Connection::forget);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, &Connection::open_socket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, connection_.get());
}

HttpPost::~HttpPost() = default;

PostAnswer HttpPost::send(const std::string& body, const std::vector<std::string>& headers,
                          std::chrono::milliseconds timeout, const std::atomic<bool>& cancel) {
  CURL* handle = connection_->handle.get();
  if (handle == nullptr) return {.problem = "libcurl cannot be started"};
  std::unique_ptr<curl_slist, FreeList> list;
  for (const std::string& header : headers) {
    curl_slist* longer = curl_slist_append(list.get(), header.c_str());
    if (longer == nullptr) return {.problem = "out of memory"};
    static_cast<void>(list.release());
    list.reset(longer);
  }
  connection_->refused = false;
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, list.get());
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &cancel);
  const CURLcode outcome = curl_easy_perform(handle);
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, nullptr);
  if (outcome != CURLE_OK && connection_->refused) {
    return {.problem = "its address is one of a private network; webhook_allow_private allows that",
            .refused = true};
  }
  if (outcome != CURLE_OK) return {.problem = curl_easy_strerror(outcome)};
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  return {.status = static_cast<int>(status), .problem = {}};
}

}  // namespace tonecue
