#include "command_groups.h"
#include "command_options.h"

namespace tonecue {

void add_config(CommandList commands, ConfigOptions& options) {
  CLI::App& command = add_command(commands, "config", "Print the configuration",
                                  "The output is a file that --config takes back.\n\n"
                                  "Example:\n"
                                  "  tonecue config > team.toml\n"
                                  "  tonecue analyze call.flac --config team.toml",
                                  options);
  add_config_file(command, options.config);
}

void add_model_info(CommandList commands, ModelInfoOptions& options) {
  CLI::App& info = add_command(commands, "info", "What each was trained on, scores and is made of",
                               "Examples:\n"
                               "  tonecue model info\n"
                               "  tonecue model info model.json",
                               options);
  info.add_option("FILE", options.files, "Model files (default: those in the program)");
}

void add_model_verify(CommandList commands, ModelVerifyOptions& options) {
  CLI::App& verify = add_command(commands, "verify", "Check that model files are whole and fit",
                                 "Checks the hash, every size and number, and that this program\n"
                                 "can run the model. Status 1 when one fails.\n\n"
                                 "Example:\n"
                                 "  tonecue model verify model.json",
                                 options);
  verify.add_option("FILE", options.files, "Model files")->required();
}

void add_model_compare(CommandList commands, ModelCompareOptions& options) {
  CLI::App& compare = add_command(commands, "compare", "Tell what differs between two models",
                                  "Of distress models also how far their answers lie apart, over\n"
                                  "made voices: no recordings are needed.\n\n"
                                  "Example:\n"
                                  "  tonecue model compare research model.json",
                                  options);
  const std::string what = "A model file, research or open";
  compare.add_option("A", options.first, what)->required();
  compare.add_option("B", options.second, what)->required();
}

}  // namespace tonecue
