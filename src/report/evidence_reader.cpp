#include "evidence_reader.h"

#include <cmath>
#include <vector>

#include <fmt/format.h>

namespace tonecue {

std::optional<float> EvidenceReader::take(std::string_view name) noexcept {
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (items_[i].name != name || !std::isfinite(items_[i].value)) continue;
    taken_[i] = true;
    return items_[i].value;
  }
  return std::nullopt;
}

std::string EvidenceReader::rest() const {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (taken_[i]) continue;
    parts.push_back(std::isfinite(items_[i].value)
                        ? fmt::format("{} {:.3g}", items_[i].name, items_[i].value)
                        : fmt::format("{} not known", items_[i].name));
  }
  return parts.empty() ? "" : fmt::format(" ({})", fmt::join(parts, ", "));
}

}  // namespace tonecue
