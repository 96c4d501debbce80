#include <algorithm>
#include <cstddef>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "app/commands.h"
#include "model_source.h"

namespace tonecue {
namespace {

constexpr std::size_t kColumns = 100;

/// Words in lines that fit a terminal, all but the first under `indent`.
std::string wrapped(const std::string& text, std::size_t indent) {
  std::string lines;
  std::size_t column = indent;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (!lines.empty() && column + word.size() + 1 > kColumns) {
      lines += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (!lines.empty()) {
      lines += ' ';
      ++column;
    }
    lines += word;
    column += word.size();
  }
  return lines;
}

std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
  return text;
}

void append_fact(std::string& text, std::string_view what, const std::string& value) {
  constexpr std::size_t kIndent = 15;
  fmt::format_to(std::back_inserter(text), "  {:12} {}\n", what, wrapped(value, kIndent));
}

void append_card(std::string& text, const ModelCard& card) {
  append_fact(text, "licence", card.licence);
  append_fact(text, "definitions", fmt::format("version {} of its inputs", card.definitions));
  append_fact(
      text, "file",
      fmt::format("{:.0f} kB, sha256 {}", static_cast<double>(card.bytes) / 1000.0, card.sha256));
  if (!card.training.empty()) text += "  trained on\n";
  for (const auto& [data, licence] : card.training) {
    fmt::format_to(std::back_inserter(text), "    {}: {}\n", data, licence);
  }
  if (!card.scores.empty()) text += "  scores\n";
  for (const auto& [name, value] : card.scores) {
    fmt::format_to(std::back_inserter(text), "    {:<7g} {}\n", value, name);
  }
}

std::string describe(const ModelFile& model, const std::string& choice) {
  std::string text =
      fmt::format("{} ({})\n  {}\n", model.name(), choice, wrapped(model.card().about, 2));
  append_card(text, model.card());
  for (const auto& [name, items] : model.strings()) {
    append_fact(text, one_line(name), fmt::format("{}: {}", items.size(), joined(items)));
  }
  for (const auto& [name, value] : model.numbers()) {
    append_fact(text, one_line(name), fmt::format("{}", value));
  }
  std::size_t parameters = 0;
  std::size_t longest_name = 0;
  for (const auto& [name, tensor] : model.tensors()) {
    parameters += tensor.values.size();
    longest_name = std::max(longest_name, name.size());
  }
  fmt::format_to(std::back_inserter(text), "  {} parameters in {} tensors\n", parameters,
                 model.tensors().size());
  for (const auto& [name, tensor] : model.tensors()) {
    fmt::format_to(std::back_inserter(text), "    {:{}}  {}\n", one_line(name), longest_name,
                   shape_text(tensor.shape));
  }
  return text;
}

}  // namespace

int model_info(const ModelInfoOptions& options, const Console& console) {
  const bool built_in = options.files.empty();
  int status = kDone;
  for (const std::string& choice : built_in ? built_in_models() : options.files) {
    const auto model = find_model(choice);
    if (!model) {
      status = fail(console, model.error());
      continue;
    }
    const auto printed =
        print(console, describe(*model, one_line(built_in ? "built in as " + choice : choice)));
    if (!printed) return fail(console, printed.error());
  }
  return status;
}

}  // namespace tonecue
