// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_OPTIONS_HPP
#define GLINT_OPTIONS_HPP

#include <filesystem>
#include <glint/pixel_grid.hpp>
#include <glint/render.hpp>
#include <optional>
#include <string>
#include <vector>

/// What the user asked for, checked as far as it can be without reading any file.
struct Options {
  std::filesystem::path catalogue;
  std::filesystem::path image;
  std::filesystem::path picture;  ///< empty: none
  std::filesystem::path psf;      ///< empty: none
  glint::PixelGrid grid;
  glint::RenderOptions render;
  bool single = false;
  bool stack = false;
  bool error = false;
  std::string backend;  ///< empty: the default one
};

/// Reads the command line (without the --kokkos-* options). Returns nothing after --help or
/// --version, which are answered on standard output. Throws glint::Error.
std::optional<Options> parse_options(const std::vector<std::string>& arguments);

#endif
