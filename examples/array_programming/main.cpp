// SPDX-License-Identifier: BSD-3-Clause
//
// array_programming: what people first do with arrays, done with glint. array_programming.py does
// the same with NumPy, and both print what expected_output.txt holds.

#include "options.hpp"
#include "support/start.hpp"
#include "walk.hpp"

int main(int argc, char* argv[]) {
  const auto prepare = [](const std::vector<std::string>& words) -> DriverJob {
    const auto options = parse_options(words);
    if (!options) return {};
    return [options] { walk(*options); };
  };
  return run_driver("array_programming", "these arrays", argc, argv, prepare);
}
