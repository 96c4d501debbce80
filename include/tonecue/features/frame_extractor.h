/// @file
/// All that is measured of one voice.
#pragma once

#include <memory>

#include "tonecue/core/hop.h"
#include "tonecue/core/party.h"
#include "tonecue/core/result.h"
#include "tonecue/features/feature_frame.h"
#include "tonecue/features/spectrum.h"

namespace tonecue {

class FrameEngine;

/// Measures one party's voice: runs every feature over the same hops and delays the quick ones, so
/// that all values of a frame describe the same moment.
///
///     auto agent = FrameExtractor<Party::agent>::create();
///     if (!agent) return tl::unexpected(agent.error());
///     for (Hop hop : hops) use(agent->process(hop));
///
/// Real-time: create() allocates; every other member neither allocates, locks nor throws.
/// Threads: one object belongs to one thread; separate objects are independent.
template <Party party>
class FrameExtractor {
 public:
  static Result<FrameExtractor> create();

  /// Takes the next hop and returns the frame of the hop kFrameLatencyHops earlier. The first
  /// frames, with an index below 0, are the silence before the call.
  /// @param hop  Samples in [-1, 1]; NaN, infinity and anything beyond 8 count as silence.
  PartyFrame<party> process(Hop hop) noexcept;

  /// The spectrum that the frame last returned was measured on, for what is wanted of some frames
  /// only: alpha_ratio_db(), hammarberg_index_db(), FormantEstimator. Valid until the next call.
  const PowerSpectrum& spectrum() const noexcept;

  /// Forgets all audio; the next frame is that of a new extractor.
  void reset() noexcept;

  FrameExtractor(FrameExtractor&&) noexcept;
  FrameExtractor& operator=(FrameExtractor&&) noexcept;
  ~FrameExtractor();

 private:
  explicit FrameExtractor(std::unique_ptr<FrameEngine> engine);

  std::unique_ptr<FrameEngine> engine_;
};

extern template class FrameExtractor<Party::agent>;
extern template class FrameExtractor<Party::customer>;

}  // namespace tonecue
