#include "tonecue/insight/agreement.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace tonecue {
namespace {

constexpr std::size_t kVerdicts = 3;

// What two said of the cues that both judged: how often this against that.
class PairTable {
 public:
  void add(CueVerdict one, CueVerdict other, double times) noexcept {
    counts_[static_cast<std::size_t>(one)][static_cast<std::size_t>(other)] += times;
  }

  double cues() const noexcept {
    double sum = 0.0;
    for (const auto& row : counts_) {
      for (const double count : row) sum += count;
    }
    return sum;
  }

  double agreed() const noexcept {
    double sum = 0.0;
    for (std::size_t i = 0; i < kVerdicts; ++i) sum += counts_[i][i];
    return sum;
  }

  // Cohen, "A coefficient of agreement for nominal scales", 1960. Empty: nothing but one verdict.
  std::optional<double> kappa() const noexcept {
    const double all = cues();
    double by_chance = 0.0;
    for (std::size_t i = 0; i < kVerdicts; ++i) {
      double row = 0.0;
      double column = 0.0;
      for (std::size_t j = 0; j < kVerdicts; ++j) {
        row += counts_[i][j];
        column += counts_[j][i];
      }
      by_chance += row * column / (all * all);
    }
    constexpr double kCertain = 1.0 - 1e-9;
    if (!(all > 0.0) || by_chance > kCertain) return std::nullopt;
    return (agreed() / all - by_chance) / (1.0 - by_chance);
  }

 private:
  std::array<std::array<double, kVerdicts>, kVerdicts> counts_{};
};

using Reviewers = std::pair<std::int64_t, std::int64_t>;
using PairTables = std::map<Reviewers, PairTable>;

void add(PairTables& tables, const JudgedCue& cue, double times) {
  for (auto one = cue.verdicts.begin(); one != cue.verdicts.end(); ++one) {
    for (auto other = std::next(one); other != cue.verdicts.end(); ++other) {
      const auto& [first, second] = std::minmax(*one, *other);  // By person.
      tables[{first.first, second.first}].add(first.second, second.second, times);
    }
  }
}

std::optional<double> mean_kappa(const PairTables& tables) {
  double sum = 0.0;
  double weights = 0.0;
  for (const auto& [pair, table] : tables) {
    const auto kappa = table.kappa();
    if (!kappa) continue;
    sum += table.cues() * *kappa;
    weights += table.cues();
  }
  if (!(weights > 0.0)) return std::nullopt;
  return sum / weights;
}

}  // namespace

CueVerdict verdict_of(const JudgedCue& cue) noexcept {
  std::array<int, kVerdicts> votes{};
  for (const auto& [person, verdict] : cue.verdicts) ++votes[static_cast<std::size_t>(verdict)];
  const int right = votes[static_cast<std::size_t>(CueVerdict::right)];
  const int wrong = votes[static_cast<std::size_t>(CueVerdict::wrong)];
  const int unsure = votes[static_cast<std::size_t>(CueVerdict::unsure)];
  if (right > wrong && right > unsure) return CueVerdict::right;
  if (wrong > right && wrong > unsure) return CueVerdict::wrong;
  return CueVerdict::unsure;
}

Agreement agreement_of(std::span<const JudgedCue> cues) {
  PairTables tables;
  std::map<std::int64_t, std::vector<const JudgedCue*>> by_call;
  std::set<std::int64_t> reviewers;
  Agreement agreement;
  for (const JudgedCue& cue : cues) {
    if (cue.verdicts.size() < 2) continue;
    ++agreement.cues;
    add(tables, cue, 1.0);
    by_call[cue.call_id].push_back(&cue);
    for (const auto& [person, verdict] : cue.verdicts) reviewers.insert(person);
  }
  agreement.calls = static_cast<int>(by_call.size());
  agreement.reviewers = static_cast<int>(reviewers.size());
  agreement.pairs = static_cast<int>(tables.size());
  double agreed = 0.0;
  double compared = 0.0;
  for (const auto& [pair, table] : tables) {
    agreed += table.agreed();
    compared += table.cues();
  }
  if (compared > 0.0) agreement.agreed_share = agreed / compared;
  if (agreement.too_few()) return agreement;
  agreement.kappa = mean_kappa(tables);
  if (!agreement.kappa) return agreement;
  auto call = by_call.begin();  // leave_one_out() takes them in order.
  const auto spread = leave_one_out(*agreement.kappa, agreement.calls, [&](int /*call*/) {
    PairTables others = tables;
    for (const JudgedCue* cue : call->second) add(others, *cue, -1.0);
    ++call;
    return mean_kappa(others);
  });
  if (spread) {
    agreement.interval = interval_of(*spread);
    agreement.interval->low = std::max(agreement.interval->low, -1.0);
    agreement.interval->high = std::min(agreement.interval->high, 1.0);
  }
  return agreement;
}

std::string agreement_sentence(const Agreement& agreement) {
  if (agreement.too_few()) {
    return fmt::format("{} cues have two verdicts; from {} on it can be said how reviewers agree",
                       agreement.cues, kLeastJudgedTwice);
  }
  if (!agreement.kappa) return "all reviewers said the same of all cues: there is nothing to tell";
  // Half-way marks of Landis & Koch (1977), in plainer words.
  constexpr double kMostly = 0.6;
  constexpr double kPartly = 0.4;
  constexpr double kHardly = 0.2;
  const double kappa = *agreement.kappa;
  const std::string_view words = kappa >= kMostly   ? "reviewers mostly hear the same"
                                 : kappa >= kPartly ? "reviewers often hear the same"
                                 : kappa >= kHardly ? "reviewers often differ: agree on what counts"
                                                    : "reviewers hardly agree more than by chance: "
                                                      "listen to some calls together";
  return fmt::format(
      "{} ({:.0f} % the same verdict; kappa {:.2f}, where 0 is chance and 1 is full "
      "agreement{})",
      words, 100.0 * agreement.agreed_share, kappa,
      agreement.pairs > 1 ? "; mean of pairs of reviewers" : "");
}

std::array<Precision, kCueKinds> precision_of(std::span<const JudgedCue> cues) {
  std::array<Precision, kCueKinds> kinds{};
  for (const JudgedCue& cue : cues) {
    Precision& kind = kinds[static_cast<std::size_t>(cue.kind)];
    const CueVerdict verdict = verdict_of(cue);
    kind.right += verdict == CueVerdict::right ? 1 : 0;
    kind.wrong += verdict == CueVerdict::wrong ? 1 : 0;
    kind.unsure += verdict == CueVerdict::unsure ? 1 : 0;
  }
  for (Precision& kind : kinds) {
    if (kind.right + kind.wrong > 0) kind.share = wilson(kind.right, kind.right + kind.wrong);
  }
  return kinds;
}

}  // namespace tonecue
