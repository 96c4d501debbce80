#include "tonecue/alerts/alert_tone.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>

namespace tonecue {
namespace {

// Where the shapes come from
// - Pattern before pitch: earcons are told apart by rhythm and by the direction of a melody, hardly
//   by register alone (Brewster, Wright, Edwards: Guidelines for the creation of earcons, 1995).
// - Soft: urgency grows with pitch, speed, repetition, fast onsets and inharmonic partials
//   (Edworthy, Loxley, Dennis 1991; Hellier, Edworthy 1989). So: two notes at most, no partials,
//   onsets slower than the 20 ms that sound urgent, and an end that is longer than the onset, as of
//   something that goes away.
// - Pitch: a bare sine between 780 and 1300 Hz. The monitor of the headset, where the customer's
//   voice is taken from, hears the tone as well, and the speech detector must not take it for one.
//   In pauses of the bundled calls it did so for lower notes, and the more with an octave at -12 dB
//   (480 Hz: 77 to 85 %, with it 82 to 96 %; 640 Hz: 4 %, with it 4 to 17 %), for these never. No
//   voice is tracked at such a pitch. Age takes much less from hearing there than above 2 kHz (ISO
//   7029).
// - A pitch that moves is found as well by old ears as by young ones, a steady 2 kHz tone is not
//   (Japanese Journal of Ergonomics 36 (5), 2000).
// The intervals and the lengths within 250 ms are judgement.
struct Note {
  double start_ms = 0.0;
  double length_ms = 0.0;
  double onset_ms = 0.0;
  double release_ms = 0.0;
  double from_hz = 0.0;
  double to_hz = 0.0;
};

constexpr double kFourth = 4.0 / 3.0;
constexpr double kConductHz = 1050.0;
constexpr double kDistressHz = 960.0;

constexpr std::array kConduct = {Note{.start_ms = 0.0,
                                      .length_ms = 240.0,
                                      .onset_ms = 40.0,
                                      .release_ms = 140.0,
                                      .from_hz = kConductHz,
                                      .to_hz = kConductHz / kFourth}};

constexpr std::array kDistress = {Note{.start_ms = 0.0,
                                       .length_ms = 100.0,
                                       .onset_ms = 25.0,
                                       .release_ms = 45.0,
                                       .from_hz = kDistressHz,
                                       .to_hz = kDistressHz},
                                  Note{.start_ms = 120.0,
                                       .length_ms = 125.0,
                                       .onset_ms = 25.0,
                                       .release_ms = 70.0,
                                       .from_hz = kDistressHz * kFourth,
                                       .to_hz = kDistressHz * kFourth}};

// A voice on a line that is set as ITU-T P.56 and G.100.1 advise.
constexpr float kOrdinarySpeechDbfs = -26.0F;

// Judgement: clear beside a voice, and not over it.
constexpr float kBelowSpeechDb = 6.0F;

std::span<const Note> notes(ToneShape shape) {
  if (shape == ToneShape::distress) return kDistress;
  return kConduct;
}

/// Raised cosine: [0, 1] to [0, 1], level at both ends.
double raised_cosine(double x) {
  return 0.5 - 0.5 * std::cos(std::numbers::pi * std::clamp(x, 0.0, 1.0));
}

double envelope(const Note& note, double ms) {
  return raised_cosine(ms / note.onset_ms) * raised_cosine((note.length_ms - ms) / note.release_ms);
}

void add(const Note& note, int sample_rate_hz, std::span<float> tone) {
  const double samples_per_ms = sample_rate_hz / 1000.0;
  double phase = 0.0;
  for (std::size_t i = 0; i < tone.size(); ++i) {
    const double ms = static_cast<double>(i) / samples_per_ms - note.start_ms;
    if (ms < 0.0 || ms > note.length_ms) continue;
    tone[i] += static_cast<float>(envelope(note, ms) * std::sin(phase));
    // Even steps of pitch are even ratios of frequency.
    const double now_hz = note.from_hz * std::pow(note.to_hz / note.from_hz, ms / note.length_ms);
    phase += 2.0 * std::numbers::pi * now_hz / sample_rate_hz;
  }
}

}  // namespace

std::vector<float> render_tone(ToneShape shape, int sample_rate_hz) {
  assert(sample_rate_hz >= 8000 && sample_rate_hz <= 192000);
  const Note& last = notes(shape).back();
  const double length_ms = last.start_ms + last.length_ms;
  std::vector<float> tone(static_cast<std::size_t>(length_ms * sample_rate_hz / 1000.0) + 1);
  for (const Note& note : notes(shape)) add(note, sample_rate_hz, tone);
  tone.back() = 0.0F;
  const auto louder = [](float a, float b) { return std::abs(a) < std::abs(b); };
  const float peak = std::abs(*std::max_element(tone.begin(), tone.end(), louder));
  for (float& sample : tone) sample /= peak;
  return tone;
}

float tone_level_dbfs(std::optional<float> speech_level_dbfs) noexcept {
  return std::clamp(speech_level_dbfs.value_or(kOrdinarySpeechDbfs) - kBelowSpeechDb,
                    kSoftestToneDbfs, kLoudestToneDbfs);
}

}  // namespace tonecue
