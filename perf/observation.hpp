// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_OBSERVATION_HPP
#define GLINT_PERF_OBSERVATION_HPP

#include <glint/likelihood.hpp>
#include <glint/predict_visibilities.hpp>

#include "meshes.hpp"
#include "visibilities.hpp"

/// A lensed source as an interferometer sees it, at a given peak signal to noise, and the
/// regularization that its evidence prefers: how well the equations of a source are conditioned
/// depends on both.

namespace glint::perf {

struct Observation {
  std::shared_ptr<const Inversion> problem;
  Matrix<int> mesh;
  UvData<> data;
  double coefficient = 0.0;
};

/// Where the source pixels are, in sides of the frame, see lensed_mapping().
struct SourcePlaces {
  Numbers x, y;

  explicit SourcePlaces(const Inversion& problem) {
    const std::size_t sources = problem.mapping.sources, m = problem.pixels.size();
    const double nx = static_cast<double>(problem.pixels.grid.nx), middle = 0.5 * (nx - 1.0);
    for (std::size_t s = 0; s < sources; ++s) {
      const std::size_t k = s * m / sources;
      const double u = problem.pixels.column(k) - middle, v = problem.pixels.row(k) - middle;
      const double r = std::hypot(u, v) + 1e-6;
      x.push_back(u * (1.0 - 0.225 * nx / r) / nx);
      y.push_back(v * (1.0 - 0.95 * 0.225 * nx / r) / nx);
    }
  }
  std::size_t size() const { return x.size(); }

  double bump(std::size_t s, double x0, double y0, double width) const {
    return std::exp(-((x[s] - x0) * (x[s] - x0) + (y[s] - y0) * (y[s] - y0)) /
                    (2.0 * width * width));
  }
};

/// Every source pixel with its four nearest, and those that have it among theirs.
inline Matrix<int> nearest_mesh(const SourcePlaces& places) {
  const std::size_t sources = places.size(), wanted = std::min<std::size_t>(4, sources - 1);
  std::vector<std::vector<int>> lists(sources);
  std::vector<std::pair<double, int>> near(sources);
  for (std::size_t s = 0; s < sources; ++s) {
    for (std::size_t t = 0; t < sources; ++t)
      near[t] = {t == s ? 1e300 : std::hypot(places.x[t] - places.x[s], places.y[t] - places.y[s]),
                 static_cast<int>(t)};
    std::partial_sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(wanted), near.end());
    for (std::size_t k = 0; k < wanted; ++k) {
      const int t = near[k].second;
      auto &mine = lists[s], &other = lists[static_cast<std::size_t>(t)];
      if (std::find(mine.begin(), mine.end(), t) != mine.end()) continue;
      mine.push_back(t);
      other.push_back(static_cast<int>(s));
    }
  }
  std::size_t columns = 0;
  for (const auto& list : lists) columns = std::max(columns, list.size());
  const Matrix<int> table("glint::perf::neighbours", sources, columns);
  for (std::size_t s = 0; s < sources; ++s)
    for (std::size_t p = 0; p < columns; ++p) table(s, p) = p < lists[s].size() ? lists[s][p] : -1;
  return table;
}

/// `count` visibilities of noise 1, baselines normal with a quarter of the grid's Nyquist limit,
/// the dirty image's peak 30 times its noise.
template <class ExecutionSpace>
Observation observe(const ExecutionSpace& space, std::size_t side, std::size_t count,
                    std::size_t sources) {
  using Memory = typename ExecutionSpace::memory_space;
  Observation seen;
  seen.problem = Inversion::of(side, sources, 3);
  const auto& problem = *seen.problem;
  const SourcePlaces places(problem);
  seen.mesh = nearest_mesh(places);
  Spread spread(97);
  const auto normal = [&] {
    return std::sqrt(-2.0 * std::log(spread(1e-12, 1.0))) *
           std::cos(2.0 * constants::pi * spread(0.0, 1.0));
  };
  UvData<> data(count);
  for (std::size_t k = 0; k < count; ++k) {
    const double width = 0.125 / problem.pixels.grid.step();
    data.u(k) = width * normal(), data.v(k) = width * normal();
    data.noise_re(k) = data.noise_im(k) = 1.0;
  }
  Numbers brightness(sources);
  for (std::size_t s = 0; s < sources; ++s)
    brightness[s] = places.bump(s, 0.02, 0.01, 0.04) + 0.5 * places.bump(s, -0.06, 0.05, 0.02);
  Vector<double> image("glint::perf::image", problem.pixels.size());
  for (std::size_t m = 0; m < problem.pixels.size(); ++m)
    for (int k = problem.mapping.offsets(m); k < problem.mapping.offsets(m + 1); ++k)
      image(m) += problem.mapping.values(k) *
                  brightness[static_cast<std::size_t>(problem.mapping.columns(k))];
  const SkyPixels<Memory> pixels = glint::to_space(space, problem.pixels);
  UvData<Memory> there = to_space(space, data);
  const auto image_there =
      allocate<Vector<double, Memory>>(space, "glint::perf::image", problem.pixels.size());
  copy(space, image_there, image);
  predict_visibilities(space, pixels, image_there, there.u, there.v, there.re, there.im);
  UvSums<ExecutionSpace> sums(space, pixels);
  accumulate(space, there, sums);
  const auto dirty = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), sums.dirty_image());
  double peak = 0.0;
  for (std::size_t m = 0; m < dirty.extent(0); ++m) peak = std::max(peak, dirty(m));
  const double scale = 30.0 * std::sqrt(static_cast<double>(count)) / peak;
  copy(space, data.re, there.re);
  copy(space, data.im, there.im);
  compat::fence(space, "glint::perf::observe");
  for (std::size_t k = 0; k < count; ++k) {
    data.re(k) = scale * data.re(k) + normal();
    data.im(k) = scale * data.im(k) + normal();
  }
  seen.data = data;

  sums.clear(space);
  accumulate(space, to_space(space, data), sums);
  LikelihoodPlan<ExecutionSpace> plan(space, pixels, sources, 3);
  plan.set_neighbours(space, mesh_on(space, seen.mesh));
  const auto mapping = to_space(space, problem.mapping);
  double best = 0.0;
  const auto consider = [&](double coefficient) {
    const double here = plan.evaluate(space, sums, mapping, coefficient).log_likelihood;
    if (seen.coefficient != 0.0 && here <= best) return;
    best = here;
    seen.coefficient = coefficient;
  };
  for (double power = -2.0; power <= 3.0; power += 1.0) consider(std::pow(10.0, power) / scale);
  for (const double step : {2.0, 0.5, 1.4, 0.7}) consider(step * seen.coefficient);
  return seen;
}

}  // namespace glint::perf

#endif
