#include "tonecue/server/desk_server.h"

namespace tonecue {

// Made by tools/build_page from src/server/web.
extern const std::string_view kDeskHtml;
extern const std::string_view kDeskJs;
extern const std::string_view kDeskCss;
extern const std::string_view kDeskSvg;

DeskAssets built_in_desk() { return {kDeskHtml, kDeskJs, kDeskCss, kDeskSvg}; }

}  // namespace tonecue
