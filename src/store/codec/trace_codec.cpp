#include "store/codec/trace_codec.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "store/codec/bit_coder.h"
#include "store/codec/byte_codec.h"
#include "tonecue/core/decibel.h"
#include "tonecue/core/semitone.h"

namespace tonecue {
namespace {

constexpr unsigned kFormat = 1;

constexpr int kFloorDb = -100;  // Level and peak of silence.
constexpr int kHighestDb = 20;  // A level beyond is a mistake somewhere.
constexpr int kSpeechStepDb = 2;
constexpr int kOtherStepDb = 4;
constexpr int kPeakOffset = 20;  // A peak lies below its level only where it was cut off.
constexpr int kMostPeak = 63;

constexpr float kF0BaseHz = 110.0F;  // Differences begin here.
constexpr float kF0StepsPerSt = 4.0F;
constexpr int kLowestF0Step = -70;   // 40 Hz
constexpr int kHighestF0Step = 153;  // 1000 Hz
constexpr unsigned kNoF0 = 0;

constexpr int kPercent = 100;
constexpr unsigned kNoDistress = 0;
constexpr unsigned kMostSyllables = 7;

int steps_of(float value, float step) {
  return std::isfinite(value) ? static_cast<int>(std::lround(value / step)) : 0;
}

float clamped_db(float db) {
  constexpr auto kFloor = static_cast<float>(kFloorDb);
  return std::isfinite(db) ? std::clamp(db, kFloor, static_cast<float>(kHighestDb)) : kFloor;
}

float db_of_peak(float peak) {
  return peak > 0.0F ? clamped_db(20.0F * std::log10(peak)) : static_cast<float>(kFloorDb);
}

float peak_of_db(int db) {
  if (db <= kFloorDb) return 0.0F;
  return std::min(db_to_amplitude(static_cast<float>(db)), 1.0F);
}

int f0_step(float f0_hz) {
  if (!std::isfinite(f0_hz) || f0_hz <= 0.0F) return kLowestF0Step;
  return std::clamp(steps_of(semitones(f0_hz, kF0BaseHz), 1.0F / kF0StepsPerSt), kLowestF0Step,
                    kHighestF0Step);
}

float f0_of_step(int step) {
  return kF0BaseHz * std::exp2(static_cast<float>(step) / (12.0F * kF0StepsPerSt));
}

// 0, -1, 1, -2, ... as 0, 1, 2, 3, ... and back.
unsigned folded(int value) { return static_cast<unsigned>(value < 0 ? -2 * value - 1 : 2 * value); }
int unfolded(unsigned value) {
  const int half = static_cast<int>(value / 2);
  return value % 2 == 0 ? half : -half - 1;
}

/// Goes through the points in time, one property after the other. The same way serves writing and
/// reading: what is read goes into the point, what is written comes from it.
template <class Coder>
class TraceCoder {
 public:
  explicit TraceCoder(Coder& coder) : coder_(&coder) {}

  /// @return Whether the point is one that is ever written.
  bool code(TrackPoint& point) {
    code_speaking(point);
    code_level(point);
    if (point.speaking) code_f0(point);
    if (point.speaking) code_syllables(point);
    code_distress(point);
    return fits_;
  }

 private:
  void code_speaking(TrackPoint& point) {
    spoke_ = speaks_;
    speaks_ = speaking_.code(*coder_, speaks_, point.speaking ? 1U : 0U);
    point.speaking = speaks_ == 1;
  }

  // Against the level before, which moves more where it moved before; the peak against the level.
  void code_level(TrackPoint& point) {
    const int step_db = point.speaking ? kSpeechStepDb : kOtherStepDb;
    const float away_db = clamped_db(point.level_dbfs) - static_cast<float>(level_db_);
    const unsigned moved = levels_.code(*coder_, 4 * speaks_ + unrest_,
                                        folded(steps_of(away_db, static_cast<float>(step_db))));
    level_db_ += unfolded(moved) * step_db;
    unrest_ = std::min<unsigned>((moved + 1) / 2, 3);
    fits_ = fits_ && level_db_ >= kFloorDb - kOtherStepDb && level_db_ <= kHighestDb + kOtherStepDb;
    const float above_db = db_of_peak(point.peak) - static_cast<float>(level_db_);
    const int above = kPeakOffset + steps_of(above_db, static_cast<float>(step_db));
    const unsigned peak =
        peaks_.code(*coder_, speaks_, static_cast<unsigned>(std::clamp(above, 0, kMostPeak)));
    point.level_dbfs = static_cast<float>(level_db_);
    point.peak = peak_of_db(level_db_ + (static_cast<int>(peak) - kPeakOffset) * step_db);
  }

  void code_f0(TrackPoint& point) {
    const unsigned away = point.f0_hz ? 1 + folded(f0_step(*point.f0_hz) - f0_step_) : kNoF0;
    const unsigned moved = pitches_.code(*coder_, voiced_, away);
    voiced_ = moved == kNoF0 ? 0 : 1;
    point.f0_hz.reset();
    if (moved == kNoF0) return;
    f0_step_ += unfolded(moved - 1);
    fits_ = fits_ && f0_step_ >= kLowestF0Step && f0_step_ <= kHighestF0Step;
    point.f0_hz = f0_of_step(f0_step_);
  }

  void code_syllables(TrackPoint& point) {
    const auto now =
        static_cast<unsigned>(std::clamp(point.syllables, 0, static_cast<int>(kMostSyllables)));
    told_ = syllables_.code(*coder_, told_, now);
    point.syllables = static_cast<int>(told_);
  }

  // It stays for some steps, until the next estimate.
  void code_distress(TrackPoint& point) {
    unsigned now = kNoDistress;
    if (point.distress) {
      now = 1 + static_cast<unsigned>(
                    std::clamp(steps_of(*point.distress * kPercent, 1.0F), 0, kPercent));
    }
    const bool spoke_on = speaks_ == spoke_;
    const unsigned changed =
        changes_.code(*coder_, 2 * age_ + (spoke_on ? 1U : 0U), now == distress_ ? 0U : 1U);
    age_ = changed == 1 ? 0 : std::min(age_ + 1, kOldest);
    if (changed == 1) distress_ = scores_.code(*coder_, distress_ == kNoDistress ? 0U : 1U, now);
    fits_ = fits_ && distress_ <= kPercent + 1;
    point.distress.reset();
    if (distress_ != kNoDistress) point.distress = static_cast<float>(distress_ - 1) / kPercent;
  }

  static constexpr unsigned kOldest = 6;

  Coder* coder_;
  bool fits_ = true;
  unsigned speaks_ = 0;
  unsigned spoke_ = 0;
  int level_db_ = kFloorDb;
  unsigned unrest_ = 0;
  int f0_step_ = 0;
  unsigned voiced_ = 0;
  unsigned told_ = 0;
  unsigned distress_ = kNoDistress;
  unsigned age_ = 0;

  NumberModel speaking_{1, 2};
  NumberModel levels_{7, 8};
  NumberModel peaks_{6, 2};
  NumberModel pitches_{9, 2};
  NumberModel syllables_{3, kMostSyllables + 1};
  NumberModel changes_{1, std::size_t{2} * (kOldest + 1)};
  NumberModel scores_{7, 2};
};

}  // namespace

std::string encode_trace(std::span<const TrackPoint> points) {
  ByteWriter head;
  head.byte(kFormat);
  head.number(points.size());
  BitEncoder encoder;
  TraceCoder<BitEncoder> coder(encoder);
  for (TrackPoint point : points) coder.code(point);
  return head.take() + encoder.finish();
}

Result<std::vector<TrackPoint>> decode_trace(std::string_view bytes) {
  const auto broken = [] { return failure(ErrorCode::corrupt, "a trace of a voice is damaged"); };
  ByteReader head(bytes);
  if (head.byte() != kFormat) return broken();
  const std::uint64_t count = head.number();
  if (head.failed() || count > kTracePoints) return broken();
  std::vector<TrackPoint> points(static_cast<std::size_t>(count));
  BitDecoder decoder(head.rest());
  TraceCoder<BitDecoder> coder(decoder);
  for (TrackPoint& point : points) {
    if (!coder.code(point)) return broken();
  }
  if (!decoder.is_finished()) return broken();
  return points;
}

}  // namespace tonecue
