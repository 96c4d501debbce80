/// @file
/// A review server's inside with people of every kind, asked without a socket.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/review/review_desk.h"
#include "server/review/route.h"
#include "server/review/router.h"
#include "store/temp_store.h"
#include "tonecue/server/http_message.h"

namespace tonecue::test {

/// Who asks.
enum class Asker {
  nobody,
  agent,             // Of team north.
  other_agent,       // Of team south.
  supervisor,        // Of north.
  other_supervisor,  // Of south.
  admin,
  newcomer,         // A supervisor who must change the password.
  inactive,         // An admin who may not sign in any more, with a session from before.
  expired_session,  // An admin's.
  forged_session,
  upload_token,
  read_token,
  expired_token,
  forged_token,
  without_csrf,  // An admin without the CSRF token, and below with that of another session.
  wrong_csrf,
};
inline constexpr int kAskers = 16;
std::string_view name(Asker asker);

class ReviewHouse {
 public:
  static constexpr std::int64_t kNow = 1'800'000'000'000;
  static constexpr std::string_view kPassword = "correct horse battery";
  static constexpr std::string_view kAddress = "192.0.2.1";

  ReviewHouse();

  Store& store() { return store_; }
  ReviewDesk& desk() { return desk_; }
  Router& router() { return router_; }
  std::int64_t id_of(Asker asker) const { return ids_.at(asker); }
  const std::vector<std::string>& log() const { return log_; }

  /// A request of this asker, with a session of its own. @param target  As it comes over the line.
  /// An address that cannot be read is answered as the HTTP server does.
  HttpResponse ask(Asker asker, std::string_view method, std::string_view target,
                   const std::string& body = {}, std::vector<NameValue> headers = {});
  HttpResponse ask(HttpRequest request, std::string_view target);

  /// The headers that say who asks; of a session that was begun for them.
  std::vector<NameValue> headers_of(Asker asker);

  /// Everything in the database, but who is signed in, when a token was used, and who did what.
  std::string contents();
  std::int64_t audit_entries();

  std::int64_t now = kNow;  ///< Of the requests.
  std::string remote{kAddress};

 private:
  void add_people();
  void add_tokens();
  std::vector<NameValue> session_headers(std::int64_t person, std::int64_t began);

  TempFolder folder_;
  Store store_;
  ReviewConfig config_;
  std::vector<std::string> log_;
  ReviewActions actions_;
  ReviewDesk desk_;
  Router router_;
  std::map<Asker, std::int64_t> ids_;
  std::map<Asker, std::string> tokens_;
};

}  // namespace tonecue::test
