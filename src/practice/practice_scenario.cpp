#include "tonecue/practice/practice_scenario.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "tonecue/audio/file_source.h"
#include "tonecue/pipeline/call_recorder.h"
#include "tonecue/pipeline/call_session.h"

namespace tonecue {
namespace {

constexpr int kBlockSamples = kSampleRateHz / 2;
constexpr int kSamplesPerMs = kSampleRateHz / 1000;
constexpr std::size_t kFadeSamples = std::size_t{10} * kSamplesPerMs;  // No click.

struct HeardRecording {
  CallReport report;
  std::vector<float> customer;
};

Result<HeardRecording> hear(FileSource& source) {
  auto session = CallSession::create({});
  if (!session) return tl::unexpected(session.error());
  CallRecorder recorder(source.info());
  std::vector<float> customer;
  while (true) {
    const auto block = source.read(kBlockSamples);
    if (!block) return tl::unexpected(block.error());
    if (block->customer.empty()) break;
    session->push(*block, recorder);
    customer.insert(customer.end(), block->customer.begin(), block->customer.end());
  }
  session->finish(recorder);
  const auto samples = std::ssize(customer);
  return HeardRecording{recorder.report(*session, samples), std::move(customer)};
}

void fade(CustomerClip& clip) {
  const std::size_t length = std::min(kFadeSamples, clip.size() / 2);
  for (std::size_t i = 0; i < length; ++i) {
    const double phase = std::numbers::pi * static_cast<double>(i) / static_cast<double>(length);
    const auto gain = static_cast<float>(0.5 - 0.5 * std::cos(phase));
    clip[i] *= gain;
    clip[clip.size() - 1 - i] *= gain;
  }
}

CustomerClip cut(const std::vector<float>& customer, const CustomerLine& line) {
  const auto size = static_cast<std::int64_t>(customer.size());
  const auto from = std::clamp<std::int64_t>(line.start_ms * kSamplesPerMs, 0, size);
  const auto to = std::clamp<std::int64_t>(line.end_ms * kSamplesPerMs, from, size);
  CustomerClip clip(customer.begin() + from, customer.begin() + to);
  fade(clip);
  return clip;
}

/// Segments end where the voice has sunk low; a line sounds whole with what lies round it, as far
/// as that is nobody's word of another line.
void widen(std::vector<CustomerLine>& lines) {
  constexpr std::int64_t kBeforeMs = 60;
  constexpr std::int64_t kAfterMs = 150;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::int64_t free_from_ms = i == 0 ? 0 : lines[i - 1].end_ms;
    lines[i].start_ms = std::max(free_from_ms, lines[i].start_ms - kBeforeMs);
    lines[i].end_ms += kAfterMs;
    if (i + 1 < lines.size()) lines[i].end_ms = std::min(lines[i].end_ms, lines[i + 1].start_ms);
  }
}

}  // namespace

Result<PracticeScenario> load_scenario(const std::filesystem::path& path, Channel agent_channel) {
  auto source = FileSource::create(
      path, {.agent_channel = agent_channel, .party = Party::customer});  // Asked of mono alone.
  if (!source) return tl::unexpected(source.error());
  if (!source->info().present.agent) {
    return failure(ErrorCode::unsupported,
                   path.string() +
                       ": has one channel; to practise with a call takes both sides, a channel "
                       "each, because the customer must know when it is the agent's turn");
  }
  auto heard = hear(*source);
  if (!heard) return tl::unexpected(heard.error());
  PracticeScenario scenario{path.string(), practice_script(heard->report), {}};
  if (scenario.script.lines.empty()) {
    return failure(ErrorCode::corrupt,
                   path.string() +
                       ": the customer says nothing in it; if the agent is on the other channel, "
                       "say so with --agent-channel right");
  }
  widen(scenario.script.lines);
  for (const CustomerLine& line : scenario.script.lines) {
    scenario.clips.push_back(cut(heard->customer, line));
  }
  return scenario;
}

}  // namespace tonecue
