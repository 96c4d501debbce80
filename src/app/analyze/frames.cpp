#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "app/commands.h"
#include "report_writer.h"
#include "tonecue/features/formants.h"
#include "tonecue/features/voice_quality.h"
#include "voice_frames.h"

namespace tonecue {
namespace {

constexpr std::string_view kHeader =
    "time_s,level_dbfs,speech_prob,speech,f0_hz,voicing,hnr_db,tilt_db_per_octave,syllable,"
    "alpha_ratio_db,hammarberg_db,mfcc_1,mfcc_2,mfcc_3,mfcc_4,f1_hz,f2_hz,f3_hz\n";

/// Makes the rows. Measures what only this table tells, so that no call pays for it.
class VoiceTable {
 public:
  void append(const FeatureFrame& frame, const PowerSpectrum& spectrum) {
    const auto out = std::back_inserter(text_);
    fmt::format_to(out, "{:.3f},{:.2f},{:.4f},{:d}", frame.time_s(), frame.level_dbfs,
                   frame.speech_prob, frame.speech);
    append_hz(frame.f0_hz, 2);
    fmt::format_to(out, ",{:.4f},{:.2f},{:.2f},{:d}", frame.voicing, frame.hnr_db,
                   frame.tilt_db_per_octave, frame.syllable);
    fmt::format_to(out, ",{:.2f},{:.2f}", alpha_ratio_db(spectrum), hammarberg_index_db(spectrum));
    for (const float coefficient : cepstrum_.process(frame.mel_db)) {
      fmt::format_to(out, ",{:.3f}", coefficient);
    }
    const bool voiced_speech = frame.speech && frame.f0_hz.has_value();
    for (const auto& hz : voiced_speech ? formants_.process(spectrum) : Formants{}) {
      append_hz(hz, 0);
    }
    text_ += '\n';
  }

  std::string text() && { return std::move(text_); }

 private:
  void append_hz(std::optional<float> hz, int decimals) {
    text_ += ',';
    if (hz) fmt::format_to(std::back_inserter(text_), "{:.{}f}", *hz, decimals);
  }

  std::string text_{kHeader};
  MelCepstrum cepstrum_;
  FormantEstimator formants_;
};

template <Party party>
Result<std::string> table_of(FileSource& source, const std::atomic<bool>& stop) {
  auto extractor = FrameExtractor<party>::create();
  if (!extractor) return tl::unexpected(extractor.error());
  VoiceTable table;
  const auto read = for_each_frame(source, *extractor, stop, [&](const auto& frame) {
    table.append(*frame, extractor->spectrum());
  });
  if (!read) return tl::unexpected(read.error());
  return std::move(table).text();
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
