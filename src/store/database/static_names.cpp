#include "store/database/static_names.h"

namespace tonecue {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= StaticNames::kLongest &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == text.npos;
}

}  // namespace

std::optional<std::string_view> StaticNames::keep(const std::string& name) {
  const std::lock_guard lock(mutex_);
  if (const auto known = names_.find(name); known != names_.end()) return *known;
  if (names_.size() >= kMost || !is_name(name)) return std::nullopt;
  return *names_.insert(name).first;
}

}  // namespace tonecue
