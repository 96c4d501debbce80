#include "live_end.h"

#include <ctime>
#include <filesystem>
#include <system_error>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "tonecue/report/agent_summary.h"
#include "tonecue/report/plain_words.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;

void add_live_facts(CallReport& report, const LatencyMeter& latency, const LiveLine& line) {
  report.live = LiveFacts{.decision_median_ms = latency.within_ms(0.5),
                          .decision_p99_ms = latency.within_ms(0.99),
                          .devices = line.health()};
}

}  // namespace

Result<void> tell_end(const LiveRoom& room, LiveCall& call, const LiveLine& line, LiveDesk& desk) {
  for (const std::string& lost : call.lost) complain(room.console, lost);
  for (const std::string& warning : line.warnings()) complain(room.console, warning);
  room.out << fmt::format("{:>7}  The call is over. {}.\n", clock_time(call.report.duration_ms),
                          headline(call.report));
  if (call.latency.count() > 0) {
    add_live_facts(call.report, call.latency, line);
    room.out << fmt::format(
        "         From microphone to decision: {} ms, 99 of 100 within {} ms.\n",
        call.report.live->decision_median_ms, call.report.live->decision_p99_ms);
  }
  const AgentSummary summary = agent_summary(call.report);
  room.out << '\n' << agent_summary_text(summary, text_of(room)) << std::flush;
  DeskServer* page = desk.page();
  return page != nullptr ? page->set_summary(agent_summary_json(summary)) : Result<void>{};
}

Result<void> make_json_folder(const std::string& folder) {
  if (folder.empty()) return {};
  if (folder == "-") {
    return failure(ErrorCode::invalid_argument,
                   "--json: a shift has many calls, so name a folder for them in place of '-'");
  }
  std::error_code status;
  fs::create_directories(folder, status);
  if (std::error_code ignored; fs::is_directory(folder, ignored)) return {};
  return failure(ErrorCode::unwritable,
                 fmt::format("{}: cannot make this folder for the calls of the shift: {}", folder,
                             status ? status.message() : "a file of that name is there"));
}

std::string next_json_file(const std::string& folder) {
  if (folder.empty()) return {};
  const std::string name =
      fmt::format("call_{:%Y-%m-%d_%H%M%S}", fmt::localtime(std::time(nullptr)));
  fs::path file = fs::path(folder) / (name + ".json");
  std::error_code unknown;
  for (int more = 2; fs::exists(file, unknown); ++more) {
    file = fs::path(folder) / fmt::format("{}_{}.json", name, more);
  }
  return file.string();
}

}  // namespace tonecue
