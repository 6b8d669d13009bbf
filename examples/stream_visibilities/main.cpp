// SPDX-License-Identifier: BSD-3-Clause
//
// stream_visibilities: as many visibilities as you like through the memory of a few. Makes them,
// calls the library, writes.

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
  return run_driver("stream_visibilities", "these sums", argc, argv, prepare);
}
