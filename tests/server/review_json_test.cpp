#include "server/review/review_json.h"

#include <string>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

constexpr TextRule kShort{.least_bytes = 1, .most_bytes = 5};

std::string complaint(JsonFields& fields) {
  const auto result = fields.result();
  return result ? "" : result.error().message;
}

std::string complaint_of_text(const std::string& body, const TextRule& rule = kShort) {
  JsonFields fields(body);
  fields.text("a", rule);
  return complaint(fields);
}

TEST(JsonFields, ReadWhatIsThere) {
  JsonFields fields(R"({"text":"äb","flag":true,"whole":-3,"number":0.5,"list":["x","y"],
                        "null":null,"lines":"a\nb\tc"})");
  EXPECT_EQ(fields.text("text", kShort), "äb");
  EXPECT_TRUE(fields.flag("flag"));
  EXPECT_EQ(fields.whole("whole", -5, 5), -3);
  EXPECT_EQ(fields.optional_number("number", 0, 1), 0.5);
  EXPECT_EQ(fields.optional_texts("list", 2, kShort), (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ(fields.nullable_text("null", kShort), std::nullopt);
  EXPECT_EQ(fields.text("lines", {.least_bytes = 1, .most_bytes = 9, .lines = true}), "a\nb\tc");
  EXPECT_EQ(fields.optional_text("missing", kShort), std::nullopt);
  EXPECT_EQ(fields.optional_flag("gone"), std::nullopt);
  EXPECT_EQ(complaint(fields), "");
}

TEST(JsonFields, NameTheKeyThatIsWrong) {
  EXPECT_EQ(complaint_of_text("{}"), R"("a" is missing)");
  EXPECT_EQ(complaint_of_text(R"({"a":null})"), R"("a" is missing)");
  EXPECT_EQ(complaint_of_text(R"({"a":1})"), R"("a" must be a text)");
  EXPECT_EQ(complaint_of_text(R"({"a":""})"), R"("a" must have 1 to 5 bytes)");
  EXPECT_EQ(complaint_of_text(R"({"a":"123456"})"), R"("a" must have 1 to 5 bytes)");
  EXPECT_EQ(complaint_of_text(R"({"a":"x\ny"})"), R"("a" holds a control character)");
  EXPECT_EQ(complaint_of_text(R"({"a":"x\u0000"})"), R"("a" holds a control character)");
  EXPECT_EQ(complaint_of_text(R"({"a":"x","b":1})"), R"(there is no "b" here)");
  EXPECT_EQ(complaint_of_text(R"({"a":"x","a":"y"})"), R"("a" stands there twice)");
  EXPECT_EQ(complaint_of_text(R"({"a":"x","<script>\n":1})"), R"(there is no "?script??" here)");
}

TEST(JsonFields, TakeOneObjectAlone) {
  for (const char* body : {"", " ", "[]", "1", "null", "{", "{}{}", "{\"a\":\"\xC3\x28\"}",
                           R"({"a":"\ud800"})", "\xEF\xBB\xBF{"}) {
    EXPECT_EQ(complaint_of_text(body), "send one JSON object, in UTF-8") << body;
  }
  EXPECT_EQ(complaint_of_text(R"({"a":[[[[["x"]]]]]})"), "the JSON is nested too deeply");
  EXPECT_EQ(complaint_of_text(R"({"a":)" + std::string(60'000, '[')),
            "the JSON is nested too deeply");
}

TEST(JsonFields, KeepNumbersInTheirRange) {
  for (const char* value : {"6", "-6", "0.5", "18446744073709551615", "1e400", "\"1\"", "true"}) {
    JsonFields fields(std::string(R"({"n":)") + value + "}");
    fields.whole("n", -5, 5);
    EXPECT_FALSE(complaint(fields).empty()) << value;
  }
  for (const char* value : {"1.01", "-0.01", "\"0.5\"", "[]"}) {
    JsonFields fields(std::string(R"({"n":)") + value + "}");
    EXPECT_FALSE(fields.optional_number("n", 0, 1)) << value;
    EXPECT_EQ(complaint(fields), R"("n" must be a number from 0 to 1)") << value;
  }
}

TEST(JsonFields, LookIntoLists) {
  for (const char* value :
       {R"("x")", R"(["x","y","z"])", R"([1])", R"(["toolong"])", R"([null])"}) {
    JsonFields fields(std::string(R"({"l":)") + value + "}");
    fields.optional_texts("l", 2, kShort);
    EXPECT_NE(complaint(fields).find("\"l\""), std::string::npos) << value;
  }
}

TEST(JsonFields, KeepTheFirstComplaint) {
  JsonFields fields(R"({"a":1,"b":2})");
  fields.flag("b");
  fields.text("a", kShort);
  EXPECT_EQ(complaint(fields), R"("b" must be true or false)");
}

}  // namespace
}  // namespace tonecue
