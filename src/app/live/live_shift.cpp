#include "live_shift.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/analyze/report_writer.h"
#include "live_end.h"
#include "tonecue/report/agent_summary.h"
#include "tonecue/report/call_json.h"
#include "tonecue/report/notice_words.h"

namespace tonecue {
namespace {

/// Longer than the greeting that comes before a customer's first word.
constexpr int kMemoryS = 20;

/// How long a listener may block; a shift's call begins with its memory, all at once.
constexpr int kRoomS = 10;

constexpr std::int64_t kMsPerMinute = 60'000;

}  // namespace

Result<LiveCall> hear_with_audience(const LiveRoom& room, LiveLine& line, AudioSource& source,
                                    LiveDesk& desk, const LiveCallConfig& config,
                                    const AlertHistory& history) {
  std::unique_ptr<CallKeeper> keeper;  // Before the audience, whose threads tell it.
  const int room_s = config.ends_by_silence ? kRoomS + kMemoryS : kRoomS;
  auto audience =
      CallAudience::create(line.info(), room.sinks, by_the_clock(room.options) ? room_s : 0, desk,
                           room.out, view_of(room));
  if (!audience) return tl::unexpected(audience.error());
  if (room.store) {
    const auto say = [&told = **audience](const std::string& trouble) { told.say(trouble); };
    keeper = room.store->begin(line.info(), config.begun_before_ms, say);
    const auto added = (*audience)->add_slow(*keeper, CallKeeper::kInterest, "store");
    if (!added) return tl::unexpected(added.error());
  }
  auto call = hear_call(source, room.session, config, history, **audience, desk, room.console.stop);
  if (!call) return call;
  if (auto told = tell_end(room, *call, line, desk); !told) return tl::unexpected(told.error());
  call->keeper = std::move(keeper);
  return call;
}

void store_end(const LiveRoom& room, LiveCall& call) {
  if (!call.keeper) return;
  const auto stored = call.keeper->finish(call.report);
  if (!stored) complain(room.console, stored.error().message);
}

LiveShift::LiveShift(const LiveRoom& room, LiveLine& line, LiveDesk& desk, LiveCallConfig config)
    : room_(room),
      line_(line),
      desk_(desk),
      source_(line.source(), kMemoryS * kSampleRateHz),
      config_(std::move(config)) {
  config_.ends_by_silence = true;
  config_.captured_at = [this]() -> std::optional<std::chrono::steady_clock::time_point> {
    if (source_.rewound_samples() > 0) return {};
    return line_.captured_at();
  };
}

Result<void> LiveShift::hear() {
  const BetweenCalls meanwhile{
      .on_notice = [this](const DeviceNotice& notice) { tell_between(notice); },
      .on_wish = [this](const DeskWish& wish,
                        std::int64_t waited_ms) { take_between(wish, waited_ms); }};
  while (!room_.console.stop) {
    room_.out << "Waiting for a call.\n" << std::flush;
    const auto called =
        wait_for_call(source_, room_.session, config_, meanwhile, desk_, room_.console.stop);
    if (!called) return tl::unexpected(called.error());
    if (!*called) return {};
    begin_call();
    if (auto heard = hear_call_now(); !heard) return heard;
  }
  return {};
}

void LiveShift::begin_call() {
  source_.rewind();
  const std::int64_t begin_ms = source_.samples_before() * 1000 / kSampleRateHz;
  history_ = history_.begun_later(begin_ms - begun_ms_);
  begun_ms_ = begin_ms;
  line_.begin_call();
  if (DeskServer* page = desk_.page()) page->begin_call(history_.snoozed_until_ms);
}

Result<void> LiveShift::hear_call_now() {
  config_.begun_before_ms = std::int64_t{source_.rewound_samples()} * 1000 / kSampleRateHz;
  auto call = hear_with_audience(room_, line_, source_, desk_, config_, history_);
  if (!call) return tl::unexpected(call.error());
  source_.forget();
  store_end(room_, *call);
  history_ = call->history;
  last_ = std::move(call->report);
  keeper_ = std::move(call->keeper);
  json_file_ = next_json_file(room_.options.json);
  write();
  return {};
}

// Nobody else tells the page anything: its listener's thread ended with the call.
void LiveShift::tell_between(const DeviceNotice& notice) {
  room_.out << notice_words(notice) << '\n' << std::flush;
  if (DeskServer* page = desk_.page()) page->on_notice(notice);
}

void LiveShift::take_between(const DeskWish& wish, std::int64_t waited_ms) {
  switch (wish.kind) {
    case DeskWish::Kind::answer:
      add_late_answer(wish.answer, last_.duration_ms + waited_ms);
      break;
    case DeskWish::Kind::wake:
      history_.snoozed_until_ms.reset();
      break;
    case DeskWish::Kind::end_call:
      break;  // It has ended.
  }
}

void LiveShift::add_late_answer(AlertAnswer answer, std::int64_t now_ms) {
  const auto alert = std::ranges::find(last_.alerts, answer.alert_id, &AlertRecord::id);
  if (alert == last_.alerts.end()) return;
  answer.at_ms = now_ms;
  alert->answer = answer;
  if (answer.answer == Answer::not_now && answer.snooze_min > 0) {
    history_.snoozed_until_ms = now_ms + answer.snooze_min * kMsPerMinute;
  }
  if (DeskServer* page = desk_.page()) page->on_answer(answer);
  write();
  if (!keeper_) return;
  const auto stored = keeper_->finish(last_);
  if (!stored) complain(room_.console, stored.error().message);
}

void LiveShift::write() {
  constexpr bool kOurOwn = true;  // Again, with an answer that came late.
  if (json_file_.empty()) return;
  const auto written = write_text(json_file_, to_json(last_), kOurOwn, room_.console);
  if (!written) complain(room_.console, written.error().message);
}

}  // namespace tonecue
