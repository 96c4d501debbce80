#include <memory>
#include <string>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/live/desk_options.h"
#include "bundled_calls.h"
#include "practice_call.h"
#include "tonecue/audio/device_output.h"
#include "tonecue/audio/device_source.h"
#include "tonecue/practice/customer_voice.h"
#include "tonecue/practice/practice_source.h"

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

int practice(const PracticeOptions& given, const Console& console) {
  if (given.list) return list_calls(console);
  const auto filled = at_this_desk(given);
  if (!filled) return fail(console, filled.error());
  const PracticeOptions& options = *filled;
  const auto plan = plan_practice(options);
  if (!plan) return fail(console, plan.error());

  std::unique_ptr<CustomerVoice> voice;  // Outlives what plays it.
  auto headset = DeviceOutput::open(options.output);
  if (!headset) return fail(console, headset.error());
  voice = std::make_unique<CustomerVoice>(plan->scenario.clips, headset->sample_rate_hz());
  auto microphone = DeviceSource::create({.device = options.agent_device, .party = Party::agent});
  if (!microphone) return fail(console, microphone.error());
  if (const auto playing = headset->start(*voice); !playing) return fail(console, playing.error());
  return hold_practice(options, *plan, *microphone, *voice, practice_latency_ms(*headset), console);
}

}  // namespace tonecue
