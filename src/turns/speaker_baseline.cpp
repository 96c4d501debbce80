#include "tonecue/turns/speaker_baseline.h"

namespace tonecue {
namespace {

constexpr float kLevelKnownS = 3.0F;  // A level settles sooner than a pitch range or a rate.
constexpr float kReadyS = 20.0F;
constexpr float kFrozenS = 30.0F;

// Speech before this says nothing of how the voice is now: after one turn of the other party, a
// voice that has calmed down must not be judged by what it was before.
constexpr int kRecentWithinHops = 8 * kHopsPerSecond;

constexpr float kLeastVoicedS = 0.5F;  // Fewer voiced hops have no median worth comparing.
constexpr int kUpdateHops = 100 / kHopMs;

}  // namespace

void SpeakerBaseline::process(const FeatureFrame& frame, bool clean) noexcept {
  if (clean) remember({frame.index, usual_.sample(frame)});
  forget_before(frame.index - kRecentWithinHops);
  if (frame.syllable && size_ > 0) {
    const Moment& newest = moments_[(oldest_ + size_ - 1) % kRecentHops];
    if (frame.index - newest.index <= kSyllableLatencyHops) count_syllable();
  }
  if (frame.index % kUpdateHops == 0) update();
}

void SpeakerBaseline::remember(const Moment& moment) noexcept {
  newest_in_usual_ = usual_.speech_s() < kFrozenS;
  if (newest_in_usual_) usual_.add(moment.sample);
  usual_changed_ = usual_changed_ || newest_in_usual_;
  if (size_ == kRecentHops) forget_before(moments_[oldest_].index + 1);
  moments_[(oldest_ + size_) % kRecentHops] = moment;
  ++size_;
  recent_.add(moment.sample);
}

void SpeakerBaseline::forget_before(std::int64_t index) noexcept {
  while (size_ > 0 && moments_[oldest_].index < index) {
    recent_.remove(moments_[oldest_].sample);
    oldest_ = (oldest_ + 1) % kRecentHops;
    --size_;
  }
}

void SpeakerBaseline::count_syllable() noexcept {
  ++moments_[(oldest_ + size_ - 1) % kRecentHops].sample.syllables;
  recent_.add_syllable();
  if (newest_in_usual_) usual_.add_syllable();
  usual_changed_ = usual_changed_ || newest_in_usual_;
}

bool SpeakerBaseline::ready() const noexcept {
  return usual_.speech_s() >= kReadyS && usual_.voiced_s() >= kLeastVoicedS;
}

void SpeakerBaseline::update() noexcept {
  if (usual_changed_) {
    usual_changed_ = false;
    if (usual_.speech_s() >= kLevelKnownS) usual_level_dbfs_ = usual_.speech_level_dbfs();
    if (ready()) {
      usual_f0_st_ = usual_.f0_st(0.5F);
      usual_f0_hz_ = usual_.f0_median_hz();
      usual_voice_ = {.f0_hz = *usual_f0_hz_,
                      .level_dbfs = *usual_level_dbfs_,
                      .rate_syl_per_s = usual_.articulation_rate_syl_per_s()};
    }
  }
  departure_ = compare();
}

Departure SpeakerBaseline::compare() const noexcept {
  Departure departure;
  departure.speech_s = recent_.speech_s();
  departure.syllables = recent_.syllables();
  departure.rate_syl_per_s = recent_.articulation_rate_syl_per_s();
  if (!usual_f0_st_ || size_ == 0) return departure;
  if (recent_.voiced_s() >= kLeastVoicedS) {
    departure.f0_st = *recent_.f0_st(0.5F) - *usual_f0_st_;
  }
  departure.level_db = *recent_.speech_level_dbfs() - *usual_level_dbfs_;
  const float usual_rate = usual_.articulation_rate_syl_per_s();
  if (usual_rate > 0.0F) departure.rate_ratio = departure.rate_syl_per_s / usual_rate;
  return departure;
}

}  // namespace tonecue
