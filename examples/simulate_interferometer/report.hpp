// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_REPORT_HPP
#define GLINT_REPORT_HPP

#include <string>

#include "options.hpp"
#include "uv_tracks.hpp"

/// What the summary says beyond the options.
struct Report {
  std::string backend;
  int concurrency = 1;
  std::size_t pixels = 0;      ///< M
  std::size_t neighbours = 0;  ///< P
  double pixel_scale = 0.0;    ///< arcseconds
  double einstein_radius = 0.0;
  double coefficient = 0.0;
  double noise = 0.0;  ///< of a typical visibility, in units of the total flux
  Observation observation;
  double mesh_seconds = 0.0, visibility_seconds = 0.0, write_seconds = 0.0;
};

/// The summary, a few lines for standard output.
std::string summary(const Options& options, const Report& report);

#endif
