// SPDX-License-Identifier: BSD-3-Clause
#include <glint/checks.hpp>
#include <glint/profiles.hpp>
#include <glint/region.hpp>

namespace glint {

namespace impl {

constexpr int columns = std::size(sersic_ranges);

/// Prepares every legal row and finds the first illegal value, counted as row * columns + column.
template <class ExecutionSpace>
struct PrepareSersic {
  Catalogue<typename ExecutionSpace::memory_space> catalogue;
  Vector<Profile<SersicLaw>, typename ExecutionSpace::memory_space> profiles;
  double low[columns], high[columns];

  KOKKOS_FUNCTION double value(std::size_t p, int column) const {
    switch (column) {
      case 0:
        return catalogue.x(p);
      case 1:
        return catalogue.y(p);
      case 2:
        return catalogue.flux(p);
      case 3:
        return catalogue.re(p);
      case 4:
        return catalogue.n(p);
      case 5:
        return catalogue.q(p);
      default:
        return catalogue.theta(p);
    }
  }

  KOKKOS_FUNCTION void operator()(std::size_t p, std::size_t& first_bad) const {
    for (int column = 0; column < columns; ++column) {
      const double v = value(p, column);
      if (v >= low[column] && v <= high[column]) continue;  // NaN fails
      const std::size_t bad = p * columns + column;
      if (bad < first_bad) first_bad = bad;
      return;
    }
    Profile<SersicLaw> profile;
    profile.ellipse = Ellipse::from_axes(catalogue.x(p), catalogue.y(p), catalogue.re(p),
                                         catalogue.q(p), catalogue.theta(p));
    profile.law = SersicLaw::from_index(catalogue.n(p));
    const double peak = profile.ellipse.det / (constants::pi * profile.law.total);
    profile.flux = catalogue.flux(p);
    profile.amplitude = profile.flux * peak;
    profile.log_peak = math::log(peak);
    profiles(p) = profile;
  }
};

/// One element of a column, read back to the host.
template <class ExecutionSpace, class Column>
double read_back(const ExecutionSpace& space, const Column& column, std::size_t row) {
  double value = 0.0;
  copy(space, Kokkos::View<double, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(&value),
       Kokkos::subview(column, row));
  compat::fence(space, "glint::prepare::read_back");
  return value;
}

template <class ExecutionSpace>
SersicProfiles<ExecutionSpace> prepare_sersic(
    const ExecutionSpace& space,
    const Catalogue<typename ExecutionSpace::memory_space>& catalogue) {
  const ScopedRegion region("glint::prepare");
  expect_equal_columns("prepare", catalogue);
  GLINT_EXPECTS(is_plain(catalogue),
                "prepare: the catalogue has profile kinds or extra columns, which only "
                "prepare_model takes");
  SersicProfiles<ExecutionSpace> profiles;
  profiles.data =
      allocate<decltype(profiles.data)>(space, "glint::prepare::profiles", catalogue.size());
  PrepareSersic<ExecutionSpace> functor{catalogue, profiles.data, {}, {}};
  for (int c = 0; c < columns; ++c) {
    functor.low[c] = sersic_ranges[c].low;
    functor.high[c] = sersic_ranges[c].high;
  }
  std::size_t bad = 0;
  Kokkos::parallel_reduce("glint::prepare::constants", range(space, catalogue.size()), functor,
                          Kokkos::Min<std::size_t>(bad));
  if (catalogue.size() == 0 || bad >= catalogue.size() * columns) return profiles;

  const std::size_t row = bad / columns;
  const int column = static_cast<int>(bad % columns);
  const Vector<double, typename ExecutionSpace::memory_space> values[] = {
      catalogue.x, catalogue.y, catalogue.flux, catalogue.re,
      catalogue.n, catalogue.q, catalogue.theta};
  const ColumnRange& rule = sersic_ranges[column];
  throw Error(concat("catalogue row ", row, ": ", rule.name, " is ",
                     read_back(space, values[column], row), ", but it must lie in ", rule.low,
                     " to ", rule.high));
}

}  // namespace impl

#define GLINT_INSTANTIATE(Space)                              \
  template SersicProfiles<Space> impl::prepare_sersic<Space>( \
      const Space&, const Catalogue<typename Space::memory_space>&);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
