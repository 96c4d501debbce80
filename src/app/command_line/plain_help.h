/// @file
/// How help is laid out.
#pragma once

#include <string>
#include <utility>

#include <CLI/CLI.hpp>

namespace tonecue {

/// Help in the order in which a reader needs it, without the badges that mean nothing to them.
class PlainHelp : public CLI::Formatter {
 public:
  PlainHelp() {
    constexpr std::size_t kOptionColumns = 28;
    column_width(kOptionColumns);
    label("Positionals", "Input");
  }

  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override {
    return make_description(app) + "\n" + make_usage(app, std::move(name)) + make_positionals(app) +
           make_subcommands(app, mode) + make_groups(app, mode) + "\n" + make_footer(app);
  }

  std::string make_usage(const CLI::App* app, std::string name) const override {
    std::string usage = "Usage: " + std::move(name);
    if (!app->get_subcommands({}).empty()) return usage + " COMMAND ...\n";
    for (const CLI::Option* option : app->get_options()) {
      if (!option->get_positional()) continue;
      usage += " " + option->get_name(true) + (option->get_items_expected_max() > 1 ? "..." : "");
    }
    return usage + " [options]\n";
  }

  std::string make_option_opts(const CLI::Option* option) const override {
    if (option->get_type_size() == 0 || option->get_positional()) return {};
    const std::string name_and_checks = option->get_type_name();
    return " " + name_and_checks.substr(0, name_and_checks.find(':'));
  }
};

}  // namespace tonecue
