#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/commands.h"
#include "model_source.h"
#include "tonecue/cues/distress_comparison.h"

namespace tonecue {
namespace {

/// A table of what is the same and what is not.
class Differences {
 public:
  Differences(const ModelFile& a, const ModelFile& b) : a_(a), b_(b) {}

  std::string text() {
    const ModelCard& a = a_.card();
    const ModelCard& b = b_.card();
    row("name", a.name, b.name);
    row("definitions", fmt::format("{}", a.definitions), fmt::format("{}", b.definitions));
    row("parameters", fmt::format("{}", parameters(a_)), fmt::format("{}", parameters(b_)));
    row("bytes", fmt::format("{}", a.bytes), fmt::format("{}", b.bytes));
    row("sha256", a.sha256.substr(0, kHashShown), b.sha256.substr(0, kHashShown));
    lists();
    numbers();
    tensors();
    scores();
    text_ += fmt::format("licence\n  A {}\n  B {}\n", a.licence, b.licence);
    return text_;
  }

 private:
  static constexpr std::size_t kHashShown = 12;

  static std::size_t parameters(const ModelFile& model) {
    std::size_t count = 0;
    for (const auto& [name, tensor] : model.tensors()) count += tensor.values.size();
    return count;
  }

  void row(const std::string& what, const std::string& a, const std::string& b) {
    fmt::format_to(std::back_inserter(text_), "{:56} {:>13} {:>13}{}\n", one_line(what), a, b,
                   a == b ? "" : "  differs");
  }

  /// How many items each has, and which ones only one of them has.
  void lists() {
    for_each_name(a_.strings(), b_.strings(), [this](const auto& name, auto* a, auto* b) {
      const std::vector<std::string> none;
      const auto& ours = a != nullptr ? *a : none;
      const auto& theirs = b != nullptr ? *b : none;
      row(name, fmt::format("{}", ours.size()), fmt::format("{}", theirs.size()));
      const bool strangers =
          !ours.empty() && !theirs.empty() &&
          std::find_first_of(ours.begin(), ours.end(), theirs.begin(), theirs.end()) == ours.end();
      if (strangers) {
        text_ += "  none in common\n";
      } else {
        only("A", ours, theirs);
        only("B", theirs, ours);
      }
    });
  }

  void only(std::string_view whose, const std::vector<std::string>& ours,
            const std::vector<std::string>& theirs) {
    for (const std::string& item : ours) {
      if (std::find(theirs.begin(), theirs.end(), item) == theirs.end()) {
        fmt::format_to(std::back_inserter(text_), "  only {}: {}\n", whose, item);
      }
    }
  }

  void numbers() {
    for_each_name(a_.numbers(), b_.numbers(), [this](const auto& name, auto* a, auto* b) {
      row(name, value_or_dash(a), value_or_dash(b));
    });
  }

  /// Those alone whose sizes or weights differ.
  void tensors() {
    for_each_name(a_.tensors(), b_.tensors(), [this](const auto& name, auto* a, auto* b) {
      if (a != nullptr && b != nullptr && a->shape == b->shape && a->values == b->values) return;
      const auto shape = [](auto* tensor) {
        return tensor != nullptr ? shape_text(tensor->shape) : std::string("-");
      };
      fmt::format_to(std::back_inserter(text_), "{:56} {:>13} {:>13}  differs\n", one_line(name),
                     shape(a), shape(b));
    });
  }

  void scores() {
    const auto by_name = [](const ModelCard& card) {
      std::map<std::string, float> scores;
      for (const auto& [name, value] : card.scores) scores.emplace(name, value);
      return scores;
    };
    for_each_name(by_name(a_.card()), by_name(b_.card()),
                  [this](const auto& name, auto* a, auto* b) {
                    row(name, value_or_dash(a), value_or_dash(b));
                  });
  }

  static std::string value_or_dash(const float* value) {
    return value != nullptr ? fmt::format("{}", *value) : "-";
  }

  /// Calls `tell(name, A's value or null, B's value or null)` for every name that either has.
  template <class T, class Tell>
  static void for_each_name(const std::map<std::string, T>& a, const std::map<std::string, T>& b,
                            Tell tell) {
    std::set<std::string> names;
    for (const auto& [name, value] : a) names.insert(name);
    for (const auto& [name, value] : b) names.insert(name);
    for (const std::string& name : names) {
      const auto in_a = a.find(name);
      const auto in_b = b.find(name);
      tell(name, in_a != a.end() ? &in_a->second : nullptr,
           in_b != b.end() ? &in_b->second : nullptr);
    }
  }

  const ModelFile& a_;
  const ModelFile& b_;
  std::string text_;
};

std::string answers(const ModelFile& a, const ModelFile& b) {
  const auto first = DistressWeights::create(a, {});
  const auto second = DistressWeights::create(b, {});
  if (!first || !second) {
    return fmt::format("answers: not compared; {}: {}\n", first ? "B" : "A",
                       (first ? second : first).error().message);
  }
  const DistressComparison change = compare(*first, *second);
  const auto line = [](std::string_view head, const AnswerChange& of) {
    return fmt::format("  {:10} {:.4f} on average, {:.4f} at most\n", head, of.mean, of.largest);
  };
  return fmt::format("answers to {} made voices, B against A\n{}{}", change.voices,
                     line("agitated", change.agitated), line("distress", change.distress));
}

}  // namespace

int model_compare(const ModelCompareOptions& options, const Console& console) {
  const auto a = find_model(options.first);
  if (!a) return fail(console, a.error());
  const auto b = find_model(options.second);
  if (!b) return fail(console, b.error());
  std::string text = fmt::format("A {}\nB {}\n", one_line(options.first), one_line(options.second));
  text += Differences(*a, *b).text();
  if (a->name() == "distress" || b->name() == "distress") text += answers(*a, *b);
  const auto printed = print(console, text);
  return printed ? kDone : fail(console, printed.error());
}

}  // namespace tonecue
