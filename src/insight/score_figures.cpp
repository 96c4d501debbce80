#include "tonecue/insight/score_figures.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <span>

#include "tonecue/insight/call_sums.h"

namespace tonecue {
namespace {

constexpr double kMostRho = 0.999999;  // Fisher's z of 1 is no number.

// Indices by value.
template <class Key>
std::vector<std::size_t> order_by(std::span<const ScoredValue> values, const Key& key) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return key(values[i]); });
  return order;
}

// Mean ranks of all but one agent's, at each one's index.
template <class Key>
void rank(std::span<const ScoredValue> values, std::span<const std::size_t> order, int left_out,
          const Key& key, std::vector<double>& ranks) {
  std::vector<std::size_t> tied;
  double before = 0.0;
  const auto settle = [&] {
    const double mean = before + 0.5 * (static_cast<double>(tied.size()) + 1.0);
    for (const std::size_t i : tied) ranks[i] = mean;
    before += static_cast<double>(tied.size());
    tied.clear();
  };
  for (const std::size_t i : order) {
    if (values[i].agent == left_out) continue;
    if (!tied.empty() && key(values[tied.front()]) != key(values[i])) settle();
    tied.push_back(i);
  }
  settle();
}

double value_key(const ScoredValue& one) { return one.value; }
double score_key(const ScoredValue& one) { return one.score; }

// Of ranks, whose sum is known.
class RankedPairs {
 public:
  explicit RankedPairs(std::span<const ScoredValue> values)
      : values_(values),
        by_value_(order_by(values, value_key)),
        by_score_(order_by(values, score_key)),
        value_ranks_(values.size()),
        score_ranks_(values.size()) {}

  /// Fisher's z of rho; empty where one of the two is the same throughout.
  std::optional<double> z_without(int left_out) {
    rank(values_, by_value_, left_out, value_key, value_ranks_);
    rank(values_, by_score_, left_out, score_key, score_ranks_);
    double count = 0.0;
    for (const ScoredValue& one : values_) count += one.agent == left_out ? 0.0 : 1.0;
    const double middle = 0.5 * (count + 1.0);
    double together = 0.0;
    double of_values = 0.0;
    double of_scores = 0.0;
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (values_[i].agent == left_out) continue;
      const double value = value_ranks_[i] - middle;
      const double score = score_ranks_[i] - middle;
      together += value * score;
      of_values += value * value;
      of_scores += score * score;
    }
    if (!(of_values > 0.0) || !(of_scores > 0.0)) return std::nullopt;
    return std::atanh(std::clamp(together / std::sqrt(of_values * of_scores), -kMostRho, kMostRho));
  }

 private:
  std::span<const ScoredValue> values_;
  std::vector<std::size_t> by_value_;
  std::vector<std::size_t> by_score_;
  std::vector<double> value_ranks_;
  std::vector<double> score_ranks_;
};

constexpr int kNobody = -1;

std::vector<int> agents_of(std::span<const ScoredValue> values) {
  std::set<int> agents;
  for (const ScoredValue& one : values) agents.insert(one.agent);
  return {agents.begin(), agents.end()};
}

struct Halves {
  double with = 0.0;
  double without = 0.0;
  double with_sum = 0.0;
  double without_sum = 0.0;

  void add(const ScoredValue& one, double times) {
    const bool has = one.value > 0.0;
    (has ? with : without) += times;
    (has ? with_sum : without_sum) += times * one.score;
  }
  std::optional<double> difference() const {
    constexpr double kOne = 0.5;
    if (with < kOne || without < kOne) return std::nullopt;
    return with_sum / with - without_sum / without;
  }
};

}  // namespace

std::optional<Estimate> rank_correlation(std::vector<ScoredValue> values) {
  const std::vector<int> agents = agents_of(values);
  if (static_cast<int>(values.size()) < kLeastScored ||
      static_cast<int>(agents.size()) < kLeastAgents) {
    return std::nullopt;
  }
  RankedPairs pairs(values);
  const auto all = pairs.z_without(kNobody);
  if (!all) return std::nullopt;
  const auto spread = leave_one_out(*all, static_cast<int>(agents.size()), [&](int group) {
    return pairs.z_without(agents[static_cast<std::size_t>(group)]);
  });
  if (!spread) return std::nullopt;
  const Estimate z = interval_of(*spread);
  return Estimate{.value = std::tanh(z.value), .low = std::tanh(z.low), .high = std::tanh(z.high)};
}

PresenceFigures presence_of(const std::vector<ScoredValue>& values) {
  Halves all;
  std::map<int, Halves> by_agent;
  for (const ScoredValue& one : values) {
    all.add(one, 1.0);
    by_agent[one.agent].add(one, 1.0);
  }
  PresenceFigures figures{.with = static_cast<int>(all.with),
                          .without = static_cast<int>(all.without)};
  const auto difference = all.difference();
  if (figures.too_few() || !difference) return figures;
  figures.with_mean = all.with_sum / all.with;
  figures.without_mean = all.without_sum / all.without;
  if (static_cast<int>(by_agent.size()) < kLeastAgents) return figures;
  auto agent = by_agent.begin();  // leave_one_out() takes them in order.
  const auto spread =
      leave_one_out(*difference, static_cast<int>(by_agent.size()), [&](int /*agent*/) {
        Halves others = all;
        const Halves& left_out = (agent++)->second;
        others.with -= left_out.with;
        others.without -= left_out.without;
        others.with_sum -= left_out.with_sum;
        others.without_sum -= left_out.without_sum;
        return others.difference();
      });
  if (spread) figures.difference = interval_of(*spread);
  return figures;
}

void ScoreFigures::add(const CallNumbers& call, double score) {
  ++calls_;
  sum_ += score;
  const int agent =
      agents_.try_emplace(std::string(call.agent), static_cast<int>(agents_.size())).first->second;
  CallSums sums;
  sums.add(call);
  // Shares of calls and answers are for many calls; of one call they are presences.
  for (const Measure measure :
       {Measure::interruptions_per_h, Measure::interruptions_by_customer_per_h,
        Measure::distress_min_per_h, Measure::time_to_calm_s, Measure::silence_share,
        Measure::overtalk_share, Measure::agent_talk_share, Measure::alerts_per_h}) {
    if (const auto value = value_of(measure, sums)) {
      measures_[name(measure)].push_back({*value, score, agent});
    }
  }
  const auto note = [&](Party party, CueKind kind) {
    cues_[{party, kind}].push_back({call.has(party, kind) ? 1.0 : 0.0, score, agent});
  };
  for (const CueKind kind :
       {CueKind::distress, CueKind::raised_voice, CueKind::recovered, CueKind::interruption}) {
    note(Party::customer, kind);
  }
  if (!call.conduct_visible) return;
  for (const CueKind kind :
       {CueKind::interruption, CueKind::long_silence, CueKind::monologue, CueKind::fast_speech}) {
    note(Party::agent, kind);
  }
}

std::vector<ScoreFigures::Correlated> ScoreFigures::correlations() const {
  std::vector<Correlated> all;
  for (const auto& [name, values] : measures_) {
    all.push_back({name, static_cast<int>(values.size()), rank_correlation(values)});
  }
  return all;
}

std::vector<ScoreFigures::Present> ScoreFigures::presences() const {
  std::vector<Present> all;
  for (const auto& [cue, values] : cues_) {
    all.push_back({cue.second, cue.first, presence_of(values)});
  }
  return all;
}

}  // namespace tonecue
