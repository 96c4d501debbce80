#include <array>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "commands.h"
#include "tonecue/model/model_file.h"

namespace tonecue {

// Embedded by the modules that run them.
extern const std::string_view kVadModel;
extern const std::string_view kDistressModelJson;

int model_info(const Console& console) {
  for (const std::string_view text : {kVadModel, kDistressModelJson}) {
    const auto model = ModelFile::parse(text);
    if (!model) return fail(console, model.error());
    const auto printed = print(console, fmt::format("{}\n  {}\n", model->name(), model->about()));
    if (!printed) return fail(console, printed.error());
  }
  return kDone;
}

}  // namespace tonecue
