#include "commands.h"
#include "tonecue/app/config_file.h"

namespace tonecue {

int print_config(const ConfigOptions& options, const Console& console) {
  const auto config = load_config(options.config);
  if (!config) return fail(console, config.error());
  const auto printed = print(console, to_toml(*config));
  return printed ? kDone : fail(console, printed.error());
}

}  // namespace tonecue
