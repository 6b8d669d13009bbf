// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_OPTIONS_HPP
#define GLINT_OPTIONS_HPP

#include <cstdint>
#include <filesystem>
#include <glint/uv_sums.hpp>
#include <optional>
#include <string>
#include <vector>

#include "support/checkpoints.hpp"

/// What the user asked for, checked as far as it can be without any work.
struct Options {
  std::filesystem::path result;
  std::filesystem::path picture;   ///< empty: none
  std::size_t side = 128;          ///< N
  std::uint64_t visibilities = 0;  ///< K
  std::size_t chunk = 131072;      ///< visibilities in memory at a time
  bool unequal_noise = false;
  std::uint64_t seed = 1;
  glint::KernelOptions kernel;
  CheckpointOptions checkpoint;
  std::string backend;  ///< empty: the default one
};

/// Reads the command line (without the --kokkos-* options). Returns nothing after --help or
/// --version, which are answered on standard output. Throws glint::Error.
std::optional<Options> parse_options(const std::vector<std::string>& arguments);

#endif
