// Search in notes.

#include <random>

#include <gtest/gtest.h>

#include "store/listed_calls.h"
#include "tonecue/store/call_store.h"

namespace tonecue {
namespace {

using namespace std::string_view_literals;
using test::ids_of;
using test::kEverything;
using test::ListedStore;

class CallSearch : public ::testing::Test {
 protected:
  std::int64_t call_with(std::string_view note) {
    const auto id = listed_.add({});
    const auto added = reviews_.add_note(kEverything, writer_, id, {}, note);
    EXPECT_TRUE(added) << (added ? "" : added.error().message);
    if (added) note_ = added->id;
    return id;
  }

  bool finds(std::string text) {
    const auto page =
        CallStore(listed_.store()).list(kEverything, {.text = std::move(text)}, 10, {});
    return !ids_of(page).empty();
  }

  ListedStore listed_{};
  ReviewStore reviews_{listed_.store()};
  std::int64_t writer_ = listed_.add_person("eve");
  std::int64_t note_ = 0;
};

TEST_F(CallSearch, FindsBeginningsOfWordsInAnyOrder) {
  call_with("The refund was promised twice, nobody called back.");

  EXPECT_TRUE(finds("refund"));
  EXPECT_TRUE(finds("ref"));
  EXPECT_TRUE(finds("REFUND prom"));
  EXPECT_TRUE(finds("called  nobody"));
  EXPECT_FALSE(finds("fund"));
  EXPECT_FALSE(finds("refund invoice"));
}

TEST_F(CallSearch, WantsAllWordsInOneNote) {
  const auto id = call_with("refund");
  ASSERT_TRUE(reviews_.add_note(kEverything, writer_, id, {}, "invoice"));

  EXPECT_TRUE(finds("refund"));
  EXPECT_TRUE(finds("invoice"));
  EXPECT_FALSE(finds("refund invoice"));
}

TEST_F(CallSearch, KnowsOtherScriptsAndDiacritics) {
  call_with("Größe war falsch; возврат денег; ξανά αύριο; שלום");

  EXPECT_TRUE(finds("größe"));
  EXPECT_TRUE(finds("falsch GROßE"));
  EXPECT_TRUE(finds("ВОЗВР"));
  EXPECT_TRUE(finds("денег falsch"));
  EXPECT_TRUE(finds("ΞΑΝΆ"));
  EXPECT_TRUE(finds("שלו"));
  EXPECT_FALSE(finds("завтра"));
}

TEST_F(CallSearch, TakesAnyTextForWords) {
  call_with("O'Brien said \"never again\" about plan B-12 (NEAR the end)");

  EXPECT_TRUE(finds("o'brien"));
  EXPECT_TRUE(finds("\"never"));
  EXPECT_TRUE(finds("b-12"));
  EXPECT_TRUE(finds("near"));
  EXPECT_TRUE(finds("*** plan"));
  for (const char* text :
       {"NOT plan", "plan OR", "AND", "plan NEAR(a b)", "text:plan", "^never x", R"(")", R"(""")",
        "*", "(", "{plan}", "' OR 1=1 --", "%", "-", "\\", "plan\xFF", "\xC3"}) {
    const auto page = CallStore(listed_.store()).list(kEverything, {.text = text}, 10, {});
    EXPECT_TRUE(page) << text << ": " << (page ? "" : page.error().message);
  }
  EXPECT_FALSE(finds("plan OR"));
  EXPECT_FALSE(finds("*"));
  EXPECT_FALSE(finds("' OR 1=1 --"));
  std::string many;
  for (int i = 0; i < 100; ++i) many += "a ";
  EXPECT_TRUE(finds(many));
}

TEST_F(CallSearch, AnswersWhateverIsAsked) {
  constexpr int kSeed = 20261122;
  constexpr std::string_view kPieces =
      "\"\"''*()[]{}^:+-.,;%_\\/ \tANDORNOTNEARtextab\xC3\xA4\xFF\0"sv;
  std::mt19937 random(kSeed);
  call_with("a note");
  for (int round = 0; round < 1000; ++round) {
    std::string text;
    for (auto letters = random() % 40; letters > 0; --letters) {
      text += kPieces[random() % kPieces.size()];
    }
    const auto page = CallStore(listed_.store()).list(kEverything, {.text = text}, 10, {});
    ASSERT_TRUE(page) << "seed " << kSeed << ", \"" << text << "\": " << page.error().message;
  }
}

TEST_F(CallSearch, LeavesOutControlCharacters) {
  call_with("plan B");

  EXPECT_TRUE(finds(std::string("plan\0b", 6)));
  EXPECT_TRUE(finds("plan\nb\t"));
  EXPECT_TRUE(finds(" \n")) << "nothing was asked for";
}

TEST_F(CallSearch, FollowsANoteThatIsChangedOrRemoved) {
  call_with("refund");
  ASSERT_TRUE(reviews_.change_note(writer_, note_, "invoice"));
  EXPECT_FALSE(finds("refund"));
  EXPECT_TRUE(finds("invoice"));

  ASSERT_TRUE(reviews_.remove_note(writer_, note_));
  EXPECT_FALSE(finds("invoice"));
}

TEST_F(CallSearch, ForgetsTheNotesOfACallThatIsGone) {
  const auto id = call_with("refund");
  listed_.execute("DELETE FROM calls WHERE id = " + std::to_string(id));

  EXPECT_FALSE(finds("refund"));
  EXPECT_EQ(listed_.integer_of("SELECT count(*) FROM notes"), 0);
}

TEST_F(CallSearch, LeavesNoWordOfARemovedNoteInTheFile) {
  const auto stored = [&](const std::string& word) {
    return listed_.integer_of("SELECT count(*) FROM note_words_data WHERE instr(block, '" + word +
                              "') > 0");
  };
  call_with("something else");
  const auto id = call_with("refund");
  EXPECT_EQ(stored("refund"), 1);

  ASSERT_TRUE(reviews_.change_note(writer_, note_, "invoice"));
  EXPECT_EQ(stored("refund"), 0);
  EXPECT_EQ(stored("invoice"), 1);
  listed_.execute("DELETE FROM calls WHERE id = " + std::to_string(id));
  EXPECT_EQ(stored("invoice"), 0);
  EXPECT_EQ(stored("something"), 1);
}

}  // namespace
}  // namespace tonecue
