/// @file
/// The person's own browser.
#pragma once

#include <string>
#include <utility>

#include "tonecue/core/result.h"

namespace tonecue {

/// A file that sends a browser on to an address. The address holds a key: on a command line every
/// user of this machine could read it, in this file its owner alone can.
class ForwardingPage {
 public:
  /// @return `unwritable` when there is no room for it.
  static Result<ForwardingPage> create(const std::string& url);

  const std::string& path() const noexcept { return path_; }

  ForwardingPage(ForwardingPage&& from) noexcept : path_(std::exchange(from.path_, {})) {}
  ForwardingPage& operator=(ForwardingPage&&) = delete;
  ~ForwardingPage();  ///< Removes it.

 private:
  explicit ForwardingPage(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

/// Asks the desktop to show a file; does not wait for it.
/// @return `not_found` when there is nothing that would.
Result<void> open_in_browser(const std::string& path);

}  // namespace tonecue
