#include "reviewed_cues.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "tonecue/app/console.h"

namespace tonecue {
namespace {

std::string name_of(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

/// Which call a verdict is about.
class CallFinder {
 public:
  explicit CallFinder(std::span<const DistressSeries> calls) {
    for (std::size_t i = 0; i < calls.size(); ++i) {
      by_path_.emplace(calls[i].call, i);
      by_name_.emplace(name_of(calls[i].call), i);
    }
  }

  std::optional<std::size_t> operator()(const std::string& file) const {
    if (const auto found = by_path_.find(file); found != by_path_.end()) return found->second;
    const auto [first, last] = by_name_.equal_range(name_of(file));
    if (first == last || std::next(first) != last) return std::nullopt;
    return first->second;
  }

 private:
  std::map<std::string, std::size_t> by_path_;
  std::multimap<std::string, std::size_t> by_name_;
};

}  // namespace

ReviewedCues find_reviewed_cues(std::span<const Verdict> verdicts,
                                std::span<const DistressSeries> calls, std::string_view table) {
  ReviewedCues reviewed;
  const auto refuse = [&](const Verdict& verdict, std::string_view what) {
    reviewed.problems.push_back(
        {ErrorCode::not_found, one_line(fmt::format("{}:{}: {}", table, verdict.line, what))});
  };
  const CallFinder find(calls);
  std::map<std::pair<std::size_t, std::int64_t>, ReviewedCue> by_moment;
  for (const Verdict& verdict : verdicts) {
    const auto call = find(verdict.file);
    if (!call) {
      refuse(verdict, fmt::format("'{}' is none of the recordings, or the name of several; write "
                                  "its path as you gave it",
                                  verdict.file));
      continue;
    }
    if (!can_learn_from(calls[*call], verdict.raised_at_ms)) {
      refuse(verdict, fmt::format("'{}' has no estimate within {} s of that time; write the "
                                  "raised_at_s of its distress cue",
                                  verdict.file, kReviewedMs / 1000));
      continue;
    }
    ReviewedCue& cue = by_moment[{*call, verdict.raised_at_ms}];
    cue.call = *call;
    cue.raised_at_ms = verdict.raised_at_ms;
    cue.right += verdict.verdict == ReviewVerdict::right ? 1 : 0;
    cue.wrong += verdict.verdict == ReviewVerdict::wrong ? 1 : 0;
  }
  for (const auto& [moment, cue] : by_moment) reviewed.cues.push_back(cue);
  return reviewed;
}

}  // namespace tonecue
