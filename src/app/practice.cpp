#include <cmath>
#include <string>

#include <fmt/format.h>

#include "bundled_calls.h"
#include "commands.h"
#include "practice_call.h"
#include "tonecue/audio/device_output.h"
#include "tonecue/audio/device_source.h"
#include "tonecue/practice/customer_voice.h"

namespace tonecue {
namespace {

int list_calls(const Console& console) {
  std::string text = "Calls to practise with:\n";
  for (const BundledCall& call : bundled_calls()) {
    text += fmt::format("  {:<14}{}\n", call.name, call.about);
  }
  text += "Their voices are synthetic. Your own recordings work as well: one party per channel.\n";
  const auto printed = print(console, text);
  return printed ? kDone : fail(console, printed.error());
}

}  // namespace

int practice(const PracticeOptions& options, const Console& console) {
  if (options.list) return list_calls(console);
  const auto plan = plan_practice(options);
  if (!plan) return fail(console, plan.error());

  auto output = DeviceOutput::open(options.output);
  if (!output) return fail(console, output.error());
  CustomerVoice voice(plan->scenario.clips, output->sample_rate_hz());
  if (const auto playing = output->start(voice); !playing) return fail(console, playing.error());
  auto microphone = DeviceSource::create({.device = options.agent_device, .party = Party::agent});
  if (!microphone) return fail(console, microphone.error());

  // What the microphone hears is handed over when its block of 20 ms is full.
  constexpr int kInputLatencyMs = 20;
  const int heard_after_ms = static_cast<int>(std::lround(output->latency_ms())) + kInputLatencyMs;
  return hold_practice(options, *plan, *microphone, voice, heard_after_ms, console);
}

}  // namespace tonecue
