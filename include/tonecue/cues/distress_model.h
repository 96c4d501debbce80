/// @file
/// How agitated a customer's voice sounds against its own usual.
#pragma once

#include <memory>
#include <optional>

#include "tonecue/core/result.h"
#include "tonecue/cues/distress_estimate.h"
#include "tonecue/cues/distress_weights.h"
#include "tonecue/cues/log_odds_scale.h"
#include "tonecue/features/feature_frame.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

/// Functionals over the last 3 s of the customer's clean speech, against the same over the first
/// 12 s of it (from 4 s on, with a doubt that shrinks; windows that sound agitated already are left
/// out of the usual), judged by small networks trained on acted speech and ordinary calls through
/// the telephone (models/distress/README.md). Says "don't know" when it cannot.
///
///     auto model = DistressModel::create();
///     if (auto estimate = model->process(customer_frame, turn.parties.customer)) show(*estimate);
///
/// Takes nothing but a CustomerFrame: no voice of an agent, and no frame of unknown origin.
///
/// Real-time: create() allocates; process() and reset() neither allocate, lock nor throw. Nearly
/// all the work falls on the hops that give an estimate.
/// Threads: one object belongs to one thread; separate objects are independent.
class DistressModel {
 public:
  /// Shares the weights with every other model that is made of them.
  /// @param scale  How the site reads the probability of agitation. The caller's usual is learnt by
  ///               the model's own, so that a scale moves nothing but the answer.
  static Result<DistressModel> create(const DistressWeights& weights,
                                      const LogOddsScale& scale = {});

  /// Of the built-in weights, as shipped. @return `corrupt` when they do not fit this program.
  static Result<DistressModel> create();

  /// Takes the next frame. Gives an estimate each 0.5 s of the call in which the customer made
  /// sound; none in the customer's silence.
  std::optional<DistressEstimate> process(const CustomerFrame& frame,
                                          const PartyTurn& turn) noexcept;

  /// Forgets the caller; the next frame is that of a new call.
  void reset() noexcept;

  DistressModel(DistressModel&&) noexcept;
  DistressModel& operator=(DistressModel&&) noexcept;
  ~DistressModel();

 private:
  struct Parts;
  explicit DistressModel(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace tonecue
