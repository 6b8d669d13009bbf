// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_UV_DATA_HPP
#define GLINT_UV_DATA_HPP

#include <glint/checks.hpp>
#include <glint/execution.hpp>

namespace glint {

/// K visibilities of an interferometer as a structure of arrays, each of length K.
///
/// `u`, `v`: baseline in wavelengths, u along x and v along y of SkyGrid; `re`, `im`: the measured
/// visibility; `noise_re`, `noise_im`: standard deviations of its two parts, in its unit.
/// The model is V_k = sum over pixels of I exp(-2 pi sqrt(-1) (x u_k + y v_k)).
template <class MemorySpace = Kokkos::HostSpace>
struct UvData {
  using Column = Vector<double, MemorySpace>;

  Column u, v, re, im, noise_re, noise_im;

  UvData() = default;

  /// Columns of length `count`, zero-initialised on the default instance of the memory space.
  explicit UvData(std::size_t count)
      : u("glint::UvData::u", count),
        v("glint::UvData::v", count),
        re("glint::UvData::re", count),
        im("glint::UvData::im", count),
        noise_re("glint::UvData::noise_re", count),
        noise_im("glint::UvData::noise_im", count) {}

  /// Columns of length `count`, whose values are not initialised; allocated on `space`.
  template <class ExecutionSpace>
  UvData(const ExecutionSpace& space, std::size_t count) {
    u = allocate<Column>(space, "glint::UvData::u", count);
    v = allocate<Column>(space, "glint::UvData::v", count);
    re = allocate<Column>(space, "glint::UvData::re", count);
    im = allocate<Column>(space, "glint::UvData::im", count);
    noise_re = allocate<Column>(space, "glint::UvData::noise_re", count);
    noise_im = allocate<Column>(space, "glint::UvData::noise_im", count);
  }

  /// K, the number of visibilities.
  KOKKOS_FUNCTION std::size_t size() const { return u.extent(0); }
};

/// Calls action(name, column) for each of the six columns.
template <class MemorySpace, class Action>
void for_each_column(const UvData<MemorySpace>& data, const Action& action) {
  action("u", data.u);
  action("v", data.v);
  action("re", data.re);
  action("im", data.im);
  action("noise_re", data.noise_re);
  action("noise_im", data.noise_im);
}

/// Throws Error unless all columns have the same length.
template <class MemorySpace>
void expect_equal_columns(const char* function, const UvData<MemorySpace>& data) {
  for_each_column(data, [&](const char* name, const auto& column) {
    expect_shape(function, name, column, std::array<std::size_t, 1>{data.size()});
  });
}

/// Copies the visibilities to the memory of `space`. Asynchronous.
template <class ExecutionSpace, class MemorySpace>
UvData<typename ExecutionSpace::memory_space> to_space(const ExecutionSpace& space,
                                                       const UvData<MemorySpace>& source) {
  expect_equal_columns("to_space", source);
  UvData<typename ExecutionSpace::memory_space> target(space, source.size());
  copy(space, target.u, source.u);
  copy(space, target.v, source.v);
  copy(space, target.re, source.re);
  copy(space, target.im, source.im);
  copy(space, target.noise_re, source.noise_re);
  copy(space, target.noise_im, source.noise_im);
  return target;
}

}  // namespace glint

#endif
