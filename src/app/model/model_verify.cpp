#include <string>

#include <fmt/format.h>

#include "app/commands.h"
#include "model_source.h"
#include "tonecue/features/voice_activity_detector.h"

namespace tonecue {
namespace {

Result<void> expect_fit(const ModelFile& model) {
  if (model.name() == "vad") return VoiceActivityDetector::expect_fit(model);
  const auto weights = DistressWeights::create(model, {});
  if (!weights) return tl::unexpected(weights.error());
  return {};
}

}  // namespace

int model_verify(const ModelVerifyOptions& options, const Console& console) {
  int status = kDone;
  for (const std::string& path : options.files) {
    const auto model = find_model(path);
    if (!model) {
      status = fail(console, model.error());
      continue;
    }
    if (const auto fits = expect_fit(*model); !fits) {
      complain(console, path + ": " + fits.error().message);
      status = kFailed;
      continue;
    }
    const ModelCard& card = model->card();
    const auto printed =
        print(console, fmt::format("{}: whole, and fits this program as {}; sha256 {}\n",
                                   one_line(path), card.name, card.sha256));
    if (!printed) return fail(console, printed.error());
  }
  return status;
}

}  // namespace tonecue
