#include "site_summary.h"

#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "tonecue/cues/distress_config.h"

namespace tonecue {
namespace {

// The pool of capped estimates hardly gets there.
constexpr float kNearlyNever = 0.95F;

std::string counted(int number, std::string_view thing) {
  return fmt::format("{} {}{}", number, thing, number == 1 ? "" : "s");
}

std::string thresholds(const SiteCalibration& site) {
  const DistressConfig shipped;
  return fmt::format("Raise at {:.2f}, end at {:.2f} (shipped: {:.2f}, {:.2f}).\n",
                     site.raise_probability, site.end_probability, shipped.raise_probability,
                     shipped.end_probability);
}

std::string rates(const SiteCalibration& site) {
  std::string text = fmt::format("{} in these calls.", counted(site.cues, "cue"));
  if (site.calls > 1) {
    text += fmt::format(" Each call judged by a fit on the others: {}.",
                        counted(site.cues_left_out, "cue"));
  }
  return text + fmt::format("\nExpect {:.2f} an hour of call; 90 % interval {:.2f} to {:.2f}.\n",
                            site.expected_per_hour, site.low_per_hour, site.high_per_hour);
}

std::string reviews(const SiteCalibration& site) {
  if (site.reviewed_cues == 0) return {};
  return fmt::format(
      "From {}: log-odds times {:.2f}, plus {:.2f}. They tell nothing of\n"
      "distress that no cue was raised for.\n",
      counted(site.reviewed_cues, "reviewed cue"), site.scale.slope, site.scale.offset);
}

std::string certainty(const SiteCalibration& site) {
  std::string text = fmt::format("{:.0f} % sure that it is at most {:g} an hour.\n",
                                 100.0 * site.certainty, site.wanted_per_hour);
  if (site.raise_probability >= kNearlyNever) {
    text += "At so high a threshold the cue nearly never comes. Listen to some of these calls.\n";
  }
  if (!site.enough_hours()) {
    text += fmt::format(
        "Too few hours to know: {:.1f} of the {:.1f} that a claim takes, so the threshold was\n"
        "not put below the shipped one. ",
        site.hours, site.least_hours);
  }
  return text + fmt::format("About {:.0f} hours tell the rate within a half of itself.\n",
                            site.good_hours);
}

}  // namespace

std::string site_summary(const SiteCalibration& site, const std::string& file) {
  std::error_code status;
  const std::string whole = std::filesystem::absolute(file, status).lexically_normal().string();
  return fmt::format("{}, {:.2f} hours, {:.2f} hours of the customers' speech.\n\n",
                     counted(site.calls, "call"), site.hours, site.talk_hours) +
         thresholds(site) + rates(site) + certainty(site) + reviews(site) +
         fmt::format(
             "\nWritten to {}. To use it, say in the configuration:\n\n"
             "    [distress]\n    calibration = \"{}\"\n",
             file, whole);
}

}  // namespace tonecue
