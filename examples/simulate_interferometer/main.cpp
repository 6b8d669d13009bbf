// SPDX-License-Identifier: BSD-3-Clause
//
// simulate_interferometer: mock data of a lensed source. Makes them, writes.

#include <iostream>

#include "job.hpp"
#include "options.hpp"
#include "report.hpp"
#include "support/start.hpp"

int main(int argc, char* argv[]) {
  const auto prepare = [](const std::vector<std::string>& words) -> DriverJob {
    const auto options = parse_options(words);
    if (!options) return {};
    return [options] {
      const Report report = run_job(*options);
      std::cout << summary(*options, report);
    };
  };
  return run_driver("simulate_interferometer", "these data", argc, argv, prepare);
}
