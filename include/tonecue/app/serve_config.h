/// @file
/// What `tonecue serve` may be told by a configuration, and what is kept of calls.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/server/review_server.h"

namespace tonecue {

/// Section [serve]. Files and folders are told from the folder of the configuration, and are
/// absolute here.
struct ServeSection {
  std::string address = "127.0.0.1";
  int port = 8443;                        ///< [1, 65535]
  std::vector<std::string> host_names{};  ///< Further names that the server answers to.
  std::string tls_certificate{};          ///< PEM; both files or none.
  std::string tls_key{};
  bool allow_plain_http = false;     ///< Beyond this machine without TLS.
  std::vector<std::string> watch{};  ///< Folders into which a recorder puts its files.
  int analyses = 0;                  ///< At once, [0, 256]; 0: half the cores.
};

/// Section [privacy].
struct PrivacySection {
  bool keep_audio = false;
  bool require_notice = false;  ///< Without a consent reference no voice is judged for distress.
  int agent_first_h = 24;       ///< [0, 168]
};

struct ServeConfig {
  ServeSection serve{};
  PrivacySection privacy{};
  Retention retention{};  ///< Section [retention]; days, [0, 36500], the audit log's 0 or from 184.
};

/// Reads these three sections alone; what is not said keeps its default. Strict, as parse_config().
/// @param file  For messages, and for its folder.
Result<ServeConfig> parse_serve_config(std::string_view toml, std::string_view file);

/// The defaults when `path` is empty, else parse_serve_config() of that file.
Result<ServeConfig> load_serve_config(const std::string& path);

/// The sections with their meanings as comments; parse_serve_config() reads them back.
std::string to_toml(const ServeConfig& config);

}  // namespace tonecue
