#include "progress_bar.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace tonecue {
namespace {

/// Work that is over sooner needs no bar.
constexpr std::chrono::milliseconds kBeforeFirst{500};
constexpr std::chrono::milliseconds kBetween{100};
constexpr int kBarColumns = 30;

}  // namespace

ProgressBar::ProgressBar(const Console& console, std::size_t recordings)
    : console_(console),
      parts_(recordings, 0.0F),
      next_draw_(std::chrono::steady_clock::now() + kBeforeFirst) {}

void ProgressBar::update(std::size_t recording, float part) {
  if (!console_.err_is_terminal) return;
  const std::lock_guard lock(drawing_);
  parts_[recording] = part;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_draw_) return;
  next_draw_ = now + kBetween;
  draw();
}

void ProgressBar::hide() {
  if (visible_) console_.err << "\r\x1b[K" << std::flush;
  visible_ = false;
}

void ProgressBar::draw() {
  const float done = std::accumulate(parts_.begin(), parts_.end(), 0.0F);
  const float share = done / static_cast<float>(parts_.size());
  const auto whole =
      std::count_if(parts_.begin(), parts_.end(), [](float part) { return part >= 1; });
  const int filled = std::clamp(static_cast<int>(share * kBarColumns), 0, kBarColumns);
  const std::string count =
      parts_.size() == 1 ? std::string{} : fmt::format("  {} of {}", whole, parts_.size());
  console_.err << fmt::format("\r[{}{}] {:3.0f} %{}\x1b[K",
                              std::string(static_cast<std::size_t>(filled), '#'),
                              std::string(static_cast<std::size_t>(kBarColumns - filled), '.'),
                              100.0F * share, count)
               << std::flush;
  visible_ = true;
}

}  // namespace tonecue
