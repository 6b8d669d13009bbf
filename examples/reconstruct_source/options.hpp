// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_OPTIONS_HPP
#define GLINT_OPTIONS_HPP

#include <filesystem>
#include <glint/uv_sums.hpp>
#include <optional>
#include <string>
#include <vector>

#include "support/checkpoints.hpp"

/// How the curvature matrix is formed.
enum class CurvatureRoute {
  direct,    ///< convolution with the kernel: CurvaturePlan
  dense,     ///< from a W in memory
  products,  ///< through omega = W T
};

/// "direct", "dense", "products".
const std::string& curvature_route_name(CurvatureRoute route);

/// What the user asked for, checked as far as it can be without reading any file.
struct Options {
  std::filesystem::path data_set;
  std::filesystem::path result;
  std::filesystem::path picture;     ///< empty: none
  std::vector<std::string> outputs;  ///< names for the file, without `all`
  bool all = false;                  ///< every output that is not too large
  std::optional<double> coefficient;
  bool find_coefficient = false;  ///< the one with the largest evidence
  glint::UvSumsOptions sums;
  CurvatureRoute curvature = CurvatureRoute::direct;
  std::size_t chunk = 131072;  ///< visibilities in memory at a time
  CheckpointOptions checkpoint;
  std::string backend;  ///< empty: the default one

  /// Whether an output is to be written.
  bool wants(const std::string& name) const;
};

/// Reads the command line (without the --kokkos-* options). Returns nothing after --help or
/// --version, which are answered on standard output. Throws glint::Error.
std::optional<Options> parse_options(const std::vector<std::string>& arguments);

#endif
