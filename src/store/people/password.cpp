#include "store/people/password.h"

#include <array>
#include <semaphore>
#include <span>

#include <fmt/format.h>
#include <sodium.h>

#include "store/people/secret_key.h"
#include "tonecue/store/people.h"

namespace tonecue {
namespace {

constexpr int kHashesAtOnce = 2;  // 128 MiB.

class Turn {
 public:
  Turn() { turns().acquire(); }
  ~Turn() { turns().release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  static std::counting_semaphore<kHashesAtOnce>& turns() {
    static std::counting_semaphore<kHashesAtOnce> turns(kHashesAtOnce);
    return turns;
  }
};

}  // namespace

Result<std::string> hash_password(std::string_view password) {
  if (const auto ready = start_sodium(); !ready) return tl::unexpected(ready.error());
  std::array<char, crypto_pwhash_argon2id_STRBYTES> hash{};
  const Turn turn;
  const int failed = crypto_pwhash_argon2id_str(hash.data(), password.data(), password.size(),
                                                crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE,
                                                crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE);
  if (failed != 0) {
    return failure(ErrorCode::unreadable, "no memory for a password's hash: 64 MiB must be free");
  }
  return std::string(hash.data());
}

bool fits_password(std::string_view hash, std::string_view password) {
  if (!start_sodium()) return false;
  const std::string text(hash);  // Ends with a zero.
  const Turn turn;
  return crypto_pwhash_argon2id_str_verify(text.c_str(), password.data(), password.size()) == 0;
}

// Salt and hash are the digits of pi in base64: nobody knows a password that gives them.
std::string_view hash_of_nobody() noexcept {
  return "$argon2id$v=19$m=65536,t=2,p=1$MTQxNTkyNjUzNTg5NzkzMg"
         "$Mzg0NjI2NDMzODMyNzk1MDI4ODQxOTcxNjkzOTkzNzU";
}

Result<void> check_new_password(std::string_view password) {
  if (password.size() < People::kShortestPassword) {
    return failure(
        ErrorCode::invalid_argument,
        fmt::format("a password has at least {} characters: several words make a good one",
                    People::kShortestPassword));
  }
  if (password.size() > People::kLongestPassword) {
    return failure(ErrorCode::invalid_argument,
                   fmt::format("a password has at most {} bytes", People::kLongestPassword));
  }
  return {};
}

// 32 signs that nobody takes for one another, 5 bits each.
Result<std::string> make_password() {
  constexpr std::string_view kSigns = "abcdefghijkmnpqrstuvwxyz23456789";
  static_assert(kSigns.size() == 32);
  constexpr int kLength = 20;
  constexpr int kGroup = 5;
  if (const auto ready = start_sodium(); !ready) return tl::unexpected(ready.error());
  std::string password;
  for (int i = 0; i < kLength; ++i) {
    if (i > 0 && i % kGroup == 0) password.push_back('-');
    password.push_back(kSigns[randombytes_uniform(static_cast<std::uint32_t>(kSigns.size()))]);
  }
  return password;
}

}  // namespace tonecue
