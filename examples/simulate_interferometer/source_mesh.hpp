// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_SOURCE_MESH_HPP
#define GLINT_SOURCE_MESH_HPP

#include <glint/interferometry_io.hpp>

#include "delaunay.hpp"
#include "lens.hpp"

/// The source's pixels: S points spread evenly over the image (a spiral of equal areas) and traced
/// through the lens, so that they are dense where the magnification is high, joined to triangles.
class SourceMesh {
 public:
  SourceMesh(const Lens& lens, double mask_radius, std::size_t sources);

  std::size_t size() const { return positions_.size(); }
  const std::vector<Position>& positions() const { return positions_; }

  /// Index and weights (M, width) of the image's pixels for SourceModel. Width 1: the nearest
  /// source pixel. Width 3: the corners of the triangle about the traced pixel, weighted by the
  /// areas opposite to them; outside all triangles the nearest one. Other widths: as many of the
  /// nearest, weighted by 1 / (1 + distance), in steps of the lattice (a ten-millionth of the
  /// mask).
  void map(const glint::SkyPixels<>& pixels, std::size_t width, glint::SourceModel& model);

  /// The table of neighbours (S, columns), ascending, ending in -1.
  glint::Matrix<std::int64_t> neighbours(std::size_t columns) const;

  /// Most neighbours of a source pixel, at least 1.
  std::size_t most_neighbours() const;

  /// Sum over neighbours of the squared difference of their values.
  double roughness(const std::vector<double>& values) const;

 private:
  LatticePoint lattice_point(const Position& source) const;
  std::vector<LatticePoint> trace(double mask_radius, std::size_t sources);

  Lens lens_;
  double lattice_step_;  // arcseconds
  std::vector<Position> positions_;
  Delaunay triangles_;
};

#endif
