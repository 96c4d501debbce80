#include "trace_codec.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>

#include <zlib.h>

#include "byte_codec.h"
#include "tonecue/core/decibel.h"
#include "tonecue/core/semitone.h"

namespace tonecue {
namespace {

constexpr unsigned kFormat = 1;
constexpr int kFloorDb = -100;   // Level and peak of silence.
constexpr int kHighestDb = 100;  // No sample is that loud: a mistake somewhere.

constexpr float kF0BaseHz = 110.0F;  // Differences begin here.
constexpr float kF0StepsPerSt = 8.0F;
constexpr int kHighestF0Step = 8 * 120;  // Ten octaves away.

constexpr int kPercent = 100;

// All properties of a minute with the longest numbers there can be.
constexpr std::size_t kMostBytes = kTracePoints * 16 + 64;

int steps_db(float db) {
  if (!std::isfinite(db)) return kFloorDb;
  return std::clamp(static_cast<int>(std::lround(db)), kFloorDb, kHighestDb);
}

int peak_db(const TrackPoint& point) {
  if (!std::isfinite(point.peak) || point.peak <= 0.0F) return kFloorDb;
  return steps_db(20.0F * std::log10(point.peak));
}

float peak_of_db(int db) {
  if (db <= kFloorDb) return 0.0F;
  return std::min(db_to_amplitude(static_cast<float>(db)), 1.0F);
}

int f0_step(float f0_hz) {
  if (!std::isfinite(f0_hz) || f0_hz <= 0.0F) return -kHighestF0Step;
  const long step = std::lround(kF0StepsPerSt * semitones(f0_hz, kF0BaseHz));
  return static_cast<int>(std::clamp<long>(step, -kHighestF0Step, kHighestF0Step));
}

float f0_of_step(int step) {
  return kF0BaseHz * std::exp2(static_cast<float>(step) / (12.0F * kF0StepsPerSt));
}

int percent_of(float value) {
  if (!std::isfinite(value)) return 0;
  return std::clamp(static_cast<int>(std::lround(value * kPercent)), 0, kPercent);
}

// Lengths of stretches, in turns without and with speech.
void write_speaking(std::span<const TrackPoint> points, ByteWriter& bytes) {
  bool speaking = false;
  std::uint64_t length = 0;
  for (const TrackPoint& point : points) {
    if (point.speaking != speaking) {
      bytes.number(length);
      length = 0;
      speaking = point.speaking;
    }
    ++length;
  }
  if (length > 0) bytes.number(length);
}

bool read_speaking(ByteReader& bytes, std::vector<TrackPoint>& points) {
  bool speaking = false;
  for (std::size_t begin = 0; begin < points.size();) {
    const std::uint64_t length = bytes.number();
    if (bytes.failed() || length > points.size() - begin) return false;
    if (length == 0 && begin > 0) return false;
    const auto end = begin + static_cast<std::size_t>(length);
    for (; begin < end; ++begin) points[begin].speaking = speaking;
    speaking = !speaking;
  }
  return true;
}

void write_levels(std::span<const TrackPoint> points, ByteWriter& bytes) {
  int last = kFloorDb;
  for (const TrackPoint& point : points) {
    const int level = steps_db(point.level_dbfs);
    bytes.difference(level - last);
    last = level;
  }
  for (const TrackPoint& point : points) {
    bytes.difference(peak_db(point) - steps_db(point.level_dbfs));
  }
}

bool is_level(std::int64_t db) { return db >= kFloorDb && db <= kHighestDb; }

bool read_levels(ByteReader& bytes, std::vector<TrackPoint>& points) {
  constexpr std::int64_t kFarthest = kHighestDb - kFloorDb;
  std::int64_t level = kFloorDb;
  for (TrackPoint& point : points) {
    level += std::clamp(bytes.difference(), -kFarthest, kFarthest);
    if (!is_level(level)) return false;
    point.level_dbfs = static_cast<float>(level);
  }
  for (TrackPoint& point : points) {
    const std::int64_t peak = std::clamp(bytes.difference(), -kFarthest, kFarthest) +
                              static_cast<std::int64_t>(point.level_dbfs);
    if (!is_level(peak)) return false;
    point.peak = peak_of_db(static_cast<int>(peak));
  }
  return !bytes.failed();
}

// 0 without a pitch; else 1 + the difference to the pitch before, as a small number.
void write_f0(std::span<const TrackPoint> points, ByteWriter& bytes) {
  int last = 0;
  for (const TrackPoint& point : points) {
    if (!point.f0_hz) {
      bytes.number(0);
      continue;
    }
    const int step = f0_step(*point.f0_hz);
    const int away = step - last;
    bytes.number(1 + static_cast<std::uint64_t>(away < 0 ? -2 * away - 1 : 2 * away));
    last = step;
  }
}

bool read_f0(ByteReader& bytes, std::vector<TrackPoint>& points) {
  std::int64_t step = 0;
  for (TrackPoint& point : points) {
    const std::uint64_t coded = bytes.number();
    if (bytes.failed() || coded > 4 * kHighestF0Step + 1) return false;
    if (coded == 0) continue;
    const auto away = static_cast<std::int64_t>(coded - 1);
    step += away % 2 == 0 ? away / 2 : -(away + 1) / 2;
    if (std::abs(step) > kHighestF0Step) return false;
    point.f0_hz = f0_of_step(static_cast<int>(step));
  }
  return true;
}

// 0 for "don't know", else 1 + percent, and for how many points it held.
void write_distress(std::span<const TrackPoint> points, ByteWriter& bytes) {
  const auto code = [](const TrackPoint& point) {
    return point.distress ? static_cast<unsigned>(1 + percent_of(*point.distress)) : 0U;
  };
  for (std::size_t begin = 0; begin < points.size();) {
    std::size_t end = begin + 1;
    while (end < points.size() && code(points[end]) == code(points[begin])) ++end;
    bytes.byte(code(points[begin]));
    bytes.number(end - begin);
    begin = end;
  }
}

bool read_distress(ByteReader& bytes, std::vector<TrackPoint>& points) {
  for (std::size_t begin = 0; begin < points.size();) {
    const unsigned code = bytes.byte();
    const std::uint64_t length = bytes.number();
    if (bytes.failed() || code > kPercent + 1U) return false;
    if (length == 0 || length > points.size() - begin) return false;
    const auto end = begin + static_cast<std::size_t>(length);
    for (; begin < end; ++begin) {
      if (code > 0) points[begin].distress = static_cast<float>(code - 1) / kPercent;
    }
  }
  return true;
}

void write_syllables(std::span<const TrackPoint> points, ByteWriter& bytes) {
  for (const TrackPoint& point : points) {
    bytes.number(static_cast<std::uint64_t>(std::clamp(point.syllables, 0, kPercent)));
  }
}

bool read_syllables(ByteReader& bytes, std::vector<TrackPoint>& points) {
  for (TrackPoint& point : points) {
    const std::uint64_t syllables = bytes.number();
    if (bytes.failed() || syllables > kPercent) return false;
    point.syllables = static_cast<int>(syllables);
  }
  return true;
}

std::string deflated(const std::string& bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  std::string packed(size, '\0');
  compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
            reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uLong>(bytes.size()),
            Z_BEST_COMPRESSION);
  packed.resize(size);
  return packed;
}

std::optional<std::string> inflated(std::string_view packed) {
  std::string bytes(kMostBytes, '\0');
  uLongf size = kMostBytes;
  auto left = static_cast<uLong>(packed.size());
  const int code = uncompress2(reinterpret_cast<Bytef*>(bytes.data()), &size,
                               reinterpret_cast<const Bytef*>(packed.data()), &left);
  if (code != Z_OK || left != packed.size()) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

}  // namespace

std::string encode_trace(std::span<const TrackPoint> points) {
  ByteWriter bytes;
  bytes.byte(kFormat);
  bytes.number(points.size());
  write_speaking(points, bytes);
  write_levels(points, bytes);
  write_f0(points, bytes);
  write_distress(points, bytes);
  write_syllables(points, bytes);
  return deflated(bytes.take());
}

Result<std::vector<TrackPoint>> decode_trace(std::string_view packed) {
  const auto broken = [] { return failure(ErrorCode::corrupt, "a trace of a voice is damaged"); };
  const auto unpacked = inflated(packed);
  if (!unpacked) return broken();
  ByteReader bytes(*unpacked);
  if (bytes.byte() != kFormat) return broken();
  const std::uint64_t count = bytes.number();
  if (count > kTracePoints) return broken();
  std::vector<TrackPoint> points(static_cast<std::size_t>(count));
  const bool whole = read_speaking(bytes, points) && read_levels(bytes, points) &&
                     read_f0(bytes, points) && read_distress(bytes, points) &&
                     read_syllables(bytes, points) && bytes.at_end();
  if (!whole) return broken();
  return points;
}

}  // namespace tonecue
