#include "desk_state.h"

#include <algorithm>
#include <utility>

#include "tonecue/report/card_reason.h"

namespace tonecue {
namespace {

std::string capitalised(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  }
  return text;
}

}  // namespace

Card card_of(const Alert& alert) {
  return {.id = alert.id,
          .at_ms = alert.at_ms,
          .cue = alert.cue.kind,
          .party = alert.cue.party,
          .text = std::string(alert.text),
          .reason = capitalised(card_reason(alert.cue)),
          .critical = alert.critical,
          .escalation = alert.escalation};
}

void DeskState::add(const SpeechSegment& segment) { segments.push_back(segment); }

void DeskState::add(const Overlap& overlap) { overlaps.push_back(overlap); }

void DeskState::add(Card card) {
  cards.push_back(std::move(card));
  if (cards.size() > kMostCards) cards.pop_front();
}

void DeskState::add(const DeviceNotice& notice) noexcept {
  const auto keep = [&notice](std::optional<DeviceNotice>& kept) {
    if (notice.kind == DeviceNotice::Kind::lost) kept = notice;
    if (notice.kind == DeviceNotice::Kind::returned) kept.reset();
  };
  for (const Party party : kParties) {
    if (notice.parties[party]) keep(lost[party]);
  }
  if (!notice.parties.agent && !notice.parties.customer) keep(lost_headset);
}

void DeskState::set_moment(const DeskMoment& now) {
  moment = now;
  forget_old();
}

void DeskState::begin_call() {
  PerParty<std::optional<DeviceNotice>> still_lost = lost;
  for (const Party party : kParties) {
    if (still_lost[party]) still_lost[party]->at_ms = 0;
  }
  std::optional<DeviceNotice> headset = lost_headset;
  if (headset) headset->at_ms = 0;
  *this = {};
  lost = still_lost;
  lost_headset = headset;
}

void DeskState::forget_old() {
  const std::int64_t first_ms = moment.meters.time_ms - kStripMs;
  std::erase_if(segments, [&](const SpeechSegment& segment) { return segment.end_ms < first_ms; });
  std::erase_if(overlaps, [&](const Overlap& overlap) { return overlap.end_ms < first_ms; });
}

Card* DeskState::find_card(int id) noexcept {
  const auto card = std::ranges::find(cards, id, &Card::id);
  return card == cards.end() ? nullptr : &*card;
}

std::vector<DeviceNotice> DeskState::open_notices() const {
  std::vector<DeviceNotice> open;
  for (const Party party : kParties) {
    if (!lost[party]) continue;
    DeviceNotice notice = *lost[party];
    for (const Party other_party : kParties) {
      notice.parties[other_party] = notice.parties[other_party] && lost[other_party].has_value();
    }
    const bool told = !open.empty() && open.back().parties[party];
    if (!told) open.push_back(notice);
  }
  if (lost_headset) open.push_back(*lost_headset);
  return open;
}

}  // namespace tonecue
