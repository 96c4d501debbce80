/// @file
/// The voice detection of Speex's preprocessor.

#include <memory>

#include <speex/speex_preprocess.h>

#include "voice_adapter.h"

int main(int argument_count, char** arguments) {
  using tonecue::bench::HopSamples;
  using tonecue::bench::VoiceFrame;

  const std::unique_ptr<SpeexPreprocessState, decltype(&speex_preprocess_state_destroy)> state(
      speex_preprocess_state_init(tonecue::bench::kHopSamples, tonecue::bench::kRateHz),
      &speex_preprocess_state_destroy);
  int on = 1;
  speex_preprocess_ctl(state.get(), SPEEX_PREPROCESS_SET_VAD, &on);

  return tonecue::bench::run_voice_adapter(argument_count, arguments, [&](HopSamples& hop) {
    VoiceFrame frame;
    frame.speech = speex_preprocess_run(state.get(), hop.data()) != 0;
    int prob_percent = 0;
    speex_preprocess_ctl(state.get(), SPEEX_PREPROCESS_GET_PROB, &prob_percent);
    frame.prob = static_cast<float>(prob_percent) / 100.0F;
    return frame;
  });
}
