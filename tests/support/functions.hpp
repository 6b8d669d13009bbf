// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_FUNCTIONS_HPP
#define GLINT_TESTS_FUNCTIONS_HPP

#include <glint/execution.hpp>
#include <glint/views.hpp>
#include <support/galaxies.hpp>
#include <vector>

/// Brightness functors f(i, j), and numbers to and from the memory of a space.

namespace glint::test {

/// A galaxy's profile, made on the host from the same formulae as prepare() on the device.
inline Profile<SersicLaw> profile_of(const Galaxy& galaxy) {
  Profile<SersicLaw> profile;
  profile.ellipse = Ellipse::from_axes(galaxy.x, galaxy.y, galaxy.re, galaxy.q, galaxy.theta);
  profile.law = SersicLaw::from_index(galaxy.n);
  profile.flux = galaxy.flux;
  profile.amplitude = galaxy.flux * profile.ellipse.det / (constants::pi * profile.law.total);
  return profile;
}

/// What a number that was right to `accuracy` may be off by once it is stored as a T.
template <class T>
double stored(double accuracy) {
  return std::is_same_v<T, float> ? 1e-6 : accuracy;
}

struct GalaxyBrightness {
  Profile<SersicLaw> profile;

  explicit GalaxyBrightness(const Galaxy& galaxy) : profile(profile_of(galaxy)) {}
  KOKKOS_FUNCTION double operator()(double i, double j) const { return profile.brightness(j, i); }
};

/// The flat galaxy of the golden scene, in an image of 90 x 100 pixels.
inline const Galaxy flat_galaxy{1000.0, 7.943282347242815, 5.011872336272723, 0.2, 0.3, 0.1, 0.1};
inline const PixelGrid flat_galaxy_grid{90, 100};

/// 1 + i + 2 j + 3 i^2 j + j^3: every odd and even term a rule can get wrong.
struct Cubic {
  KOKKOS_FUNCTION double operator()(double i, double j) const {
    return 1.0 + i + 2.0 * j + 3.0 * i * i * j + j * j * j;
  }
  /// Its integral over the square of half side h about (i, j).
  static double integral(double i, double j, double h) {
    const double area = 4.0 * h * h;
    return area * (1.0 + i + 2.0 * j + 3.0 * (i * i + h * h / 3.0) * j + j * j * j + j * h * h);
  }
};

template <class T, class Space>
Vector<T, typename Space::memory_space> device_vector(const Space& space, std::size_t count) {
  return allocate<Vector<T, typename Space::memory_space>>(space, "glint::test::vector", count);
}

template <class Space>
Vector<double, typename Space::memory_space> to_device(const Space& space,
                                                       std::vector<double> numbers) {
  const auto view = device_vector<double>(space, numbers.size());
  copy(space, view,
       Kokkos::View<double*, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(
           numbers.data(), numbers.size()));
  compat::fence(space, "glint::test::to_device");
  return view;
}

template <class Space, class View>
std::vector<typename View::non_const_value_type> to_host(const Space& space, const View& view) {
  using T = typename View::non_const_value_type;
  std::vector<T> numbers(view.extent(0));
  copy(space,
       Kokkos::View<T*, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(
           numbers.data(), numbers.size()),
       view);
  compat::fence(space, "glint::test::to_host");
  return numbers;
}

}  // namespace glint::test

#endif
