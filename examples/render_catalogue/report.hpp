// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_REPORT_HPP
#define GLINT_REPORT_HPP

#include <cstddef>
#include <glint/render_error.hpp>
#include <string>

#include "options.hpp"

/// What the summary says beyond the options.
struct Report {
  std::string backend;
  int concurrency = 1;
  std::size_t profiles = 0;
  std::string psf;       ///< the PSF and how it was used; empty: none
  std::string warnings;  ///< sentences for standard error, a line each
  double catalogue_flux = 0.0;
  double image_flux = 0.0;
  std::size_t unmet_cells = 0;  ///< of a refinement, above its goal
  glint::ErrorSummary errors;   ///< with --error
  double read_seconds = 0.0, prepare_seconds = 0.0, render_seconds = 0.0, write_seconds = 0.0;
};

/// The summary, a few lines for standard output.
std::string summary(const Options& options, const Report& report);

#endif
