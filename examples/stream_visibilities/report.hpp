// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_REPORT_HPP
#define GLINT_REPORT_HPP

#include <string>

#include "options.hpp"

/// What the summary says beyond the options.
struct Report {
  std::string backend;
  int concurrency = 1;
  std::uint64_t resumed = 0;  ///< visibilities that an earlier run had summed
  double data_term = 0.0, noise_normalization = 0.0;
  std::size_t chunk_bytes = 0;  ///< of a chunk of visibilities
  std::size_t before_bytes = 0,
              peak_bytes = 0;  ///< the process, before the first chunk and at most
  double make_seconds = 0.0, sum_seconds = 0.0, checkpoint_seconds = 0.0, write_seconds = 0.0;
};

/// The summary, a few lines for standard output.
std::string summary(const Options& options, const Report& report);

#endif
