// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_CURVATURE_COST_HPP
#define GLINT_CURVATURE_COST_HPP

#include <cstddef>
#include <glint/execution.hpp>
#include <glint/fft.hpp>

/// What the routes to F = transpose(T) W T and to W x will take, before anything is computed:
/// curvature_matrix() and PrecisionOperator choose by it.

namespace glint {

/// All that the time depends on.
struct CurvatureShape {
  std::size_t height = 0, width = 0;  ///< of the smallest rectangle that holds the image pixels
  std::size_t pixels = 0;             ///< M
  std::size_t sources = 0;            ///< S
  std::size_t nonzeros = 0;           ///< of T, at most M min(B, S)
  bool hankel = false;                ///< W has a Hankel part
};

/// Seconds; infinite where a route is not to be had.
struct CurvatureCost {
  double direct = 0.0;    ///< CurvaturePlan
  double fft = 0.0;       ///< W by Fourier transforms of the columns of T
  double products = 0.0;  ///< W T in memory, W from its kernel; up to w_tilde_limit pixels
  double dense = 0.0;     ///< W in memory, then its sparse products; up to w_tilde_limit pixels
};
struct OperatorCost {
  double direct = 0.0, fft = 0.0;
};

namespace impl {
/// Who computes: so many threads of a host, or a device.
struct Workers {
  bool host = true, fft = true;
  double threads = 1.0;
};

template <class ExecutionSpace>
Workers workers_of(const ExecutionSpace& space) {
  return {is_host_execution_v<ExecutionSpace>, !fft_library<ExecutionSpace>().empty(),
          static_cast<double>(space.concurrency())};
}

CurvatureCost curvature_cost(const Workers& workers, const CurvatureShape& shape);
OperatorCost operator_cost(const Workers& workers, std::size_t height, std::size_t width);
}  // namespace impl

/// Seconds for one F in double precision, plans and workspaces at hand.
///
/// Every route is a sum of counts (multiply-adds, numbers moved, transforms) over rates. On hosts
/// the rates were fitted to runs on one AVX-512 core for N from 16 to 300, S from 50 to 5000 and B
/// from 1 to 300, and are shared by the threads; other machines scale all routes alike, so the
/// choice holds better than the seconds. On devices they are guesses from flop counts, untested.
template <class ExecutionSpace>
CurvatureCost curvature_cost(const ExecutionSpace& space, const CurvatureShape& shape) {
  return impl::curvature_cost(impl::workers_of(space), shape);
}

/// Seconds for one W x, images in a rectangle of height x width pixels.
template <class ExecutionSpace>
OperatorCost operator_cost(const ExecutionSpace& space, std::size_t height, std::size_t width) {
  return impl::operator_cost(impl::workers_of(space), height, width);
}

}  // namespace glint

#endif
