#include "config_text.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

namespace tonecue {

Result<std::string> read_config_text(const std::string& path) {
  std::error_code status;
  if (std::filesystem::is_directory(path, status)) {
    return failure(ErrorCode::unreadable,
                   fmt::format("{}: is a folder, not a configuration file", path));
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return failure(
        ErrorCode::unreadable,
        fmt::format("{}: cannot open the configuration; 'tonecue config > FILE' makes one", path));
  }
  return std::string{std::istreambuf_iterator<char>(file), {}};
}

std::string place_beside(std::string_view config_file, const std::string& named) {
  std::error_code status;
  const auto folder = std::filesystem::absolute(std::string(config_file), status).parent_path();
  return (folder / named).lexically_normal().string();
}

std::string toml_string(std::string_view text) {
  std::string result = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') result += '\\';
    result += letter;
  }
  return result + '"';
}

}  // namespace tonecue
