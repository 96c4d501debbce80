#include "store/people/password.h"

#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "support/cpu_time.h"
#include "tonecue/store/people.h"

namespace tonecue {
namespace {

TEST(Password, FitsItsOwnHashAndNoOther) {
  const auto hash = hash_password("correct horse battery");
  ASSERT_TRUE(hash) << hash.error().message;

  EXPECT_TRUE(fits_password(*hash, "correct horse battery"));
  EXPECT_FALSE(fits_password(*hash, "correct horse batterz"));
  EXPECT_FALSE(fits_password(*hash, ""));
  EXPECT_EQ(hash->find("horse"), std::string::npos);
}

TEST(Password, HasAnotherHashEachTime) {
  EXPECT_NE(hash_password("correct horse battery").value(),
            hash_password("correct horse battery").value());
}

// Else the time would tell that there is nobody of that login.
TEST(Password, OfNobodyIsCheckedWithTheSameLimits) {
  const std::string real = hash_password("correct horse battery").value();
  const std::string nobody(hash_of_nobody());
  const auto limits = [](const std::string& hash) { return hash.substr(0, hash.find("p=1$")); };
  EXPECT_EQ(limits(nobody), limits(real));
  EXPECT_EQ(nobody.size(), real.size());

  const auto time_of = [](const std::string& hash) {
    double least_ms = 1e9;
    for (int i = 0; i < 5; ++i) {
      const double before_ms = test::thread_cpu_ms();
      EXPECT_FALSE(fits_password(hash, "wrong"));
      least_ms = std::min(least_ms, test::thread_cpu_ms() - before_ms);
    }
    return least_ms;
  };
  // A hash that cannot be read is refused at once, in a thousandth of the time.
  EXPECT_GT(time_of(nobody), 0.5 * time_of(real));
}

TEST(Password, ThatIsNoHashFitsNothing) {
  for (const char* hash : {"", "x", "$argon2id$v=19$m=65536,t=2,p=1$", "$argon2id$"}) {
    EXPECT_FALSE(fits_password(hash, "")) << hash;
  }
}

TEST(Password, ThatIsNewMustBeLongEnough) {
  EXPECT_TRUE(check_new_password("twelve bytes"));
  const auto too_short = check_new_password("eleven byte");
  ASSERT_FALSE(too_short);
  EXPECT_NE(too_short.error().message.find("at least 12"), std::string::npos);
  EXPECT_TRUE(check_new_password(std::string(256, 'x')));
  EXPECT_FALSE(check_new_password(std::string(257, 'x')));
}

TEST(Password, ThatIsMadeIsReadableAndNeverTheSame) {
  std::set<std::string> made;
  for (int i = 0; i < 100; ++i) {
    const std::string password = make_password().value();
    EXPECT_EQ(password.size(), 23U);
    EXPECT_EQ(std::ranges::count(password, '-'), 3);
    EXPECT_EQ(password.find_first_of("0Ol1I"), std::string::npos) << password;
    EXPECT_TRUE(check_new_password(password));
    made.insert(password);
  }
  EXPECT_EQ(made.size(), 100U);
}

}  // namespace
}  // namespace tonecue
