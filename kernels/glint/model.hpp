// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_MODEL_HPP
#define GLINT_MODEL_HPP

#include <cstdint>
#include <glint/render.hpp>
#include <glint/shaped_profile.hpp>
#include <vector>

/// Images of catalogues that mix profiles of all kinds (profile_kind.hpp). Plain Sersic profiles
/// and Gaussians go the fast way of render.hpp; all others the robust one, whose cost is about 40
/// look-ups per profile and pixel.

namespace glint {

/// A catalogue, ready to render, in the memory of an execution space.
template <class ExecutionSpace>
struct Model {
  using memory_space = typename ExecutionSpace::memory_space;
  using Memory = typename ExecutionSpace::memory_space;

  SersicProfiles<ExecutionSpace> sersic;  ///< the plain rows, in catalogue order
  Vector<ShapedProfile, Memory> shaped;   ///< the other rows, in catalogue order
  Vector<double, Memory> tables;          ///< RadialTable::doubles for each of them
  Vector<std::size_t, Memory> shaped_rows;
  /// Per row, its place among the plain ones, or -1 - its place among the others; empty when all
  /// are plain.
  Vector<std::int64_t, Memory> place;
  std::vector<std::int64_t> host_place;  ///< the same on the host

  // Of a part of another model: what its rows and places are counted from.
  std::size_t first_row = 0;
  std::int64_t first_shaped = 0;

  /// P, the number of catalogue rows.
  std::size_t size() const { return sersic.size() + shaped.extent(0); }
};

/// Device memory a render of a model needs besides its output, reusable between calls: what
/// RenderWorkspace says, and for a float image of a mixed model 8 bytes per pixel.
template <class ExecutionSpace>
struct ModelWorkspace {
  RenderWorkspace<ExecutionSpace> render;
  Matrix<double, typename ExecutionSpace::memory_space> sum;
};

template <class ExecutionSpace>
struct WorkspaceOf<Model<ExecutionSpace>> {
  using type = ModelWorkspace<ExecutionSpace>;
};

/// Row p alone, of a model. No copy.
template <class ExecutionSpace>
Model<ExecutionSpace> single(const Model<ExecutionSpace>& model, std::size_t p) {
  using Range = std::pair<std::size_t, std::size_t>;
  Model<ExecutionSpace> one;
  const std::int64_t place =
      model.host_place.empty() ? static_cast<std::int64_t>(p) : model.host_place[p];
  if (place >= 0) {
    one.sersic = single(model.sersic, static_cast<std::size_t>(place));
    return one;
  }
  const auto k = static_cast<std::size_t>(-1 - place - model.first_shaped);
  constexpr std::size_t doubles = RadialTable::doubles;
  one.shaped = Kokkos::subview(model.shaped, Range(k, k + 1));
  one.tables = Kokkos::subview(model.tables, Range(k * doubles, (k + 1) * doubles));
  one.shaped_rows = Kokkos::subview(model.shaped_rows, Range(k, k + 1));
  one.place = Kokkos::subview(model.place, Range(p, p + 1));
  one.host_place = {place};
  one.first_row = model.first_row + p;
  one.first_shaped = -1 - place;
  return one;
}

namespace impl {
template <class ExecutionSpace>
Model<ExecutionSpace> prepare_mixed(
    const ExecutionSpace& space, const Catalogue<typename ExecutionSpace::memory_space>& catalogue);

template <class ExecutionSpace, class T>
void render_model(const ExecutionSpace& space, const PixelGrid& grid,
                  const Model<ExecutionSpace>& model,
                  const StridedOutput<T***, ExecutionSpace>& planes, bool stack,
                  const RenderOptions& options, ModelWorkspace<ExecutionSpace>& workspace);
}  // namespace impl

/// Per-profile constants and radial tables of a catalogue of any kinds, computed on `space`. The
/// catalogue may live in any memory space. A profile's `flux` is the total of the actual profile:
/// truncated, boxy or lopsided.
///
/// Every value is checked here, once, against sersic_ranges, extra_column_rules and what the row's
/// kind needs and allows. Throws Error naming the first bad row (counted from 0), column and value.
/// Synchronous (it returns the verdict). Cost: O(P), as prepare() for a plain catalogue; other rows
/// 43 kB of memory and about 10^4 evaluations of their brightness each.
template <class ExecutionSpace, class MemorySpace>
Model<ExecutionSpace> prepare_model(const ExecutionSpace& space,
                                    const Catalogue<MemorySpace>& catalogue) {
  expect_equal_columns("prepare_model", catalogue);
  if (is_plain(catalogue)) {
    Model<ExecutionSpace> model;
    model.sersic = prepare(space, catalogue);
    return model;
  }
  if constexpr (std::is_same_v<MemorySpace, typename ExecutionSpace::memory_space>)
    return impl::prepare_mixed(space, catalogue);
  else
    return impl::prepare_mixed(space, to_space(space, catalogue));
}

/// Sum image of all profiles of a model, (NY, NX), float or double, any layout; otherwise as
/// render() of plain profiles, to the same contract (other kinds: down to 1e-11; asked for 1e-12
/// they reach 3e-12). All integrators work for all kinds: those that
/// keep a tolerance integrate the boundary of the other kinds' pixels, `centre`, the rules and
/// `refine` sample their brightness (in double also for a float image). Asynchronous on `space` but
/// for the first call with a new workspace.
template <class ExecutionSpace, class ImageView>
void render(const ExecutionSpace& space, const PixelGrid& grid, const Model<ExecutionSpace>& model,
            const ImageView& image, const RenderOptions& options,
            ModelWorkspace<ExecutionSpace>& workspace) {
  using T = typename ImageView::non_const_value_type;
  validate(grid);
  expect_shape("render", "image", image, std::array<std::size_t, 2>{grid.ny, grid.nx});
  impl::render_model<ExecutionSpace, T>(
      space, grid, model, impl::as_single_plane<ExecutionSpace>(image), false, options, workspace);
}

/// The same with a workspace of its own; it waits for its kernels before it frees that.
template <class ExecutionSpace, class ImageView>
void render(const ExecutionSpace& space, const PixelGrid& grid, const Model<ExecutionSpace>& model,
            const ImageView& image, const RenderOptions& options = {}) {
  ModelWorkspace<ExecutionSpace> workspace;
  render(space, grid, model, image, options, workspace);
}

/// One image per profile, in the order of the catalogue: stack(p, row, column), (P, NY, NX).
template <class ExecutionSpace, class StackView>
void render_stack(const ExecutionSpace& space, const PixelGrid& grid,
                  const Model<ExecutionSpace>& model, const StackView& stack,
                  const RenderOptions& options, ModelWorkspace<ExecutionSpace>& workspace) {
  using T = typename StackView::non_const_value_type;
  validate(grid);
  expect_shape("render_stack", "stack", stack,
               std::array<std::size_t, 3>{model.size(), grid.ny, grid.nx});
  impl::render_model<ExecutionSpace, T>(space, grid, model, strided_output<ExecutionSpace>(stack),
                                        true, options, workspace);
}

template <class ExecutionSpace, class StackView>
void render_stack(const ExecutionSpace& space, const PixelGrid& grid,
                  const Model<ExecutionSpace>& model, const StackView& stack,
                  const RenderOptions& options = {}) {
  ModelWorkspace<ExecutionSpace> workspace;
  render_stack(space, grid, model, stack, options, workspace);
}

#define GLINT_EXTERN_TYPE(Space, T)                                                           \
  extern template void impl::render_model<Space, T>(                                          \
      const Space&, const PixelGrid&, const Model<Space>&, const StridedOutput<T***, Space>&, \
      bool, const RenderOptions&, ModelWorkspace<Space>&);
#define GLINT_EXTERN(Space)                                          \
  extern template Model<Space> impl::prepare_mixed<Space>(           \
      const Space&, const Catalogue<typename Space::memory_space>&); \
  GLINT_EXTERN_TYPE(Space, double)                                   \
  GLINT_EXTERN_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN
#undef GLINT_EXTERN_TYPE

}  // namespace glint

#endif
