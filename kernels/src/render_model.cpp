// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/refine_planes.hpp>
#include <glint/impl/render_rules.hpp>
#include <glint/impl/render_shaped.hpp>
#include <glint/model.hpp>
#include <glint/region.hpp>

namespace glint {
namespace impl {

/// A model as f(row, i, j).
template <class ExecutionSpace>
struct ModelBrightness {
  InputVector<Profile<SersicLaw>, ExecutionSpace> sersic;
  InputVector<ShapedProfile, ExecutionSpace> shaped;
  InputVector<std::int64_t, ExecutionSpace> place;
  std::int64_t first_shaped;

  KOKKOS_FUNCTION double operator()(std::size_t row, double i, double j) const {
    const std::int64_t k = place(row);
    return k >= 0 ? sersic(static_cast<std::size_t>(k)).brightness(j, i)
                  : shaped(static_cast<std::size_t>(-1 - k - first_shaped)).brightness(j, i);
  }
};

template <class ExecutionSpace, class T>
struct RoundSum {
  Matrix<double, typename ExecutionSpace::memory_space> sum;
  StridedOutput<T***, ExecutionSpace> planes;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t row = index / sum.extent(1), column = index % sum.extent(1);
    planes(0, row, column) = static_cast<T>(sum(row, column));
  }
};

/// Samples: centres, rules and refinement.
template <class ExecutionSpace, class T>
void sample_model(const ExecutionSpace& space, const PixelGrid& grid,
                  const Model<ExecutionSpace>& model,
                  const StridedOutput<T***, ExecutionSpace>& planes, std::size_t per_plane,
                  const RenderOptions& options, PixelWorkspace<ExecutionSpace>& workspace) {
  const ModelBrightness<ExecutionSpace> f{model.sersic.data, model.shaped, model.place,
                                          model.first_shaped};
  if (options.integrator == Integrator::refine)
    return refine_planes(space, "glint::render::refined", grid, f, planes, per_plane,
                         options.base_oversample, refinement_options(options), workspace);
  const bool centre = options.integrator == Integrator::centre;
  rule_planes(space, "glint::render::rule", grid, f, planes, per_plane, 1, 1,
              centre ? RuleKind::midpoint : rule_of(options.integrator),
              centre ? 1 : rule_order(options), workspace);
}

/// The plain rows of a stack, run by run of neighbours.
template <class ExecutionSpace, class T>
void stack_plain_rows(const ExecutionSpace& space, const PixelGrid& grid,
                      const Model<ExecutionSpace>& model,
                      const StridedOutput<T***, ExecutionSpace>& planes,
                      const RenderOptions& options, RenderWorkspace<ExecutionSpace>& workspace) {
  const std::vector<std::int64_t>& place = model.host_place;
  for (std::size_t first = 0; first < place.size();) {
    std::size_t last = first;
    while (last < place.size() && place[last] >= 0) ++last;
    if (last > first) {
      const auto begin = static_cast<std::size_t>(place[first]);
      SersicProfiles<ExecutionSpace> run;
      run.data = Kokkos::subview(model.sersic.data, std::make_pair(begin, begin + last - first));
      const Kokkos::LayoutStride layout(last - first, planes.stride(0), grid.ny, planes.stride(1),
                                        grid.nx, planes.stride(2));
      render_planes<ExecutionSpace, SersicLaw, T>(
          space, grid, run,
          StridedOutput<T***, ExecutionSpace>(planes.data() + first * planes.stride(0), layout), 1,
          options, workspace);
    }
    first = last + 1;
  }
}

template <class ExecutionSpace, class T>
void render_model(const ExecutionSpace& space, const PixelGrid& grid,
                  const Model<ExecutionSpace>& model,
                  const StridedOutput<T***, ExecutionSpace>& planes, bool stack,
                  const RenderOptions& options, ModelWorkspace<ExecutionSpace>& workspace) {
  const std::size_t per_plane = stack ? 1 : model.size();
  if (model.shaped.extent(0) == 0 && model.size() > 0)
    return render_planes<ExecutionSpace, SersicLaw, T>(space, grid, model.sersic, planes, per_plane,
                                                       options, workspace.render);
  const ScopedRegion region("glint::render");
  validate(options);
  if (model.size() == 0)
    return render_planes<ExecutionSpace, SersicLaw, T>(space, grid, model.sersic, planes, per_plane,
                                                       options, workspace.render);
  if (!keeps_tolerance(options.integrator))
    return sample_model(space, grid, model, planes, per_plane, options, workspace.render.pixels);

  const bool mixed = model.sersic.size() > 0;
  if (stack) {
    if (mixed) stack_plain_rows(space, grid, model, planes, options, workspace.render);
  } else if (mixed) {
    if constexpr (std::is_same_v<T, float>) {  // rounded once
      if (workspace.sum.extent(0) != grid.ny || workspace.sum.extent(1) != grid.nx)
        workspace.sum =
            allocate<decltype(workspace.sum)>(space, "glint::render::sum", grid.ny, grid.nx);
      render_model<ExecutionSpace, double>(space, grid, model,
                                           as_single_plane<ExecutionSpace>(workspace.sum), false,
                                           options, workspace);
      Kokkos::parallel_for("glint::render::round", range(space, workspace.sum.size()),
                           RoundSum<ExecutionSpace, T>{workspace.sum, planes});
      return;
    } else {
      render_planes<ExecutionSpace, SersicLaw, T>(space, grid, model.sersic, planes,
                                                  model.sersic.size(), options, workspace.render);
    }
  }
  render_shaped<ExecutionSpace, T>(space, grid, model.shaped, model.tables, model.shaped_rows,
                                   model.first_row, planes, stack, mixed && !stack, options);
}

}  // namespace impl

#define GLINT_INSTANTIATE_TYPE(Space, T)                                                          \
  template void impl::render_model<Space, T>(const Space&, const PixelGrid&, const Model<Space>&, \
                                             const StridedOutput<T***, Space>&, bool,             \
                                             const RenderOptions&, ModelWorkspace<Space>&);
#define GLINT_INSTANTIATE(Space)        \
  GLINT_INSTANTIATE_TYPE(Space, double) \
  GLINT_INSTANTIATE_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_TYPE

}  // namespace glint
