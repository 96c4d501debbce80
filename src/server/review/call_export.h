/// @file
/// A call as a file to take away.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tonecue/server/http_message.h"
#include "tonecue/store/call_store.h"

namespace tonecue {

enum class ExportForm { json, csv, audacity, textgrid, html, flac };
std::optional<ExportForm> find_export_form(std::string_view name) noexcept;

/// The call as the writers of reports tell it. Its name on the other side says the number of the
/// call and nothing that somebody typed.
/// @param store_folder  Where recordings lie. A page carries the sound where it is kept and not
/// too much for a page.
/// @return Nothing when there is no sound to export.
std::optional<HttpReply> export_reply(const KeptCall& call, ExportForm form,
                                      const std::string& store_folder);

/// Where the sound lies; nothing when it is not there any more.
std::optional<std::string> recording_file(const KeptRecording& recording,
                                          const std::string& store_folder);

}  // namespace tonecue
