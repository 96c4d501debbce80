#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "commands.h"
#include "tonecue/model/model_file.h"

namespace tonecue {

// Embedded by the modules that run them.
extern const std::string_view kVadModel;
extern const std::string_view kDistressModelJson;

namespace {

std::string describe(const ModelFile& model) {
  std::size_t parameters = 0;
  std::size_t longest_name = 0;
  for (const auto& [name, tensor] : model.tensors()) {
    parameters += tensor.values.size();
    longest_name = std::max(longest_name, name.size());
  }
  std::string text = fmt::format("{}\n  {}\n  {} parameters in {} tensors\n", model.name(),
                                 model.about(), parameters, model.tensors().size());
  for (const auto& [name, tensor] : model.tensors()) {
    fmt::format_to(std::back_inserter(text), "    {:{}}  {}\n", name, longest_name,
                   shape_text(tensor.shape));
  }
  return text;
}

}  // namespace

int model_info(const Console& console) {
  for (const std::string_view text : {kVadModel, kDistressModelJson}) {
    const auto model = ModelFile::parse(text);
    if (!model) return fail(console, model.error());
    const auto printed = print(console, describe(*model));
    if (!printed) return fail(console, printed.error());
  }
  return kDone;
}

}  // namespace tonecue
