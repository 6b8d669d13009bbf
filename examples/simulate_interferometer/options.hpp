// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_OPTIONS_HPP
#define GLINT_OPTIONS_HPP

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// What the user asked for, checked as far as it can be without any work.
struct Options {
  std::filesystem::path data_set;
  std::size_t side = 0;          ///< N
  std::size_t visibilities = 0;  ///< K
  std::size_t sources = 0;       ///< S
  std::size_t width = 3;         ///< B
  std::size_t neighbours = 0;    ///< P; 0: as many as are needed
  bool flat = false;
  bool unequal_noise = false;
  std::uint64_t seed = 1;
  std::string backend;  ///< empty: the default one
};

/// Reads the command line (without the --kokkos-* options). Returns nothing after --help or
/// --version, which are answered on standard output. Throws glint::Error.
std::optional<Options> parse_options(const std::vector<std::string>& arguments);

#endif
