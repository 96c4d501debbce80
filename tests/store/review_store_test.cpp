#include "tonecue/store/review_store.h"

#include <gtest/gtest.h>

#include "store/listed_calls.h"

namespace tonecue {
namespace {

using test::kEverything;
using test::ListedStore;

const Scope kSales{.reach = Scope::Reach::teams, .teams = {"sales"}};

template <class T>
bool is(const Result<T>& result, ErrorCode code) {
  return !result && result.error().code == code;
}

class Reviews : public ::testing::Test {
 protected:
  ListedStore listed_{};
  ReviewStore reviews_{listed_.store()};
  std::int64_t eve_ = listed_.add_person("eve");
  std::int64_t kim_ = listed_.add_person("kim");
  std::int64_t call_ = listed_.add(
      {.team = "billing", .cues = {{Party::customer, CueKind::distress}, {Party::agent}}});
  std::vector<std::int64_t> cues_ = listed_.cue_ids(call_);
};

TEST(CueVerdictWords, AreFoundByName) {
  for (const CueVerdict verdict : {CueVerdict::right, CueVerdict::wrong, CueVerdict::unsure}) {
    EXPECT_EQ(find_cue_verdict(name(verdict)), verdict);
  }
  EXPECT_EQ(find_cue_verdict("maybe"), std::nullopt);
}

TEST_F(Reviews, KeepOneVerdictPerCueAndPerson) {
  ASSERT_TRUE(reviews_.give_verdict(kEverything, eve_, cues_[0], CueVerdict::wrong));
  ASSERT_TRUE(reviews_.give_verdict(kEverything, eve_, cues_[0], CueVerdict::right));
  ASSERT_TRUE(reviews_.give_verdict(kEverything, kim_, cues_[0], CueVerdict::unsure));
  ASSERT_TRUE(reviews_.give_verdict(kEverything, kim_, cues_[1], CueVerdict::wrong));
  ASSERT_TRUE(reviews_.give_verdict(kEverything, kim_, cues_[1], std::nullopt));

  const auto given = reviews_.verdicts(call_);
  ASSERT_TRUE(given) << given.error().message;
  ASSERT_EQ(given->size(), 2U);
  EXPECT_EQ(given->front().person, "eve");
  EXPECT_EQ(given->front().verdict, CueVerdict::right);
  EXPECT_GT(given->front().at_unix_ms, 0);
  EXPECT_EQ(given->back().person, "kim");
  EXPECT_EQ(given->back().verdict, CueVerdict::unsure);
}

TEST_F(Reviews, StoreVerdictsByNumbersThatStay) {
  for (const auto& [verdict, number] :
       {std::pair{CueVerdict::right, 0}, std::pair{CueVerdict::wrong, 1},
        std::pair{CueVerdict::unsure, 2}}) {
    ASSERT_TRUE(reviews_.give_verdict(kEverything, eve_, cues_[0], verdict));
    EXPECT_EQ(listed_.integer_of("SELECT verdict FROM verdicts"), number) << name(verdict);
  }
}

TEST_F(Reviews, KnowNothingOutOfScope) {
  constexpr auto kNotFound = ErrorCode::not_found;

  EXPECT_TRUE(is(reviews_.give_verdict(kSales, eve_, cues_[0], CueVerdict::right), kNotFound));
  EXPECT_TRUE(is(reviews_.give_verdict(kSales, eve_, cues_[0], {}), kNotFound));
  EXPECT_TRUE(is(reviews_.give_verdict(kEverything, eve_, 999, CueVerdict::right), kNotFound));
  EXPECT_TRUE(is(reviews_.call_of_cue(kSales, cues_[0]), kNotFound));
  EXPECT_EQ(reviews_.call_of_cue(kEverything, cues_[0]).value(), call_);
  EXPECT_TRUE(is(reviews_.add_note(kSales, eve_, call_, {}, "hello"), kNotFound));
  EXPECT_TRUE(is(reviews_.set_reviewed(kSales, eve_, call_, true), kNotFound));
  EXPECT_TRUE(is(reviews_.set_reviewed(kEverything, eve_, 999, true), kNotFound));
  // Nor do their words tell one that is not there from one that may not be seen.
  EXPECT_EQ(reviews_.set_reviewed(kSales, eve_, call_, true).error().message,
            "there is no call " + std::to_string(call_));
}

TEST_F(Reviews, KeepNotesByCallTime) {
  const auto late = reviews_.add_note(kEverything, eve_, call_, 20'000, "later");
  const auto whole = reviews_.add_note(kEverything, kim_, call_, {}, "the whole call\n\nin lines");
  const auto early = reviews_.add_note(kEverything, eve_, call_, 10'000, "earlier");
  ASSERT_TRUE(late && whole && early);
  EXPECT_EQ(early->person, "eve");
  EXPECT_EQ(early->call_id, call_);
  EXPECT_EQ(early->at_ms, 10'000);

  const auto notes = reviews_.notes(call_);
  ASSERT_TRUE(notes);
  ASSERT_EQ(notes->size(), 3U);
  EXPECT_EQ((*notes)[0].text, "the whole call\n\nin lines");
  EXPECT_EQ((*notes)[0].at_ms, std::nullopt);
  EXPECT_EQ((*notes)[1].id, early->id);
  EXPECT_EQ((*notes)[2].id, late->id);
}

TEST_F(Reviews, LetOnlyTheWriterChangeANote) {
  const auto note = reviews_.add_note(kEverything, eve_, call_, {}, "mine");
  ASSERT_TRUE(note);

  EXPECT_TRUE(is(reviews_.change_note(kim_, note->id, "theirs"), ErrorCode::not_found));
  EXPECT_TRUE(is(reviews_.remove_note(kim_, note->id), ErrorCode::not_found));
  ASSERT_TRUE(reviews_.change_note(eve_, note->id, "still mine"));
  EXPECT_EQ(reviews_.notes(call_)->front().text, "still mine");
  ASSERT_TRUE(reviews_.remove_note(eve_, note->id));
  EXPECT_TRUE(reviews_.notes(call_)->empty());
}

TEST_F(Reviews, RefuseNotesThatAreNone) {
  constexpr auto kInvalid = ErrorCode::invalid_argument;
  const std::vector<std::string> texts = {"",
                                          " \n\t",
                                          std::string(kLongestNote + 1, 'a'),
                                          "\xFF\xFE",
                                          std::string("a\0b", 3),
                                          "\x1B[31mred",
                                          "a\rb"};
  const auto note = reviews_.add_note(kEverything, eve_, call_, {}, "there");
  ASSERT_TRUE(note);

  for (const std::string& text : texts) {
    EXPECT_TRUE(is(reviews_.add_note(kEverything, eve_, call_, {}, text), kInvalid)) << text;
    EXPECT_TRUE(is(reviews_.change_note(eve_, note->id, text), kInvalid)) << text;
  }
  EXPECT_TRUE(is(reviews_.add_note(kEverything, eve_, call_, -1, "before"), kInvalid));
  EXPECT_TRUE(is(reviews_.add_note(kEverything, eve_, call_, 300'001, "after"), kInvalid));
  EXPECT_EQ(reviews_.notes(call_)->size(), 1U);
}

TEST_F(Reviews, TakeNotesOnACallThatGoesOn) {
  listed_.execute("UPDATE calls SET state = 'open', duration_ms = 1000");

  EXPECT_TRUE(reviews_.add_note(kEverything, eve_, call_, 2'000, "just now"));
}

TEST_F(Reviews, KeepTextAsItIs) {
  const std::string text = "<b>'; DROP TABLE notes; --</b> \"ä\" 😀";
  ASSERT_TRUE(reviews_.add_note(kEverything, eve_, call_, {}, text));

  EXPECT_EQ(reviews_.notes(call_)->front().text, text);
}

TEST_F(Reviews, MakeACallReviewedWhileAnybodysReviewStands) {
  const auto reviewed = [&] {
    return listed_.integer_of("SELECT reviewed FROM calls WHERE id = " + std::to_string(call_));
  };
  ASSERT_TRUE(reviews_.set_reviewed(kEverything, eve_, call_, true));
  ASSERT_TRUE(reviews_.set_reviewed(kEverything, eve_, call_, true));
  ASSERT_TRUE(reviews_.set_reviewed(kEverything, kim_, call_, true));
  EXPECT_EQ(reviewed(), 1);

  ASSERT_TRUE(reviews_.set_reviewed(kEverything, eve_, call_, false));
  EXPECT_EQ(reviewed(), 1);
  ASSERT_TRUE(reviews_.set_reviewed(kEverything, kim_, call_, false));
  EXPECT_EQ(reviewed(), 0);
}

TEST_F(Reviews, GoWithTheirCall) {
  ASSERT_TRUE(reviews_.give_verdict(kEverything, eve_, cues_[0], CueVerdict::right));
  ASSERT_TRUE(reviews_.add_note(kEverything, eve_, call_, {}, "note"));
  ASSERT_TRUE(reviews_.set_reviewed(kEverything, eve_, call_, true));
  listed_.execute("DELETE FROM calls");

  for (const char* table : {"verdicts", "notes", "reviews", "cues"}) {
    EXPECT_EQ(listed_.integer_of(std::string("SELECT count(*) FROM ") + table), 0) << table;
  }
}

TEST_F(Reviews, KeepViewsByPersonAndName) {
  const auto today = reviews_.save_view(eve_, "today", "flagged=yes");
  ASSERT_TRUE(today) << today.error().message;
  ASSERT_TRUE(reviews_.save_view(eve_, "all", "order=newest"));
  ASSERT_TRUE(reviews_.save_view(kim_, "today", "team=sales"));
  EXPECT_EQ(reviews_.save_view(eve_, "today", "flagged=no").value(), *today);

  const auto views = reviews_.views(eve_);
  ASSERT_TRUE(views);
  ASSERT_EQ(views->size(), 2U);
  EXPECT_EQ((*views)[0].name, "all");
  EXPECT_EQ((*views)[1].query, "flagged=no");
  EXPECT_TRUE(is(reviews_.remove_view(kim_, *today), ErrorCode::not_found));
  ASSERT_TRUE(reviews_.remove_view(eve_, *today));
  EXPECT_EQ(reviews_.views(eve_)->size(), 1U);
}

TEST_F(Reviews, RefuseViewsWithoutAName) {
  constexpr auto kInvalid = ErrorCode::invalid_argument;

  EXPECT_TRUE(is(reviews_.save_view(eve_, "  ", "a"), kInvalid));
  EXPECT_TRUE(is(reviews_.save_view(eve_, std::string(81, 'a'), "a"), kInvalid));
  EXPECT_TRUE(is(reviews_.save_view(eve_, "a\nb", "a"), kInvalid));
  EXPECT_TRUE(is(reviews_.save_view(eve_, "a", std::string(2001, 'a')), kInvalid));
}

TEST_F(Reviews, KeepAHundredViewsOfAPerson) {
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(reviews_.save_view(eve_, "view " + std::to_string(i), "a"));
  }
  EXPECT_TRUE(is(reviews_.save_view(eve_, "one more", "a"), ErrorCode::invalid_argument));
  EXPECT_TRUE(reviews_.save_view(eve_, "view 7", "b"));
}

}  // namespace
}  // namespace tonecue
