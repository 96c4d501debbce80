/// @file
/// Recordings that tests write for themselves.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sndfile.h>
#include <unistd.h>

#include "support/signals.h"
#include "tonecue/core/party.h"

namespace tonecue::test {

/// A folder that lives as long as the object.
class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "tonecue_XXXXXX").string();
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    path_ = name;
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// Channels of equal length, interleaved.
inline Signal interleave(const std::vector<Signal>& channels) {
  Signal samples;
  for (std::size_t i = 0; i < channels.front().size(); ++i) {
    for (const Signal& channel : channels) samples.push_back(channel[i]);
  }
  return samples;
}

inline void write_recording(const std::filesystem::path& path, int format, int sample_rate_hz,
                            const std::vector<Signal>& channels) {
  SF_INFO info{};
  info.format = format;
  info.samplerate = sample_rate_hz;
  info.channels = static_cast<int>(channels.size());
  SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
  ASSERT_NE(file, nullptr) << sf_strerror(nullptr);
  const Signal samples = interleave(channels);
  const auto times = static_cast<sf_count_t>(channels.front().size());
  EXPECT_EQ(sf_writef_float(file, samples.data(), times), times);
  sf_close(file);
}

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

inline void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

/// Both voices, read to the end in blocks of `max_samples`.
template <class Source>
PerParty<Signal> read_all(Source& source, int max_samples = 80) {
  PerParty<Signal> voices;
  while (true) {
    const auto block = source.read(max_samples);
    EXPECT_TRUE(block) << block.error().message;
    if (!block || block->agent.empty()) return voices;
    EXPECT_EQ(block->agent.size(), block->customer.size());
    EXPECT_LE(std::ssize(block->agent), max_samples);
    for (const Party party : kParties) {
      voices[party].insert(voices[party].end(), (*block)[party].begin(), (*block)[party].end());
    }
  }
}

}  // namespace tonecue::test
