/// @file
/// Tables of numbers that another program made.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace tonecue::test {

/// The rows of a CSV file of numbers under one line of titles.
inline std::vector<std::vector<float>> read_numbers(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  std::vector<std::vector<float>> rows;
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::vector<float>& row = rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(std::stof(cell));
  }
  return rows;
}

}  // namespace tonecue::test
