#include "desk_options.h"

#include "tonecue/app/remembered_devices.h"

namespace tonecue {

Result<LiveOptions> at_this_desk(LiveOptions options) {
  options.config = desk_config_path(options.config);
  const auto remembered = load_remembered_devices(options.config);
  if (!remembered) return tl::unexpected(remembered.error());
  const bool none_named = options.device.empty() && options.agent_device.empty() &&
                          options.customer_device.empty() && !options.recording.party;
  if (options.replay.empty() && none_named) {
    options.agent_device = remembered->agent;
    options.customer_device = remembered->customer;
  }
  if (options.output.empty()) options.output = remembered->output;
  return options;
}

Result<PracticeOptions> at_this_desk(PracticeOptions options) {
  options.config = desk_config_path(options.config);
  const auto remembered = load_remembered_devices(options.config);
  if (!remembered) return tl::unexpected(remembered.error());
  if (options.agent_device.empty()) options.agent_device = remembered->agent;
  if (options.output.empty()) options.output = remembered->output;
  return options;
}

}  // namespace tonecue
