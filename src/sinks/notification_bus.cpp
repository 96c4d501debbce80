#include "notification_bus.h"

#ifdef TONECUE_HAVE_LIBNOTIFY

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include <gio/gio.h>
#include <libnotify/notify.h>

namespace tonecue {
namespace {

struct ReleaseObject {
  void operator()(NotifyNotification* notification) const noexcept { g_object_unref(notification); }
};
using NotificationHandle = std::unique_ptr<NotifyNotification, ReleaseObject>;

std::string message_of(GError* error) {
  std::string message = error == nullptr ? "unknown error" : error->message;
  if (error != nullptr) g_error_free(error);
  std::replace(message.begin(), message.end(), '\n', ' ');
  return message;
}

// A desktop that knows markup takes '<' and '&' for it.
bool takes_markup() {
  GList* capabilities = notify_get_server_caps();
  bool markup = false;
  for (const GList* item = capabilities; item != nullptr; item = item->next) {
    const std::string_view capability = static_cast<const char*>(item->data);
    markup = markup || capability == "body-markup";
  }
  g_list_free_full(capabilities, g_free);
  return markup;
}

std::string escaped(const std::string& text) {
  char* copy = g_markup_escape_text(text.c_str(), -1);
  std::string safe(copy);
  g_free(copy);
  return safe;
}

class LibnotifyBus final : public NotificationBus {
 public:
  explicit LibnotifyBus(Complaint complain) : complain_(std::move(complain)) {}

  ~LibnotifyBus() override {
    shown_.clear();
    if (began_) notify_uninit();
  }

  void show(const Notification& wanted) noexcept override {
    if (!began_ && !begin()) return;
    const std::string body = markup_ ? escaped(wanted.body) : wanted.body;
    NotificationHandle handle(
        notify_notification_new(wanted.summary.c_str(), body.c_str(), nullptr));
    notify_notification_set_urgency(handle.get(),
                                    wanted.urgent ? NOTIFY_URGENCY_NORMAL : NOTIFY_URGENCY_LOW);
    // No sound: the headset's tone is the only one. Transient: of a call nothing stays in a
    // history.
    notify_notification_set_hint(handle.get(), "suppress-sound", g_variant_new_boolean(TRUE));
    notify_notification_set_hint(handle.get(), "transient", g_variant_new_boolean(TRUE));
    GError* error = nullptr;
    if (notify_notification_show(handle.get(), &error) == FALSE) return give_up(message_of(error));
    shown_[wanted.id] = std::move(handle);
  }

  void close(int id) noexcept override {
    const auto found = shown_.find(id);
    if (found == shown_.end()) return;
    // That the person closed it before is no failure.
    notify_notification_close(found->second.get(), nullptr);
    shown_.erase(found);
  }

  void close_all() noexcept override {
    while (!shown_.empty()) close(shown_.begin()->first);
  }

 private:
  bool begin() {
    if (silent_) return false;
    // Asked first: without a bus libnotify writes to standard error itself.
    GError* error = nullptr;
    GDBusConnection* bus = g_bus_get_sync(G_BUS_TYPE_SESSION, nullptr, &error);
    if (bus == nullptr) {
      give_up(message_of(error));
      return false;
    }
    g_object_unref(bus);
    began_ = notify_init("tonecue") == TRUE;
    if (!began_) {
      give_up("libnotify cannot start");
      return false;
    }
    markup_ = takes_markup();
    return true;
  }

  void give_up(const std::string& why) {
    if (!std::exchange(silent_, true)) {
      complain_("no desktop notifications: " + why);
    }
    if (std::exchange(began_, false)) notify_uninit();
  }

  Complaint complain_;
  std::map<int, NotificationHandle> shown_;
  bool began_ = false;
  bool silent_ = false;
  bool markup_ = false;
};

}  // namespace

Result<std::unique_ptr<NotificationBus>> NotificationBus::create(Complaint complain) {
  return std::make_unique<LibnotifyBus>(std::move(complain));
}

}  // namespace tonecue

#else

namespace tonecue {

Result<std::unique_ptr<NotificationBus>> NotificationBus::create(Complaint /*complain*/) {
  return failure(ErrorCode::unsupported,
                 "this tonecue was built without desktop notifications; build it where "
                 "libnotify-dev is installed, or set sinks.desktop to false");
}

}  // namespace tonecue

#endif
