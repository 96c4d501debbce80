#include "cues/distress_reasons.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/cues/log_odds.h"

namespace tonecue {
namespace {

/// Functionals from `first` to `last`, as distress_functional_names() has them.
struct Stretch {
  std::string_view first;
  std::string_view last;
};

/// A property of the voice: functionals that tell the same, and those of them that a person can
/// check with any other tool. Of these the one is told that has moved most.
struct Property {
  std::array<std::string_view, 3> told;
  std::array<Stretch, 2> stretches;
};

constexpr std::array kProperties = {
    Property{{"f0_median_st"}, {{{"f0_median_st", "f0_median_st"}}}},
    Property{{"f0_p90_p10_st", "f0_slope_abs_st_per_s"}, {{{"f0_sd_st", "f0_level_correlation"}}}},
    Property{{"level_p90_p10_db", "level_change_db"}, {{{"level_sd_db", "level_change_db"}}}},
    Property{{"tilt_mean_db_per_octave", "high_tilt_mean_db"},
             {{{"mfcc1_mean", "mfcc12_mean"}, {"tilt_mean_db_per_octave", "spectral_peak_db"}}}},
    Property{{"flux_voiced_db"},
             {{{"mfcc1_sd", "mfcc12_delta_sd"}, {"flux_active_db", "flux_voiced_db"}}}},
    Property{{"hnr_mean_db"}, {{{"hnr_mean_db", "voicing_p80"}}}},
    Property{{"syllables_per_s", "voiced_stretch_mean_s", "gap_mean_s"},
             {{{"voiced_share", "modulation_16_to_25_hz"}}}},
};

struct Range {
  std::size_t first = 0;
  std::size_t end = 0;
};

struct Place {
  std::array<std::size_t, 3> told{};
  std::size_t told_count = 0;
  std::array<Range, 2> ranges{};
};

std::array<Place, kProperties.size()> places() {
  const std::vector<std::string> names = distress_functional_names();
  const auto place_of = [&names](std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
  };
  std::array<Place, kProperties.size()> found{};
  for (std::size_t p = 0; p < found.size(); ++p) {
    for (const std::string_view told : kProperties[p].told) {
      if (!told.empty()) found[p].told[found[p].told_count++] = place_of(told);
    }
    for (std::size_t s = 0; s < found[p].ranges.size(); ++s) {
      const Stretch& stretch = kProperties[p].stretches[s];
      if (stretch.first.empty()) continue;
      found[p].ranges[s] = {place_of(stretch.first), place_of(stretch.last) + 1};
    }
  }
  return found;
}

const std::array<Place, kProperties.size()> kPlaces = places();

DistressReason largest_step(const DistressNetwork& network, std::size_t property,
                            const DistressFunctionalRow& row,
                            const DistressFunctionalRow& usual) noexcept {
  const Place& place = kPlaces[property];
  DistressReason reason;
  float largest = -1.0F;
  for (std::size_t t = 0; t < place.told_count; ++t) {
    const float step = row[place.told[t]] - usual[place.told[t]];
    const float size = std::abs(step) * network.scaling().step_scale[place.told[t]];
    if (size <= largest) continue;
    largest = size;
    reason = {kProperties[property].told[t], step};
  }
  return reason;
}

struct Brought {
  float log_odds = 0.0F;
  std::size_t property = 0;
};

}  // namespace

DistressReasons find_reasons(DistressNetwork& network, const DistressFunctionalRow& row,
                             const DistressFunctionalRow& usual,
                             const DistressNetwork::LogOdds& voice,
                             const DistressScore& score) noexcept {
  std::array<Brought, kProperties.size()> brought{};
  for (std::size_t p = 0; p < brought.size(); ++p) {
    DistressFunctionalRow without = row;
    for (const Range& range : kPlaces[p].ranges) {
      for (std::size_t i = range.first; i < range.end; ++i) without[i] = usual[i];
    }
    const float left = network.process(without, &usual, voice).agitated;
    brought[p] = {log_odds(score.agitated) - log_odds(left), p};
  }
  std::ranges::sort(brought, std::ranges::greater{}, &Brought::log_odds);
  DistressReasons reasons{};
  for (std::size_t r = 0; r < reasons.size(); ++r) {
    if (brought[r].log_odds <= 0.0F) break;
    reasons[r] = largest_step(network, brought[r].property, row, usual);
  }
  return reasons;
}

}  // namespace tonecue
