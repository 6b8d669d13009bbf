// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_VISIBILITIES_HPP
#define GLINT_TESTS_VISIBILITIES_HPP

#include <algorithm>
#include <glint/sky_grid.hpp>
#include <glint/uv_data.hpp>
#include <random>
#include <support/functions.hpp>
#include <support/inversions.hpp>
#include <vector>

/// Visibilities and pixels for tests, made on the host.

namespace glint::test {

/// A column of `count` numbers.
inline Vector<double> host_column(std::size_t count) {
  return host_view<Vector<double>>("glint::test::column", count);
}

/// K visibilities whose values are not initialised.
inline UvData<> host_visibilities(std::size_t count) {
  UvData<> data;
  data.u = host_column(count), data.v = host_column(count);
  data.re = host_column(count), data.im = host_column(count);
  data.noise_re = host_column(count), data.noise_im = host_column(count);
  return data;
}

/// K visibilities without any symmetry: baselines to `longest` wavelengths, values about 1, noises
/// from 0.5 to 2, equal in both parts or not.
inline UvData<> random_visibilities(std::size_t count, double longest, bool equal = false,
                                    unsigned seed = 1) {
  std::mt19937 generator(seed);
  const auto draw = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(generator);
  };
  const UvData<> data = host_visibilities(count);
  for (std::size_t k = 0; k < count; ++k) {
    data.u(k) = draw(-longest, longest), data.v(k) = draw(-longest, longest);
    data.re(k) = draw(-1.0, 1.5), data.im(k) = draw(-1.5, 1.0);
    data.noise_re(k) = draw(0.5, 2.0);
    data.noise_im(k) = equal ? data.noise_re(k) : draw(0.5, 2.0);
  }
  return data;
}

inline std::vector<double> numbers_of(const Vector<double>& column) {
  return std::vector<double>(column.data(), column.data() + column.extent(0));
}

/// The visibilities of a list, in its order.
inline UvData<> reordered(const UvData<>& data, const std::vector<std::size_t>& order) {
  const UvData<> part = host_visibilities(order.size());
  const auto take = [&](const Vector<double>& from, const Vector<double>& to) {
    for (std::size_t k = 0; k < order.size(); ++k) to(k) = from(order[k]);
  };
  take(data.u, part.u), take(data.v, part.v), take(data.re, part.re), take(data.im, part.im);
  take(data.noise_re, part.noise_re), take(data.noise_im, part.noise_im);
  return part;
}

/// Visibilities first to last - 1.
inline UvData<> part_of(const UvData<>& data, std::size_t first, std::size_t last) {
  std::vector<std::size_t> order;
  for (std::size_t k = first; k < last; ++k) order.push_back(k);
  return reordered(data, order);
}

inline SkyPixels<> all_pixels(const SkyGrid& grid) {
  return pixels_where(grid, [](int, int) { return true; });
}

/// Two islands, one with a hole, that touch three edges of the frame.
inline SkyPixels<> island_pixels(const SkyGrid& grid) {
  const int ny = static_cast<int>(grid.ny), nx = static_cast<int>(grid.nx);
  return pixels_where(grid, [=](int row, int column) {
    const bool hole = row == ny / 4 && column == nx / 4;
    return (row < ny / 2 && column < nx / 2 && !hole) || (row > 2 * ny / 3 && column > nx / 2);
  });
}

/// A matrix in the memory of a space as host numbers, row-major.
template <class Space>
std::vector<double> matrix_numbers(const Space& space,
                                   const Matrix<double, typename Space::memory_space>& matrix) {
  const Kokkos::View<const double*, Kokkos::LayoutRight, typename Space::memory_space,
                     Kokkos::MemoryUnmanaged>
      flat(matrix.data(), matrix.size());
  return to_host(space, flat);
}

}  // namespace glint::test

#endif
