// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_GAUSSIANS_HPP
#define GLINT_TESTS_GAUSSIANS_HPP

#include <gtest/gtest.h>

#include <cmath>
#include <glint/gaussians.hpp>
#include <limits>
#include <string>
#include <support/arrays.hpp>
#include <vector>

namespace glint::test {

inline constexpr GaussianMethod gaussian_methods[] = {GaussianMethod::automatic,
                                                      GaussianMethod::direct};

/// Points and Gaussians, on the host and on the device. Widths of both signs, amplitudes too.
template <class Space, class T>
struct GaussianScene {
  using Memory = typename Space::memory_space;
  Space space;
  std::vector<T> x, amplitude, centre, width;
  Vector<T, Memory> x_there, amplitude_there, centre_there, width_there;

  GaussianScene(std::size_t count, std::size_t points) {
    for (std::size_t i = 0; i < points; ++i)
      x.push_back(static_cast<T>(-10.0 + 20.0 * double(i) / double(points > 1 ? points - 1 : 1)));
    for (std::size_t g = 0; g < count; ++g) {
      amplitude.push_back(static_cast<T>((g % 3 ? 1.0 : -2.0) * (1.0 + 0.1 * double(g % 17))));
      centre.push_back(static_cast<T>(-7.0 + double(g * 37 % 141) / 10.0));
      width.push_back(static_cast<T>((g % 2 ? -1.0 : 1.0) * (0.2 + 0.3 * double(g % 11))));
    }
    upload();
  }
  void upload() {
    x_there = test::vector_of(space, x), amplitude_there = test::vector_of(space, amplitude);
    centre_there = test::vector_of(space, centre), width_there = test::vector_of(space, width);
  }
  Matrix<T, Memory> array(std::size_t rows, std::size_t columns) const {
    return test::matrix_of(space, rows, columns, std::vector<T>(rows * columns, T(-99)));
  }
  template <class View>
  void run(const View& y, const GaussianOptions& options) const {
    gaussians(space, x_there, amplitude_there, centre_there, width_there, y, options);
  }
  double wanted(std::size_t g, std::size_t i) const {
    const double d = (double(x[i]) - double(centre[g])) / double(width[g]);
    return double(amplitude[g]) * std::exp(-0.5 * d * d);
  }
  /// The exponent magnifies the rounding of its argument.
  double allowance(std::size_t g, std::size_t i) const {
    const double d = (double(x[i]) - double(centre[g])) / double(width[g]);
    const double smallest = std::abs(double(amplitude[g])) * std::numeric_limits<T>::min();
    return (3.0 + 2.5 * d * d) * std::numeric_limits<T>::epsilon() * std::abs(wanted(g, i)) +
           2.0 * smallest;
  }
  template <class At>
  void expect_all(const At& at, const std::string& what, std::size_t step = 1) const {
    std::size_t wrong = 0;
    for (std::size_t g = 0; g < amplitude.size(); ++g)
      for (std::size_t i = 0; i < x.size(); i += step)
        wrong += !(std::abs(at(g, i) - wanted(g, i)) <= allowance(g, i));
    EXPECT_EQ(wrong, 0u) << what << ", " << amplitude.size() << " x " << x.size();
  }
};

}  // namespace glint::test

#endif
