#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tonecue/model/dense_layer.h"
#include "tonecue/model/gru_layer.h"
#include "tonecue/model/model_file.h"

// Any bytes are read or refused; what is read and fits gives layers that run.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto model = tonecue::ModelFile::parse({reinterpret_cast<const char*>(data), size});
  if (!model) {
    if (model.error().message.empty()) std::abort();
    return 0;
  }
  const std::array<float, 2> in = {0.5F, -0.5F};
  std::array<float, 1> out{};
  const auto dense = tonecue::DenseLayer::create(*model, "dense", 2, tonecue::Activation::relu);
  if (dense && dense->outputs() == 1) dense->process(in, out);
  auto gru = tonecue::GruLayer::create(*model, "gru", 2, 1);
  if (gru) gru->process(in, out);
  static_cast<void>(model->expect_all_taken());
  return 0;
}
