// SPDX-License-Identifier: BSD-3-Clause
//
// reconstruct_source: visibilities and a lens model become a source and its evidence. Reads, calls
// the library, writes.

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
      std::cerr << report.warnings;
      std::cout << summary(*options, report);
    };
  };
  return run_driver("reconstruct_source", "this reconstruction", argc, argv, prepare);
}
