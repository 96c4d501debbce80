// site_evaluation SERIES.csv [ALERTS_PER_HOUR]
//
// How the site's calibration does on calls that it did not see: each recording is judged by a fit
// on all the others (docs/calibration.md). SERIES.csv holds what a model says of calls, one row per
// estimate in the order of time:
//
//     clip,end_s,log_odds,speech_s
//
// `end_s` is the call time at which the estimate was made, `speech_s` the clean speech since the
// one before. Clips named RECORDING:SIDE are sides of one recording and left out together. A clip
// is taken to last until its last estimate.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tonecue/cues/site_calibration.h"

namespace {

using Calls = std::vector<tonecue::DistressSeries>;

std::string recording_of(const std::string& clip) { return clip.substr(0, clip.rfind(':')); }

Calls read_series(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);  // Header.
  Calls calls;
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::string clip;
    std::getline(cells, clip, ',');
    double end_s = 0.0;
    float log_odds = 0.0F;
    float speech_s = 0.0F;
    char comma = ',';
    if (!(cells >> end_s >> comma >> log_odds >> comma >> speech_s)) {
      std::cerr << path << ": not clip,end_s,log_odds,speech_s: " << line << '\n';
      return {};
    }
    if (calls.empty() || calls.back().call != clip) calls.push_back({.call = clip});
    tonecue::DistressSeries& call = calls.back();
    const auto frame = std::llround(end_s * tonecue::kHopsPerSecond) - 1;
    call.windows.push_back({frame, tonecue::probability_of(log_odds), speech_s});
    call.frames = frame + 1;
    call.talk_frames += std::lround(speech_s * tonecue::kHopsPerSecond);
  }
  return calls;
}

/// What some calls have at a threshold.
struct Tally {
  double hours = 0.0;
  std::size_t windows = 0;
  std::size_t over = 0;  // Windows over the raise probability.
  std::size_t cues = 0;

  void add(const tonecue::DistressSeries& call, const tonecue::DistressConfig& config) {
    hours += call.hours();
    windows += call.windows.size();
    over += static_cast<std::size_t>(std::count_if(
        call.windows.begin(), call.windows.end(),
        [&](const auto& window) { return window.agitated > config.raise_probability; }));
    cues += tonecue::replay(call, config).size();
  }

  void print(const std::string& name, const std::string& threshold) const {
    std::printf(
        "%-32s %6.3f h  %s  %5zu windows  %5.1f %% over  %3zu cues  %5.1f an hour\n", name.c_str(),
        hours, threshold.c_str(), windows,
        100.0 * static_cast<double>(over) / static_cast<double>(std::max<std::size_t>(windows, 1)),
        cues, static_cast<double>(cues) / hours);
  }
};

std::string text(float probability) {
  std::array<char, 8> digits{};
  std::snprintf(digits.data(), digits.size(), "%.2f", static_cast<double>(probability));
  return digits.data();
}

/// @return Whether the others could be fitted.
bool judge(const std::string& recording, const Calls& calls, double wanted_per_hour, Tally& fitted,
           Tally& shipped) {
  Calls others;
  for (const auto& call : calls) {
    if (recording_of(call.call) != recording) others.push_back(call);
  }
  const auto fit = tonecue::fit_site(others, wanted_per_hour);
  if (!fit) {
    std::cerr << recording << ": " << fit.error().message << '\n';
    return false;
  }
  tonecue::DistressConfig config;
  config.raise_probability = fit->raise_probability;
  config.end_probability = fit->end_probability;
  for (const auto& call : calls) {
    if (recording_of(call.call) != recording) continue;
    Tally own;
    own.add(call, config);
    own.print(call.call, text(config.raise_probability));
    fitted.add(call, config);
    shipped.add(call, {});
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) {
    std::cerr << "site_evaluation SERIES.csv [ALERTS_PER_HOUR]\n";
    return 2;
  }
  const Calls calls = read_series(argv[1]);
  if (calls.empty()) return 1;
  const double wanted_per_hour = argc == 3 ? std::strtod(argv[2], nullptr) : 1.0;
  std::set<std::string> recordings;
  for (const auto& call : calls) recordings.insert(recording_of(call.call));
  Tally fitted;
  Tally shipped;
  for (const std::string& recording : recordings) {
    if (!judge(recording, calls, wanted_per_hour, fitted, shipped)) return 1;
  }
  fitted.print("all, fitted on the others", "    ");
  shipped.print("all, as shipped", text(tonecue::DistressConfig{}.raise_probability));
  return 0;
}
