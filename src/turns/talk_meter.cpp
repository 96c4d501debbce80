#include "tonecue/turns/talk_meter.h"

#include "tonecue/core/hop.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

void TalkMeter::process(std::int64_t index, const PerParty<SpeechSegmenter>& segments) noexcept {
  newest_ = index;
  if (const std::int64_t known = index - kSegmentPauseHops; known >= 0) count(known, segments);
}

void TalkMeter::flush(const PerParty<SpeechSegmenter>& segments) noexcept {
  while (counted_hops_ <= newest_) count(counted_hops_, segments);
  end_overtalk();
  end_silence();
}

void TalkMeter::count(std::int64_t index, const PerParty<SpeechSegmenter>& segments) noexcept {
  ++counted_hops_;
  const PerParty<bool> speaks{segments.agent.covers(index), segments.customer.covers(index)};
  for (const Party party : kParties) talk_hops_[party] += speaks[party] ? 1 : 0;
  if (speaks.agent && speaks.customer) {
    ++both_hops_;
    if (present_both_hops_++ == 0) agent_came_in_ = spoke_.customer;
  } else {
    end_overtalk();
  }
  if (speaks.agent || speaks.customer) {
    end_silence();
  } else {
    ++present_silent_hops_;
  }
  spoke_ = speaks;
}

void TalkMeter::end_overtalk() noexcept {
  if (present_both_hops_ >= kLeastOverlapHops) {
    ++incidents_;
    agent_incidents_ += agent_came_in_ ? 1 : 0;
  }
  present_both_hops_ = 0;
}

void TalkMeter::end_silence() noexcept {
  if (present_silent_hops_ > kNonTalkSilenceHops) {
    non_talk_hops_ += present_silent_hops_;
    ++non_talk_incidents_;
  }
  present_silent_hops_ = 0;
}

TalkSummary TalkMeter::summary() const noexcept {
  TalkSummary summary;
  const std::int64_t sum_hops = talk_hops_.agent + talk_hops_.customer;
  summary.sum_s = hops_to_s(sum_hops);
  summary.either_s = hops_to_s(sum_hops - both_hops_);
  summary.both_s = hops_to_s(both_hops_);
  if (counted_hops_ > 0) {
    summary.overtalk_ratio = static_cast<float>(both_hops_) / static_cast<float>(counted_hops_);
  }
  summary.overtalk_incidents = incidents_;
  summary.agent_overtalk_incidents = agent_incidents_;
  summary.non_talk_s = hops_to_s(non_talk_hops_);
  summary.non_talk_incidents = non_talk_incidents_;
  return summary;
}

}  // namespace tonecue
