// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_CATALOGUE_HPP
#define GLINT_CATALOGUE_HPP

#include <glint/checks.hpp>
#include <glint/execution.hpp>
#include <glint/profile_kind.hpp>
#include <glint/views.hpp>

namespace glint {

/// P elliptical profiles as a structure of arrays, each of length P.
///
/// `x`, `y`: centre in pixels from the image centre; `flux`: total flux to infinity (may be
/// negative); `re`: half-light radius along the major axis in pixels; `n`: Sersic index;
/// `q`: minor/major axis ratio; `theta`: major axis, radians from +x towards +y.
///
/// `kind` and `extra` turn rows into other profiles (profile_kind.hpp). Each is either absent
/// (length 0: every row is a plain Sersic profile, the parameter has its default) or of length P.
template <class MemorySpace = Kokkos::HostSpace>
struct Catalogue {
  using Column = Vector<double, MemorySpace>;
  using Kinds = Vector<ProfileKind, MemorySpace>;

  Column x, y, flux, re, n, q, theta;
  Kinds kind;
  Column extra[extra_columns];  ///< in the order of ExtraColumn

  Catalogue() = default;

  /// The seven columns, of length `count`, zero-initialised on the default instance of the memory
  /// space.
  explicit Catalogue(std::size_t count)
      : x("glint::Catalogue::x", count),
        y("glint::Catalogue::y", count),
        flux("glint::Catalogue::flux", count),
        re("glint::Catalogue::re", count),
        n("glint::Catalogue::n", count),
        q("glint::Catalogue::q", count),
        theta("glint::Catalogue::theta", count) {}

  /// The seven columns, of length `count`, whose values are not initialised; allocated on `space`.
  template <class ExecutionSpace>
  Catalogue(const ExecutionSpace& space, std::size_t count) {
    x = allocate<Column>(space, "glint::Catalogue::x", count);
    y = allocate<Column>(space, "glint::Catalogue::y", count);
    flux = allocate<Column>(space, "glint::Catalogue::flux", count);
    re = allocate<Column>(space, "glint::Catalogue::re", count);
    n = allocate<Column>(space, "glint::Catalogue::n", count);
    q = allocate<Column>(space, "glint::Catalogue::q", count);
    theta = allocate<Column>(space, "glint::Catalogue::theta", count);
  }

  /// P, the number of profiles.
  std::size_t size() const { return x.extent(0); }

  Column& operator[](ExtraColumn column) { return extra[static_cast<int>(column)]; }
  const Column& operator[](ExtraColumn column) const { return extra[static_cast<int>(column)]; }

  /// Adds the columns that are absent: `kind` all Sersic, and the named extra ones all
  /// at their defaults (NaN). Synchronous, on the default instance of the memory space.
  void add(std::initializer_list<ExtraColumn> columns) {
    if (kind.extent(0) == 0) kind = Kinds("glint::Catalogue::kind", size());
    for (const ExtraColumn column : columns) {
      Column& values = (*this)[column];
      if (values.extent(0) != 0) continue;
      values = Column("glint::Catalogue::extra", size());
      Kokkos::deep_copy(values, constants::nan);
    }
  }
};

/// Whether every row is a plain Sersic profile: neither kinds nor extra columns are there.
template <class MemorySpace>
bool is_plain(const Catalogue<MemorySpace>& catalogue) {
  bool plain = catalogue.kind.extent(0) == 0;
  for (const auto& column : catalogue.extra) plain = plain && column.extent(0) == 0;
  return plain;
}

/// Calls action(name, column, unit) for the seven columns and for the extra ones that are there.
/// Positions and radii are in pixels; positions are relative to the image centre.
template <class Catalogue, class Action>
auto for_each_column(Catalogue&& catalogue, Action&& action) -> decltype(catalogue.flux, void()) {
  action("x", catalogue.x, ColumnUnit::pixels);
  action("y", catalogue.y, ColumnUnit::pixels);
  action("flux", catalogue.flux, ColumnUnit::flux);
  action("re", catalogue.re, ColumnUnit::pixels);
  action("n", catalogue.n, ColumnUnit::none);
  action("q", catalogue.q, ColumnUnit::none);
  action("theta", catalogue.theta, ColumnUnit::radians);
  for (int k = 0; k < extra_columns; ++k)
    if (catalogue.extra[k].extent(0) != 0)
      action(extra_column_rules[k].name, catalogue.extra[k], extra_column_rules[k].unit);
}

/// Throws Error unless all columns that are there have the same length.
template <class MemorySpace>
void expect_equal_columns(const char* function, const Catalogue<MemorySpace>& catalogue) {
  const std::array<std::size_t, 1> length{catalogue.size()};
  for_each_column(catalogue, [&](const char* name, const auto& column, ColumnUnit) {
    expect_shape(function, ("catalogue column " + std::string(name)).c_str(), column, length);
  });
  if (catalogue.kind.extent(0) != 0)
    expect_shape(function, "catalogue column profile", catalogue.kind, length);
}

/// Copies a catalogue to the memory of `space`. Asynchronous.
template <class ExecutionSpace, class MemorySpace>
Catalogue<typename ExecutionSpace::memory_space> to_space(const ExecutionSpace& space,
                                                          const Catalogue<MemorySpace>& source) {
  using Target = Catalogue<typename ExecutionSpace::memory_space>;
  expect_equal_columns("to_space", source);
  Target target(space, source.size());
  copy(space, target.x, source.x);
  copy(space, target.y, source.y);
  copy(space, target.flux, source.flux);
  copy(space, target.re, source.re);
  copy(space, target.n, source.n);
  copy(space, target.q, source.q);
  copy(space, target.theta, source.theta);
  if (source.kind.extent(0) != 0) {
    target.kind = allocate<typename Target::Kinds>(space, "glint::Catalogue::kind", source.size());
    copy(space, target.kind, source.kind);
  }
  for (int k = 0; k < extra_columns; ++k) {
    if (source.extra[k].extent(0) == 0) continue;
    target.extra[k] =
        allocate<typename Target::Column>(space, "glint::Catalogue::extra", source.size());
    copy(space, target.extra[k], source.extra[k]);
  }
  return target;
}

namespace impl {
template <class Column>
struct Magnify {
  Column values;
  double factor;

  KOKKOS_FUNCTION void operator()(std::size_t row) const { values(row) *= factor; }
};
}  // namespace impl

/// A copy, in the memory of `space`, with all lengths multiplied by `factor`: the same sky in
/// pixels that are `factor` times smaller, with the same fluxes and the same image centre.
/// Asynchronous.
template <class ExecutionSpace, class MemorySpace>
Catalogue<typename ExecutionSpace::memory_space> magnified(const ExecutionSpace& space,
                                                           const Catalogue<MemorySpace>& source,
                                                           double factor) {
  const auto target = to_space(space, source);
  for_each_column(target, [&](const char*, const auto& column, ColumnUnit unit) {
    if (unit == ColumnUnit::pixels)
      Kokkos::parallel_for("glint::magnified::column", range(space, column.extent(0)),
                           impl::Magnify<std::decay_t<decltype(column)>>{column, factor});
  });
  return target;
}

}  // namespace glint

#endif
