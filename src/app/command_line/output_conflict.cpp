#include "output_conflict.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <variant>
#include <vector>

#include "app/analyze/recordings.h"
#include "app/practice/bundled_calls.h"

namespace tonecue {
namespace {

using Paths = std::vector<std::string>;

struct OutputConflict {
  std::string operator()(const AnalyzeOptions& options) const {
    const auto targets = options.targets.all();
    if (is_batch(options.inputs)) {
      const bool to_stdout = std::find(targets.begin(), targets.end(), "-") != targets.end();
      return to_stdout ? "the reports of several recordings need a folder, not -" : "";
    }
    for (auto target = targets.begin(); target != targets.end(); ++target) {
      if (!target->empty() && std::find(target + 1, targets.end(), *target) != targets.end()) {
        return "two outputs have the same name: " + *target;
      }
    }
    return replaced_input(options.inputs, {targets.begin(), targets.end()});
  }
  std::string operator()(const FramesOptions& options) const {
    return replaced_input({options.input}, {options.csv});
  }
  std::string operator()(const DistressOptions& options) const {
    return replaced_input(options.inputs, {options.csv});
  }
  std::string operator()(const CalibrateOptions& options) const {
    if (options.recording.party == Party::agent) {
      return "--party agent leaves no customer to calibrate on; give recordings of customers";
    }
    if (!options.verdicts.empty() && options.verdicts == options.out) {
      return "the output " + options.out + " is the table of verdicts itself";
    }
    return replaced_input(options.inputs, {options.out});
  }
  std::string operator()(const ReplayAlertsOptions& options) const {
    if (!options.csv.empty() && options.csv == options.json) {
      return "two outputs have the same name: " + options.csv;
    }
    return replaced_input(options.inputs, {options.csv, options.json});
  }
  std::string operator()(const LiveOptions& options) const {
    return replaced_input({options.replay}, {options.json});
  }
  std::string operator()(const PracticeOptions& options) const {
    if (!options.json.empty() && options.json == options.html) {
      return "two outputs have the same name: " + options.json;
    }
    if (!options.json.empty() && options.json == options.against) {
      return "the output " + options.json + " is the earlier attempt itself";
    }
    return replaced_input({scenario_path(options.scenario).string()}, {options.json, options.html});
  }
  template <class NoOutput>
  std::string operator()(const NoOutput& /*options*/) const {
    return {};
  }

 private:
  /// Not even --force may cost a recording.
  static std::string replaced_input(const Paths& inputs, const Paths& targets) {
    for (const std::string& input : inputs) {
      for (const std::string& target : targets) {
        std::error_code status;
        if (std::filesystem::is_regular_file(target, status) &&
            std::filesystem::equivalent(input, target, status)) {
          return "the output " + target + " is the recording itself";
        }
      }
    }
    return {};
  }
};

}  // namespace

std::string output_conflict(const Command& command) {
  return std::visit(OutputConflict{}, command);
}

}  // namespace tonecue
