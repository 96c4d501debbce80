#include <iterator>
#include <string>

#include <fmt/format.h>

#include "commands.h"
#include "report_writer.h"
#include "tonecue/app/call_player.h"

namespace tonecue {
namespace {

/// One CSV row per frame of one voice.
class FrameTable : public CallListener {
 public:
  explicit FrameTable(Party party) : party_(party) {}

  void on_frame(const CallFrame& frame) noexcept override {
    const FeatureFrame& voice = frame.voice[party_];
    const auto row = std::back_inserter(text_);
    fmt::format_to(row, "{:.3f},{:.2f},{:.4f},{:d},", voice.time_s(), voice.level_dbfs,
                   voice.speech_prob, voice.speech);
    if (voice.f0_hz) fmt::format_to(row, "{:.2f}", *voice.f0_hz);
    fmt::format_to(row, ",{:.4f},{:.2f},{:.2f},{:d}\n", voice.voicing, voice.hnr_db,
                   voice.tilt_db_per_octave, voice.syllable);
  }

  const std::string& text() const noexcept { return text_; }

 private:
  Party party_;
  std::string text_ =
      "time_s,level_dbfs,speech_prob,speech,f0_hz,voicing,hnr_db,tilt_db_per_octave,syllable\n";
};

}  // namespace

int frames(const FramesOptions& options, const Console& console) {
  auto source = FileSource::create(options.input, options.recording);
  if (!source) return fail(console, source.error());
  auto session = CallSession::create({});
  if (!session) return fail(console, session.error());

  FrameTable table(*options.recording.party);
  const auto samples = play_call(*source, *session, table, {}, console.stop);
  if (console.stop) return interrupted(console);
  if (!samples) return fail(console, samples.error());
  for (const std::string& warning : source->warnings()) complain(console, warning);

  const auto written = write_text(options.csv, table.text(), options.force, console);
  if (!written) return fail(console, written.error());
  return source->truncated() ? kFailed : kDone;
}

}  // namespace tonecue
