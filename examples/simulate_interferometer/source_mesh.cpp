// SPDX-License-Identifier: BSD-3-Clause
#include "source_mesh.hpp"

#include <algorithm>
#include <set>
#include <utility>

LatticePoint SourceMesh::lattice_point(const Position& source) const {
  const auto whole = [&](double value) {
    return static_cast<std::int64_t>(std::floor(value / lattice_step_ + 0.5));
  };
  return {whole(source.x), whole(source.y)};
}

std::vector<LatticePoint> SourceMesh::trace(double mask_radius, std::size_t sources) {
  std::vector<LatticePoint> points;
  std::set<std::pair<std::int64_t, std::int64_t>> taken;
  const double golden_angle = glint::constants::pi * (3.0 - std::sqrt(5.0));
  for (std::size_t s = 0; s < sources; ++s) {
    const double k = static_cast<double>(s);
    const double radius = mask_radius * std::sqrt((k + 0.5) / static_cast<double>(sources));
    const Position source =
        lens_.source_of({radius * std::cos(golden_angle * k), radius * std::sin(golden_angle * k)});
    LatticePoint point = lattice_point(source);
    while (!taken.emplace(point.x, point.y).second) ++point.x;
    points.push_back(point);
    positions_.push_back({static_cast<double>(point.x) * lattice_step_,
                          static_cast<double>(point.y) * lattice_step_});
  }
  return points;
}

// No traced position is further out than 1.2 times the mask's radius.
SourceMesh::SourceMesh(const Lens& lens, double mask_radius, std::size_t sources)
    : lens_(lens),
      lattice_step_(1.25 * mask_radius / static_cast<double>(LatticePoint::limit)),
      triangles_(trace(mask_radius, sources)) {}

void SourceMesh::map(const glint::SkyPixels<>& pixels, std::size_t width,
                     glint::SourceModel& model) {
  model.indexes =
      glint::Matrix<std::int64_t>("simulate_interferometer::indexes", pixels.size(), width);
  model.weights = glint::Matrix<double>("simulate_interferometer::weights", pixels.size(), width);
  const double middle = 0.5 * (static_cast<double>(pixels.grid.nx) - 1.0);
  for (std::size_t m = 0; m < pixels.size(); ++m) {
    const LatticePoint at =
        lattice_point(lens_.source_of({(pixels.column(m) - middle) * pixels.grid.pixel_scale,
                                       (middle - pixels.row(m)) * pixels.grid.pixel_scale}));
    for (std::size_t b = 0; b < width; ++b) model.indexes(m, b) = -1;
    const auto put = [&](std::size_t b, int index, double weight) {
      model.indexes(m, b) = index;
      model.weights(m, b) = weight;
    };
    if (width == 3) {
      const std::array<int, 3> corner = triangles_.triangle_around(at);
      if (*std::min_element(corner.begin(), corner.end()) >= 0) {
        const LatticePoint &a = triangles_.point(corner[0]), &b = triangles_.point(corner[1]);
        const LatticePoint& c = triangles_.point(corner[2]);
        const double whole = static_cast<double>(turn(a, b, c));
        put(0, corner[0], static_cast<double>(turn(b, c, at)) / whole);
        put(1, corner[1], static_cast<double>(turn(c, a, at)) / whole);
        put(2, corner[2], static_cast<double>(turn(a, b, at)) / whole);
        continue;
      }
    }
    if (width == 1 || width == 3) {
      put(0, triangles_.nearest(at, 1)[0], 1.0);
      continue;
    }
    const std::vector<int> nearest = triangles_.nearest(at, width);
    double sum = 0.0;
    for (std::size_t b = 0; b < nearest.size(); ++b) {
      const auto square = static_cast<double>(squared_distance(triangles_.point(nearest[b]), at));
      put(b, nearest[b], 1.0 / (1.0 + std::sqrt(square)));
      sum += model.weights(m, b);
    }
    for (std::size_t b = 0; b < nearest.size(); ++b) model.weights(m, b) /= sum;
  }
}

std::size_t SourceMesh::most_neighbours() const {
  std::size_t most = 1;
  for (const auto& list : triangles_.neighbours()) most = std::max(most, list.size());
  return most;
}

glint::Matrix<std::int64_t> SourceMesh::neighbours(std::size_t columns) const {
  const glint::Matrix<std::int64_t> table("simulate_interferometer::neighbours", size(), columns);
  Kokkos::deep_copy(table, -1);
  for (std::size_t s = 0; s < size(); ++s)
    for (std::size_t p = 0; p < triangles_.neighbours()[s].size(); ++p)
      table(s, p) = triangles_.neighbours()[s][p];
  return table;
}

double SourceMesh::roughness(const std::vector<double>& values) const {
  double sum = 0.0;
  for (std::size_t s = 0; s < size(); ++s)
    for (const int other : triangles_.neighbours()[s])
      if (static_cast<std::size_t>(other) > s) {
        const double difference = values[s] - values[static_cast<std::size_t>(other)];
        sum += difference * difference;
      }
  return sum;
}
