/// @file
/// A review server with people, teams and analysed calls, asked over HTTP.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "server/http_client.h"
#include "store/temp_store.h"
#include "tonecue/report/call_report.h"
#include "tonecue/server/review_server.h"
#include "tonecue/store/audit_log.h"
#include "tonecue/store/call_store.h"
#include "tonecue/store/people.h"
#include "tonecue/store/review_store.h"
#include "tonecue/store/sessions.h"

namespace tonecue::test {

/// A bundled call ("distressed"), analysed.
const CallReport& bundled_call(const std::string& name);

struct Replied {
  int status = 0;
  std::map<std::string, std::string> headers{};  ///< Names in lower case.
  std::string body{};
  nlohmann::json json{};  ///< Null when the body is none.

  std::string error() const { return json.is_object() ? json.value("error", "") : ""; }
};

class ReviewSite : public testing::Test {
 protected:
  ReviewSite();

  /// "ada" is an admin, "sam" supervises North, "tom" South and West, "dana" is agent "Dana Kim" of
  /// North, "rob" an agent without calls. All are signed in from the beginning.
  Replied get(const std::string& who, const std::string& target, const std::string& headers = "");
  Replied send(const std::string& who, std::string_view method, const std::string& target,
               const nlohmann::json& body);
  Replied send_bytes(const std::string& who, std::string_view method, const std::string& target,
                     std::string_view bytes, std::string_view type = "application/octet-stream");

  /// A machine that shows this token.
  Replied get_by_token(const std::string& token, const std::string& target);
  std::string make_token(TokenRight right, const std::vector<std::string>& teams);

  /// Stores a bundled call of an agent of North.
  std::int64_t add_call(const std::string& name = "distressed",
                        const std::function<void(CallDetails&)>& change = {});

  /// Tells of a body of so many bytes, and sends none of it.
  Replied send_head(const std::string& who, const std::string& target, std::string_view type,
                    std::size_t bytes);

  /// Puts a sound of so many bytes beside it.
  void keep_sound(std::int64_t call, std::string_view bytes);

  /// Of the audit log without `call.add`, the oldest first: "sam call.view call/1 detail".
  std::vector<std::string> audited();
  std::int64_t audited(std::string_view action);

  std::int64_t person(const std::string& login) const { return people_.at(login); }

  TempFolder folder_;
  Store store_;
  CallStore calls_;
  ReviewStore reviews_;
  std::vector<IntakeFile> submitted_;  ///< What was handed in; the file is kept.
  std::vector<IntakeJob> jobs_;
  std::optional<Error> refuse_upload_;
  std::optional<ReviewServer> server_;

 private:
  void add_person(const Person& person);
  Replied exchange(const std::string& request);

  std::map<std::string, std::int64_t> people_;
  std::map<std::string, std::string> sessions_;  // Header lines, by login.
};

}  // namespace tonecue::test
