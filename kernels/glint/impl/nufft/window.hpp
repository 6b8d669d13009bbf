// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_NUFFT_WINDOW_HPP
#define GLINT_IMPL_NUFFT_WINDOW_HPP

#include <cstddef>
#include <vector>

/// The window with which a point that lies between the cells of a fine grid is spread over its
/// neighbours, and how wide it must be for an accuracy.

namespace glint::impl {

/// A Kaiser-Bessel window, phi(t) = I0(beta sqrt(1 - (2 t/W)^2)) for |t| < W/2, t in cells, as W
/// polynomials. It is used with its neighbours: a point at place f in [0, 1) of cell c has the taps
/// phi(l - span/2 + 1 - f) at cells c + l - span/2 + 1, l < span; span - W of them are 0.
///
/// With q = pi sqrt(W^2 (1 - 1/sigma) - 1) and beta = pi sqrt((W (1 - 1/(2 sigma)))^2 - 1), on a
/// grid sigma times finer than the highest frequency needs, what other frequencies add to one is
/// below 0.35 q / sinh(q) for each of two axes (measured over all widths; 2 q exp(-q) is promised
/// for both): the transform of the window is sinh(s)/s, s^2 = beta^2 - (pi W frequency)^2, and beta
/// puts its first zero where the highest frequency folds to (J. F. Kaiser's window; for its use
/// here: D. Potts and G. Steidl, SIAM J. Sci. Comput. 24 (2003) 2013).
struct NufftWindow {
  int width = 0;       ///< W, even, 4 to 16
  double sigma = 0.0;  ///< the least fineness that keeps the promise

  /// Taps as they are stored, a whole number of vectors.
  int span() const { return span_of(width); }
  /// Coefficients of even powers; of odd ones there are as many.
  int pairs() const { return pairs_of(width); }
  double beta() const;

  static constexpr int span_of(int width) { return width <= 8 ? 8 : 16; }
  static constexpr int pairs_of(int width) { return width / 2 + 1; }
};

inline constexpr int narrowest_window = 4, widest_window = 16;

/// The best that double precision and the widest window can promise.
inline constexpr double finest_nufft = 1e-13;

/// The fineness from which on a window keeps an error, relative to the sum of the sizes of what is
/// added up, below `tolerance`; infinite where there is none.
double least_sigma(int width, double tolerance);

/// Tap l of a window at place f is, with z = 2 f - 1,
///   sum over j of z^(2 j) (coefficients[2 j span + l] + z coefficients[(2 j + 1) span + l]).
/// The polynomials interpolate at Chebyshev's points.
std::vector<double> window_coefficients(const NufftWindow& window);

/// The transform of those polynomials at frequency x (in cycles a cell) is
///   sum over n of weight[n] cos(2 pi x node[n]).
/// Gauss-Legendre between the cells; the count is a multiple of 8.
struct WindowTransform {
  std::vector<double> node, weight;
};
WindowTransform window_transform(const NufftWindow& window,
                                 const std::vector<double>& coefficients);

}  // namespace glint::impl

#endif
