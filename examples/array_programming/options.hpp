// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_ARRAY_PROGRAMMING_OPTIONS_HPP
#define GLINT_ARRAY_PROGRAMMING_OPTIONS_HPP

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// What the user asked for, checked as far as it can be without any work.
struct Options {
  std::filesystem::path data, picture;  ///< empty: not wanted
  std::uint64_t seed = 1;
  std::string backend;  ///< empty: the default one
};

/// Reads the command line (without the --kokkos-* options). Returns nothing after --help or
/// --version, which are answered on standard output. Throws glint::Error.
std::optional<Options> parse_options(const std::vector<std::string>& arguments);

#endif
