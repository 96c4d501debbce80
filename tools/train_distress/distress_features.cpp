// distress_features CLIPS.csv CLIPS.raw ROWS [--threads N]
//
// The distress functionals of many clips, and the frames behind them, by the program's own code,
// for train_distress.py. CLIPS.raw holds 16-bit samples at 8 kHz. CLIPS.csv says where each clip
// lies in it:
//
//     clip,start,samples,other,live
//
// `other` is where the far side of the same call begins (as long as this one), or -1. A live clip
// is cut into windows as DistressModel does it in a call; any other as DistressClipScorer does it,
// with the shorter windows on the way and the one at the end.
//
// ROWS gets float32 rows: clip, end_s (of the window), speech_s (new in it), window_s, voiced_s,
// frame_end, frame_count, and the functionals. ROWS.names gets the names of these columns.
//
// ROWS.frames gets the frames of speech that the windows are made of, one clip after the other:
// kVoiceInputs float32 values each (voice_inputs.h). ROWS.frames.csv says where each clip lies in
// it, counted in frames:
//
//     clip,first,frames
//
// The window of a row is the frames [frame_end - frame_count, frame_end) of its clip.
#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "cues/distress_functionals.h"
#include "cues/distress_window.h"
#include "cues/speech_gate.h"
#include "cues/voice_inputs.h"
#include "tonecue/core/hop.h"
#include "tonecue/features/frame_extractor.h"

namespace {

using namespace std::string_view_literals;
using tonecue::CustomerFrame;
using Extractor = tonecue::FrameExtractor<tonecue::Party::customer>;

struct Clip {
  int number = 0;
  std::int64_t start = 0;
  std::int64_t samples = 0;
  std::int64_t other = -1;
  bool live = false;
};

using Row = std::vector<float>;

/// What is told of one clip.
struct Heard {
  std::vector<Row> rows;
  std::vector<std::array<float, tonecue::kVoiceInputs>> frames;
};

std::vector<Clip> read_clips(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);  // Header.
  std::vector<Clip> clips;
  while (std::getline(file, line)) {
    std::ranges::replace(line, ',', ' ');
    Clip clip;
    std::istringstream(line) >> clip.number >> clip.start >> clip.samples >> clip.other >>
        clip.live;
    clips.push_back(clip);
  }
  return clips;
}

std::vector<std::int16_t> read_samples(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  std::vector<std::int16_t> samples(static_cast<std::size_t>(file.tellg()) / 2);
  file.seekg(0);
  file.read(reinterpret_cast<char*>(samples.data()),
            static_cast<std::streamsize>(samples.size() * 2));
  return samples;
}

/// The frames of one voice, the last ones flushed out by silence.
std::vector<CustomerFrame> frames_of(const std::int16_t* samples, std::int64_t count) {
  auto extractor = Extractor::create().value();
  std::vector<CustomerFrame> frames;
  std::array<float, tonecue::kHopSamples> hop{};
  const std::int64_t hops = count / tonecue::kHopSamples;
  for (std::int64_t h = 0; h < hops + tonecue::kFrameLatencyHops; ++h) {
    for (int i = 0; i < tonecue::kHopSamples; ++i) {
      const std::int64_t at = h * tonecue::kHopSamples + i;
      hop[static_cast<std::size_t>(i)] =
          h < hops ? static_cast<float>(samples[at]) / 32768.0F : 0.0F;
    }
    const CustomerFrame frame = extractor.process(hop);
    if (frame->index >= 0) frames.push_back(frame);
  }
  return frames;
}

/// What is the same in the windows of clips and of calls.
struct Window {
  std::int64_t last_index = 0;
  float speech_s = 0.0F;
  float window_s = 0.0F;
  float voiced_s = 0.0F;
  int frame_count = 0;
};

void add_row(const Clip& clip, const Window& window,
             const tonecue::DistressFunctionalRow& functionals, Heard& heard) {
  Row row = {static_cast<float>(clip.number),
             static_cast<float>(window.last_index + 1) / tonecue::kHopsPerSecond,
             window.speech_s,
             window.window_s,
             window.voiced_s,
             static_cast<float>(heard.frames.size()),
             static_cast<float>(window.frame_count)};
  row.insert(row.end(), functionals.begin(), functionals.end());
  heard.rows.push_back(std::move(row));
}

Heard hear_clip(const Clip& clip, const std::vector<CustomerFrame>& frames) {
  tonecue::SpeechGate gate;
  auto functionals = tonecue::DistressFunctionals::create().value();
  tonecue::VoiceInputs inputs;
  Heard heard;
  int speech_hops = 0;
  const auto add = [&](const CustomerFrame& last) {
    if (functionals.voiced_s() < tonecue::kClipLeastVoicedS) return;
    const auto speech_s = static_cast<float>(speech_hops) / tonecue::kHopsPerSecond;
    add_row(clip,
            {last->index, speech_s, functionals.speech_s(), functionals.voiced_s(),
             functionals.frames()},
            functionals.compute(), heard);
  };
  for (const CustomerFrame& frame : frames) {
    gate.process(frame, frame->speech, true, [&](const tonecue::FeatureFrame& kept) {
      functionals.add(kept);
      heard.frames.push_back(inputs.process(kept).values);
    });
    if (frame->speech && ++speech_hops % tonecue::kDistressUpdateHops == 0) add(frame);
  }
  if (speech_hops % tonecue::kDistressUpdateHops != 0) add(frames.back());
  return heard;
}

Heard hear_live(const Clip& clip, const std::vector<CustomerFrame>& frames,
                const std::vector<CustomerFrame>& others) {
  auto window = tonecue::DistressWindow::create().value();
  tonecue::VoiceInputs inputs;
  Heard heard;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    tonecue::PartyTurn turn;
    turn.active = frames[i]->speech;
    turn.speaking = turn.active;
    turn.alone = turn.active && (others.empty() || !others[i]->speech);
    const auto update = window.process(frames[i], turn, [&](const tonecue::FeatureFrame& kept) {
      heard.frames.push_back(inputs.process(kept).values);
    });
    if (!update || update->row == nullptr) continue;
    add_row(clip, {frames[i]->index, update->speech_s, 0.0F, 0.0F, window.frames()}, *update->row,
            heard);
  }
  return heard;
}

Heard hear(const Clip& clip, const std::vector<std::int16_t>& samples) {
  const auto frames = frames_of(samples.data() + clip.start, clip.samples);
  if (!clip.live) return hear_clip(clip, frames);
  return hear_live(clip, frames,
                   clip.other < 0 ? std::vector<CustomerFrame>()
                                  : frames_of(samples.data() + clip.other, clip.samples));
}

void write_names(const std::string& path) {
  std::ofstream file(path);
  file << "clip end_s speech_s window_s voiced_s frame_end frame_count";
  for (const std::string& name : tonecue::distress_functional_names()) file << ' ' << name;
  file << '\n';
}

template <class Values>
void write_values(std::ofstream& file, const Values& values) {
  file.write(reinterpret_cast<const char*>(values.data()),
             static_cast<std::streamsize>(values.size() * sizeof(float)));
}

bool write_rows(const std::string& path, const std::vector<Heard>& all) {
  std::ofstream file(path, std::ios::binary);
  for (const Heard& heard : all) {
    for (const Row& row : heard.rows) write_values(file, row);
  }
  return static_cast<bool>(file.flush());
}

bool write_frames(const std::string& path, const std::vector<Clip>& clips,
                  const std::vector<Heard>& all) {
  std::ofstream file(path, std::ios::binary);
  std::ofstream places(path + ".csv");
  places << "clip,first,frames\n";
  std::size_t first = 0;
  for (std::size_t c = 0; c < clips.size(); ++c) {
    const auto& frames = all[c].frames;
    places << clips[c].number << ',' << first << ',' << frames.size() << '\n';
    first += frames.size();
    for (const auto& frame : frames) write_values(file, frame);
  }
  return static_cast<bool>(file.flush()) && static_cast<bool>(places.flush());
}

int threads_wanted(const std::vector<std::string_view>& arguments) {
  int threads = 1;
  const auto flag = std::ranges::find(arguments, "--threads"sv);
  if (flag != arguments.end() && std::next(flag) != arguments.end()) {
    const std::string_view text = *std::next(flag);
    std::from_chars(text.data(), text.data() + text.size(), threads);
  }
  return std::max(1, threads);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string_view> arguments(argv, argv + argc);
  if (arguments.size() < 4) {
    std::fprintf(stderr, "usage: distress_features CLIPS.csv CLIPS.raw ROWS [--threads N]\n");
    return 2;
  }
  const auto clips = read_clips(std::string(arguments[1]));
  const auto samples = read_samples(std::string(arguments[2]));
  std::vector<Heard> all(clips.size());
  std::atomic<std::size_t> next{0};
  std::vector<std::thread> workers;
  for (int i = threads_wanted(arguments); i > 0; --i) {
    workers.emplace_back([&] {
      for (std::size_t c = next++; c < clips.size(); c = next++) {
        all[c] = hear(clips[c], samples);
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  const std::string out(arguments[3]);
  write_names(out + ".names");
  if (write_rows(out, all) && write_frames(out + ".frames", clips, all)) return 0;
  std::fprintf(stderr, "cannot write %s\n", out.c_str());
  return 1;
}
