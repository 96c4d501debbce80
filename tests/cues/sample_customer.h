/// @file
/// A real customer: the voice of a bundled call.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "cues/made_customer.h"
#include "support/signals.h"
#include "tonecue/audio/file_source.h"
#include "tonecue/features/feature_frame.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue::test {

/// The customer's side of `audio_samples/<name>`.
inline Signal sample_customer(const std::string& name) {
  auto source = FileSource::create(TONECUE_SOURCE_DIR "/audio_samples/" + name);
  EXPECT_TRUE(source) << source.error().message;
  Signal customer;
  for (auto block = source->read(kSampleRateHz); block && !block->customer.empty();
       block = source->read(kSampleRateHz)) {
    customer.insert(customer.end(), block->customer.begin(), block->customer.end());
  }
  return customer;
}

/// What the turns would say of a customer whom nobody disturbs.
inline PartyTurn turn_of(const CustomerFrame& frame) {
  PartyTurn turn;
  turn.active = turn.speaking = turn.alone = frame->speech;
  return turn;
}

}  // namespace tonecue::test
