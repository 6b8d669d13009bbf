// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <glint/curvature_matrix.hpp>
#include <limits>
#include <string>

#include "inversions.hpp"

/// glint_curvature_cost [--csv]    prediction against fact of curvature_cost()
///
/// For circles of N pixels across, S sources and B of them to a pixel: the seconds of every route,
/// as predicted and as measured on the default execution space, what the fastest would have been
/// and how far the chosen one is from it. Routes that are predicted to take over three times the
/// fastest and over a second are not run.

namespace glint::perf {
namespace {

using Space = Kokkos::DefaultExecutionSpace;
using Memory = Space::memory_space;

constexpr CurvatureMethod methods[] = {CurvatureMethod::direct, CurvatureMethod::fft,
                                       CurvatureMethod::products, CurvatureMethod::dense};
constexpr int routes = std::size(methods);

struct Cell {
  std::size_t side, sources, width;
  CurvatureShape shape;
  double predicted[routes], measured[routes];
};

constexpr double not_run = std::numeric_limits<double>::infinity();

double seconds_of(const Space& space, CurvatureMethod method, const Matrix<double, Memory>& kernel,
                  const SkyPixels<Memory>& pixels, const SparseMapping<Memory>& mapping,
                  const Matrix<double, Memory>& curvature) {
  using Clock = std::chrono::steady_clock;
  CurvatureWorkspace<Space> workspace;
  double best = not_run, total = 0.0;
  for (int k = 0; k < 40 && (k < 3 || total < 0.3) && (k < 2 || total < 3.0); ++k) {
    const auto start = Clock::now();
    curvature_matrix(space, kernel, pixels, mapping, curvature, {method}, workspace);
    compat::fence(space, "glint::perf::fence");
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    if (k > 0) best = std::min(best, seconds);  // the first call makes plans
    total += seconds;
  }
  return best;
}

Cell measure(const Space& space, const SkyPixels<>& host, std::size_t side, std::size_t sources,
             std::size_t width) {
  Cell cell{side, sources, width, {}, {}, {}};
  const SkyPixels<Memory> pixels = to_space(space, host);
  const auto host_kernel = smooth_kernel(host.grid);
  const auto kernel =
      allocate<Matrix<double, Memory>>(space, "glint::perf::kernel", side, 2 * side - 1);
  copy(space, kernel, host_kernel);
  const auto mapping = to_space(space, lensed_mapping(host, sources, width));
  const auto curvature =
      allocate<Matrix<double, Memory>>(space, "glint::perf::curvature", sources, sources);
  cell.shape = {side, side, host.size(), sources, host.size() * width, false};
  const CurvatureCost cost = curvature_cost(space, cell.shape);
  const double costs[routes] = {cost.direct, cost.fft, cost.products, cost.dense};
  const double least = *std::min_element(costs, costs + routes);
  for (int k = 0; k < routes; ++k) {
    cell.predicted[k] = costs[k];
    const bool worth = costs[k] <= 3.0 * least || costs[k] <= 1.0;
    cell.measured[k] =
        worth ? seconds_of(space, methods[k], kernel, pixels, mapping, curvature) : not_run;
  }
  return cell;
}

/// How much longer the predicted route takes than the fastest.
double excess(const Cell& cell) {
  const int chosen =
      static_cast<int>(std::min_element(cell.predicted, cell.predicted + routes) - cell.predicted);
  return cell.measured[chosen] / *std::min_element(cell.measured, cell.measured + routes);
}

void print(const Cell& cell, bool csv) {
  std::printf(csv ? "%zu,%zu,%zu,%zu,%zu" : "%4zu %5zu %4zu %6zu %9zu", cell.side, cell.sources,
              cell.width, cell.shape.pixels, cell.shape.nonzeros);
  for (int k = 0; k < routes; ++k)
    std::printf(csv ? ",%.4g,%.4g" : "  %9.3g %9.3g", cell.predicted[k], cell.measured[k]);
  std::printf(csv ? ",%.4g\n" : "  %6.2f\n", excess(cell));
  std::fflush(stdout);
}

int run(bool csv) {
  const Space space;
  std::printf(
      csv ? "N,S,B,M,nnz,direct_predicted,direct,fft_predicted,fft,products_predicted,products,"
            "dense_predicted,dense,excess\n"
          : "   N     S    B      M       nnz     direct: predicted, s        fft             "
            "  products               dense  chosen/best\n");
  std::size_t cells = 0, close = 0;
  double worst = 1.0;
  for (const std::size_t side : {16, 24, 30, 48, 64, 96, 128, 200, 300}) {
    const SkyPixels<> pixels = circle(side);
    for (const std::size_t sources : {50, 150, 500, 1000, 2000, 5000})
      for (const std::size_t width : {1, 3, 16, 300}) {
        if (width > sources || pixels.size() * width > 25000000) continue;
        const Cell cell = measure(space, pixels, side, sources, width);
        print(cell, csv);
        const double over = excess(cell);
        ++cells;
        close += over <= 1.3 ? 1 : 0;
        worst = std::max(worst, over);
      }
  }
  std::printf(csv ? "# %.1f %% of %zu cells within 1.3 of the fastest, the worst at %.2f\n"
                  : "%.1f %% of %zu cells within 1.3 of the fastest, the worst at %.2f\n",
              100.0 * static_cast<double>(close) / static_cast<double>(cells), cells, worst);
  return 0;
}

}  // namespace
}  // namespace glint::perf

int main(int argc, char** argv) {
  Kokkos::initialize(argc, argv);
  const int status = glint::perf::run(argc > 1 && std::strcmp(argv[1], "--csv") == 0);
  Kokkos::finalize();
  return status;
}
