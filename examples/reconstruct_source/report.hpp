// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_REPORT_HPP
#define GLINT_REPORT_HPP

#include <glint/evidence.hpp>
#include <string>
#include <utility>
#include <vector>

#include "options.hpp"

/// What the summary says beyond the options.
struct Report {
  std::string backend;
  int concurrency = 1;
  std::size_t resumed = 0;                    ///< visibilities that an earlier run had summed
  std::size_t visibilities = 0, flagged = 0;  ///< K and those of the file that were left out
  std::size_t side = 0, pixels = 0, sources = 0, width = 0;  ///< N, M, S, B
  double pixel_scale = 0.0;                                  ///< arcseconds
  double longest = 0.0;  ///< baseline, over the Nyquist limit of the grid
  double coefficient = 1.0;
  bool coefficient_of_file = false, coefficient_inside = false;
  bool unequal_noise = false;  ///< and it was taken into account
  glint::Evidence evidence;
  double disagreement = 0.0;          ///< of two ways to chi_squared, over data_term
  double least = 0.0, largest = 0.0;  ///< of the reconstruction
  std::size_t outputs = 0;
  std::string notes;     ///< lines about outputs that are not as asked
  std::string warnings;  ///< lines for the standard error
  std::vector<std::pair<std::string, double>> seconds;  ///< stages in order
};

/// The summary, a few lines for standard output.
std::string summary(const Options& options, const Report& report);

#endif
