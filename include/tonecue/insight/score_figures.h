/// @file
/// Scores from outside, against what was heard.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/insight/change.h"
#include "tonecue/insight/interval.h"
#include "tonecue/store/number_store.h"

namespace tonecue {

inline constexpr int kLeastScored = 30;

/// One value of a call, its score, and whose call it was.
struct ScoredValue {
  double value = 0.0;
  double score = 0.0;
  int agent = 0;
};

/// Spearman's rho (1904), ties by mean ranks. Its interval leaves each agent out once, on Fisher's
/// z, with ranks made anew. Empty under kLeastScored calls or kLeastAgents agents, or where one of
/// the two does not vary.
std::optional<Estimate> rank_correlation(std::vector<ScoredValue> values);

/// Scores of the calls with something, and without.
struct PresenceFigures {
  int with = 0;
  int without = 0;
  double with_mean = 0.0;
  double without_mean = 0.0;
  std::optional<Estimate> difference{};  ///< with - without; each agent left out once.
  bool too_few() const noexcept { return with < kLeastCalls || without < kLeastCalls; }
};
PresenceFigures presence_of(const std::vector<ScoredValue>& values);  ///< value: 1 or 0.

/// Collects the scored calls.
class ScoreFigures {
 public:
  struct Correlated {
    std::string_view name{};
    int calls = 0;
    std::optional<Estimate> rho{};
  };
  struct Present {
    CueKind cue = CueKind::distress;
    Party party = Party::customer;
    PresenceFigures figures{};
  };

  void add(const CallNumbers& call, double score);

  int calls() const noexcept { return calls_; }
  int agents() const noexcept { return static_cast<int>(agents_.size()); }
  bool too_few() const noexcept { return calls_ < kLeastScored || agents() < kLeastAgents; }
  double mean() const noexcept { return calls_ > 0 ? sum_ / calls_ : 0.0; }

  std::vector<Correlated> correlations() const;
  std::vector<Present> presences() const;

 private:
  int calls_ = 0;
  double sum_ = 0.0;
  std::map<std::string, int, std::less<>> agents_{};
  std::map<std::string_view, std::vector<ScoredValue>> measures_{};
  std::map<std::pair<Party, CueKind>, std::vector<ScoredValue>> cues_{};
};

}  // namespace tonecue
