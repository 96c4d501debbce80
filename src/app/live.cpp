#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "tonecue/app/call_player.h"
#include "tonecue/app/config_file.h"
#include "tonecue/pipeline/call_recorder.h"
#include "tonecue/report/call_json.h"
#include "tonecue/report/wording.h"

#include "commands.h"
#include "report_writer.h"

namespace tonecue {
namespace {

/// 20 ms, as telephony streams and devices deliver.
constexpr int kBlockSamples = kSampleRateHz / 50;

/// Shows each alert when it comes, and passes everything on to a recorder.
class AlertPrinter : public CallListener {
 public:
  AlertPrinter(std::ostream& out, CallListener& recorder) : out_(out), recorder_(recorder) {}

  void on_hop(const CallHop& hop) noexcept override { recorder_.on_hop(hop); }
  void on_frame(const CallFrame& frame) noexcept override { recorder_.on_frame(frame); }
  void on_turn(const TurnFrame& frame) noexcept override { recorder_.on_turn(frame); }
  void on_cue(const CueChange& change) noexcept override { recorder_.on_cue(change); }
  void on_alert(const Alert& alert) noexcept override {
    recorder_.on_alert(alert);
    if (alert.delivery != Delivery::delivered) return;
    out_ << fmt::format("{:>7}  {}  ({}, {})\n", clock_time(alert.at_ms), alert.text,
                        title(alert.cue), name(alert.party))
         << std::flush;
  }

 private:
  std::ostream& out_;
  CallListener& recorder_;
};
}  // namespace
}  // namespace tonecue
