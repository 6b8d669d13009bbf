// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_GOLDEN_HPP
#define GLINT_TESTS_GOLDEN_HPP

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace glint::test {

/// The rows of a file in tests/golden: numbers separated by blanks, '#' starts a comment line.
/// Fails the test when the file has no row or rows of different lengths.
inline std::vector<std::vector<double>> golden(const std::string& name) {
  std::ifstream file(std::string(GLINT_GOLDEN_DIRECTORY) + "/" + name);
  std::vector<std::vector<double>> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    rows.emplace_back();
    for (double number; words >> number;) rows.back().push_back(number);
    EXPECT_EQ(rows.back().size(), rows.front().size()) << name;
  }
  EXPECT_FALSE(rows.empty()) << name;
  return rows;
}

}  // namespace glint::test

#endif
