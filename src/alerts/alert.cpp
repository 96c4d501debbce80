#include "tonecue/alerts/alert.h"

namespace tonecue {

std::string_view name(Answer answer) noexcept {
  switch (answer) {
    case Answer::helpful:
      return "helpful";
    case Answer::not_now:
      return "not_now";
    case Answer::wrong:
      return "wrong";
  }
  return "";
}

std::string_view name(Delivery delivery) noexcept {
  switch (delivery) {
    case Delivery::delivered:
      return "delivered";
    case Delivery::cooling_down:
      return "cooling_down";
    case Delivery::over_budget:
      return "over_budget";
    case Delivery::outdated:
      return "outdated";
    case Delivery::quiet_start:
      return "quiet_start";
    case Delivery::snoozed:
      return "snoozed";
    case Delivery::superseded:
      return "superseded";
  }
  return "";
}

}  // namespace tonecue
