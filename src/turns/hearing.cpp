#include "tonecue/turns/hearing.h"

namespace tonecue {

void Hearing::process(std::int64_t index, const Voices& voices) noexcept {
  for (const Party party : kParties) {
    ended_segment_[party] = segmenters_[party].process(index, voices[party].active);
  }
  overlaps_.process(index, voices, segmenters_, floor_);
  floor_.process(index, {voices.agent.active, voices.customer.active}, segmenters_);
}

void Hearing::flush() noexcept {
  for (const Party party : kParties) ended_segment_[party] = segmenters_[party].flush();
  floor_.flush();
  overlaps_.flush();
}

}  // namespace tonecue
