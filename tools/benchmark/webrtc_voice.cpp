/// @file
/// The voice detection of WebRTC's audio processing.

#include <memory>

#include <webrtc/modules/audio_processing/include/audio_processing.h>
#include <webrtc/modules/interface/module_common_types.h>

#include "voice_adapter.h"

int main(int argument_count, char** arguments) {
  using tonecue::bench::HopSamples;
  using tonecue::bench::VoiceFrame;

  const std::unique_ptr<webrtc::AudioProcessing> processing(webrtc::AudioProcessing::Create());
  processing->voice_detection()->Enable(true);

  webrtc::AudioFrame audio;
  return tonecue::bench::run_voice_adapter(argument_count, arguments, [&](HopSamples& hop) {
    audio.UpdateFrame(0, 0, hop.data(), hop.size(), tonecue::bench::kRateHz,
                      webrtc::AudioFrame::kNormalSpeech, webrtc::AudioFrame::kVadUnknown, 1);
    VoiceFrame frame;
    frame.speech = processing->ProcessStream(&audio) == webrtc::AudioProcessing::kNoError &&
                   processing->voice_detection()->stream_has_voice();
    frame.prob = frame.speech ? 1.0F : 0.0F;
    return frame;
  });
}
