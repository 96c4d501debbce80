#include <iterator>
#include <string>

#include <fmt/format.h>

#include "commands.h"
#include "report_writer.h"
#include "voice_frames.h"

namespace tonecue {
namespace {

constexpr std::string_view kHeader =
    "time_s,level_dbfs,speech_prob,speech,f0_hz,voicing,hnr_db,tilt_db_per_octave,syllable\n";

void append_row(std::string& table, const FeatureFrame& frame) {
  const auto row = std::back_inserter(table);
  fmt::format_to(row, "{:.3f},{:.2f},{:.4f},{:d},", frame.time_s(), frame.level_dbfs,
                 frame.speech_prob, frame.speech);
  if (frame.f0_hz) fmt::format_to(row, "{:.2f}", *frame.f0_hz);
  fmt::format_to(row, ",{:.4f},{:.2f},{:.2f},{:d}\n", frame.voicing, frame.hnr_db,
                 frame.tilt_db_per_octave, frame.syllable);
}

template <Party party>
Result<std::string> table_of(FileSource& source, const std::atomic<bool>& stop) {
  auto extractor = FrameExtractor<party>::create();
  if (!extractor) return tl::unexpected(extractor.error());
  std::string table{kHeader};
  const auto read = for_each_frame(source, *extractor, stop,
                                   [&table](const auto& frame) { append_row(table, *frame); });
  if (!read) return tl::unexpected(read.error());
  return table;
}

}  // namespace

int frames(const FramesOptions& options, const Console& console) {
  const auto writable = expect_writable_target(options.csv, options.force);
  if (!writable) return fail(console, writable.error());
  auto source = FileSource::create(options.input, options.recording);
  if (!source) return fail(console, source.error());
  const auto table = options.recording.party == Party::agent
                         ? table_of<Party::agent>(*source, console.stop)
                         : table_of<Party::customer>(*source, console.stop);
  if (console.stop) return interrupted(console);
  if (!table) return fail(console, table.error());
  for (const std::string& warning : source->warnings()) complain(console, warning);

  const auto written = write_text(options.csv, *table, options.force, console);
  if (!written) return fail(console, written.error());
  return source->truncated() ? kFailed : kDone;
}

}  // namespace tonecue
