#include "app/commands.h"
#include "tonecue/app/config_file.h"
#include "tonecue/app/serve_config.h"
#include "tonecue/app/sink_config.h"

namespace tonecue {

int print_config(const ConfigOptions& options, const Console& console) {
  const auto config = load_config(options.config);
  if (!config) return fail(console, config.error());
  const auto sinks = load_sink_config(options.config);
  if (!sinks) return fail(console, sinks.error());
  const auto serve = load_serve_config(options.config);
  if (!serve) return fail(console, serve.error());
  const auto printed =
      print(console, to_toml(*config) + '\n' + to_toml(*sinks) + '\n' + to_toml(*serve));
  return printed ? kDone : fail(console, printed.error());
}

}  // namespace tonecue
