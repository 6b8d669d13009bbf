// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_MAP_ERROR_HPP
#define GLINT_IMPL_MAP_ERROR_HPP

#include <algorithm>
#include <cmath>
#include <glint/impl/render_planes.hpp>
#include <glint/region.hpp>
#include <glint/render_error.hpp>

namespace glint::impl {

/// Sum of the |fluxes|, or of the negative ones alone. `Item`: Profile<Law> or ShapedProfile.
template <class ExecutionSpace, class Item>
struct SumFluxes {
  InputVector<Item, ExecutionSpace> items;
  bool negative_only;

  KOKKOS_FUNCTION void operator()(std::size_t p, double& sum) const {
    const double flux = items(p).flux;
    sum += negative_only && flux > 0.0 ? 0.0 : math::fabs(flux);
  }
};

/// The same profiles without their signs.
template <class ExecutionSpace, class Item>
struct MakePositive {
  InputVector<Item, ExecutionSpace> from;
  Vector<Item, typename ExecutionSpace::memory_space> to;

  KOKKOS_FUNCTION void operator()(std::size_t p) const {
    to(p) = from(p);
    to(p).flux = math::fabs(to(p).flux);
    to(p).amplitude = math::fabs(to(p).amplitude);
  }
};

/// Error of a pixel, and what the contract allows.
template <class ExecutionSpace, class T>
struct CompareWithReference {
  using Memory = typename ExecutionSpace::memory_space;
  PixelGrid grid;
  StridedOutput<const T***, ExecutionSpace> image;
  StridedOutput<T***, ExecutionSpace> error;
  Image<double, Memory> reference, magnitude;
  double rounding;    ///< of the reference, relative
  double negligible;  ///< flux below which the reference has none
  double tolerance;   ///< of the contract, with the flux below which it is absolute
  double least;
  double goal;  ///< absolute, for refine; otherwise 0

  KOKKOS_FUNCTION double error_at(std::size_t i, std::size_t j) const {
    constexpr double margin = 1.25;
    const double difference = static_cast<double>(image(0, i, j)) - reference(i, j);
    return margin * math::fabs(difference) + rounding * magnitude(i, j) + negligible;
  }
  KOKKOS_FUNCTION double allowed(std::size_t i, std::size_t j) const {
    if (goal > 0.0) return goal;
    const double scale = magnitude(i, j) > least ? magnitude(i, j) : least;
    // A float image adds half a unit in its last place.
    const double rounded = std::is_same_v<T, float> ? 1e-7 * math::fabs(reference(i, j)) : 0.0;
    return tolerance * scale + rounded;
  }
  KOKKOS_FUNCTION double share(std::size_t i, std::size_t j) const {
    const double e = error_at(i, j);
    return e == 0.0 ? 0.0 : e / allowed(i, j);
  }
};

/// Writes the errors; finds the largest.
template <class ExecutionSpace, class T>
struct WriteErrors : CompareWithReference<ExecutionSpace, T> {
  KOKKOS_FUNCTION void operator()(std::size_t index, double& worst) const {
    const std::size_t i = index / this->grid.nx, j = index % this->grid.nx;
    const double error = this->error_at(i, j);
    this->error(0, i, j) = static_cast<T>(error);
    if (error > worst) worst = error;
  }
};

/// Finds the largest error over what was allowed.
template <class ExecutionSpace, class T>
struct LargestShare : CompareWithReference<ExecutionSpace, T> {
  KOKKOS_FUNCTION void operator()(std::size_t index, double& largest) const {
    const double share = this->share(index / this->grid.nx, index % this->grid.nx);
    if (share > largest) largest = share;
  }
};

/// Counts the errors beyond what was allowed, NaN among them.
template <class ExecutionSpace, class T>
struct CountUnmetPixels : CompareWithReference<ExecutionSpace, T> {
  KOKKOS_FUNCTION void operator()(std::size_t index, std::size_t& count) const {
    if (!(this->share(index / this->grid.nx, index % this->grid.nx) <= 1.0)) ++count;
  }
};

/// What a reference image is good for.
struct ReferenceError {
  double relative;    ///< to the pixel
  double negligible;  ///< share of a profile's flux below which nothing is rendered
};

/// A thousandth of the tolerance, or as little as can be had.
inline RenderOptions reference_options(RenderOptions options, double least) {
  // boundary is as good as it can be whatever the tolerance, so is what it is compared with.
  const bool as_asked =
      options.integrator == Integrator::exact || options.integrator == Integrator::tiles;
  options.tolerance = std::max(as_asked ? 1e-3 * options.tolerance : 0.0, least);
  options.integrator = Integrator::exact;
  options.neglect = 0.0;
  options.floor = 1e-15;
  return options;
}

/// The image again, to these options, and what it is good for.
template <class ExecutionSpace, class Law>
ReferenceError render_reference(const ExecutionSpace& space, const PixelGrid& grid,
                                const Profiles<Law, ExecutionSpace>& profiles,
                                const Image<double, typename ExecutionSpace::memory_space>& image,
                                const RenderOptions& asked,
                                RenderWorkspace<ExecutionSpace>& workspace) {
  const RenderOptions options = reference_options(asked, has_tiles_v<Law> ? 1e-14 : 1e-12);
  render_planes_unchecked(space, grid, profiles, as_single_plane<ExecutionSpace>(image),
                          profiles.size(), options, workspace);
  // The boundary form rounds in proportion to the distance from a profile.
  const double rounding =
      has_tiles_v<Law> ? 5e-14 : 5e-14 + 1e-14 * static_cast<double>(grid.ny + grid.nx);
  return {rounding + 0.01 * options.tolerance, options.tolerance * options.floor};
}

template <class ExecutionSpace>
ReferenceError render_reference(const ExecutionSpace& space, const PixelGrid& grid,
                                const Model<ExecutionSpace>& model,
                                const Image<double, typename ExecutionSpace::memory_space>& image,
                                const RenderOptions& asked,
                                ModelWorkspace<ExecutionSpace>& workspace) {
  if (model.shaped.extent(0) == 0)
    return render_reference(space, grid, model.sersic, image, asked, workspace.render);
  const RenderOptions options = reference_options(asked, 1e-12);
  render(space, grid, model, image, options, workspace);
  constexpr double rounding = 1e-12;  // what the robust renderer reaches, up to a factor
  return {rounding + 0.01 * options.tolerance, options.tolerance * options.floor};
}

template <class ExecutionSpace, class Items>
double sum_fluxes(const ExecutionSpace& space, const Items& items, bool negative_only) {
  using Item = typename Items::non_const_value_type;
  double sum = 0.0;
  Kokkos::parallel_reduce("glint::render_error::fluxes", range(space, items.extent(0)),
                          SumFluxes<ExecutionSpace, Item>{items, negative_only},
                          Kokkos::Sum<double>(sum));
  compat::fence(space, "glint::render_error::fluxes");
  return sum;
}

template <class ExecutionSpace, class Law>
double sum_fluxes(const ExecutionSpace& space, const Profiles<Law, ExecutionSpace>& profiles,
                  bool negative_only) {
  return sum_fluxes(space, profiles.data, negative_only);
}

template <class ExecutionSpace>
double sum_fluxes(const ExecutionSpace& space, const Model<ExecutionSpace>& model,
                  bool negative_only) {
  return sum_fluxes(space, model.sersic.data, negative_only) +
         sum_fluxes(space, model.shaped, negative_only);
}

template <class ExecutionSpace, class Items>
void make_positive(const ExecutionSpace& space, const Items& from, Items& to) {
  using Item = typename Items::non_const_value_type;
  if (to.extent(0) != from.extent(0))
    to = allocate<Items>(space, "glint::render_error::profiles", from.extent(0));
  Kokkos::parallel_for("glint::render_error::profiles", range(space, from.extent(0)),
                       MakePositive<ExecutionSpace, Item>{from, to});
}

template <class ExecutionSpace, class Law>
void make_positive(const ExecutionSpace& space, const Profiles<Law, ExecutionSpace>& from,
                   Profiles<Law, ExecutionSpace>& to) {
  make_positive(space, from.data, to.data);
}

template <class ExecutionSpace>
void make_positive(const ExecutionSpace& space, const Model<ExecutionSpace>& from,
                   Model<ExecutionSpace>& to) {
  const auto sersic = to.sersic.data;
  const auto shaped = to.shaped;
  to = from;  // tables and places are shared
  to.sersic.data = sersic, to.shaped = shaped;
  make_positive(space, from.sersic.data, to.sersic.data);
  make_positive(space, from.shaped, to.shaped);
}

template <class ExecutionSpace, class Scene, class T>
ErrorSummary map_error(const ExecutionSpace& space, const PixelGrid& grid, const Scene& scene,
                       const StridedOutput<const T***, ExecutionSpace>& image,
                       const StridedOutput<T***, ExecutionSpace>& error,
                       const RenderOptions& options, ErrorWorkspace<Scene>& workspace) {
  const ScopedRegion region("glint::render_error");
  validate(options);
  expect_error_map(options.integrator);
  using Doubles = Image<double, typename ExecutionSpace::memory_space>;
  const auto make_room = [&](Doubles& target, const char* label) {
    if (target.extent(0) != grid.ny || target.extent(1) != grid.nx)
      target = make_image<double>(space, grid, label);
  };
  make_room(workspace.reference, "glint::render_error::reference");
  const ReferenceError reference =
      render_reference(space, grid, scene, workspace.reference, options, workspace.render);
  Doubles magnitude = workspace.reference;
  if (sum_fluxes(space, scene, true) > 0.0) {
    // The contract counts the profiles' fluxes in a pixel one by one: they must not cancel.
    make_room(workspace.magnitude, "glint::render_error::magnitude");
    magnitude = workspace.magnitude;
    make_positive(space, scene, workspace.positive);
    RenderOptions rough;
    rough.tolerance = 1e-4;
    render_reference(space, grid, workspace.positive, magnitude, rough, workspace.render);
  }
  const double total_flux = sum_fluxes(space, scene, false);
  const CompareWithReference<ExecutionSpace, T> compare{
      grid,
      image,
      error,
      workspace.reference,
      magnitude,
      reference.relative,
      reference.negligible * total_flux,
      options.tolerance,
      options.floor * total_flux,
      options.integrator == Integrator::refine ? options.precision_goal : 0.0};
  const auto pixels = range(space, grid.ny * grid.nx);
  ErrorSummary summary;
  Kokkos::parallel_reduce("glint::render_error::errors", pixels,
                          WriteErrors<ExecutionSpace, T>{compare},
                          Kokkos::Max<double>(summary.worst));
  Kokkos::parallel_reduce("glint::render_error::shares", pixels,
                          LargestShare<ExecutionSpace, T>{compare},
                          Kokkos::Max<double>(summary.share));
  Kokkos::parallel_reduce("glint::render_error::unmet", pixels,
                          CountUnmetPixels<ExecutionSpace, T>{compare},
                          Kokkos::Sum<std::size_t>(summary.unmet));
  compat::fence(space, "glint::render_error::summary");
  return summary;
}

}  // namespace glint::impl

#endif
