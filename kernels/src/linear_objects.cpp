// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/linear_objects_kernels.hpp>
#include <glint/linear_objects.hpp>
#include <glint/region.hpp>

namespace glint {
namespace impl {

template <class ExecutionSpace>
void concatenate(const ExecutionSpace& space,
                 const LinearObjects<typename ExecutionSpace::memory_space>& objects,
                 ObjectPart part, SparseMapping<typename ExecutionSpace::memory_space>& mapping,
                 ConcatenateWorkspace<ExecutionSpace>& workspace) {
  const ScopedRegion region("glint::concatenate");
  const std::size_t pixels = objects.pixels(), mapped = objects.mapped();
  const std::size_t sources = part == ObjectPart::all ? objects.sources() : mapped;
  const std::size_t functions = sources - mapped, width = objects.width() + functions;
  constexpr std::size_t limit = 2147483647;
  GLINT_EXPECTS(sources <= limit && pixels < limit && (width == 0 || pixels <= limit / width),
                "concatenate: ", pixels, " image pixels of ", width, " non-zeros and ", sources,
                " unknowns are more than 32-bit indices can count");
  mapping.pixels = pixels;
  mapping.sources = sources;
  mapping.width = width;
  grow(space, "glint::concatenate::offsets", pixels + 1, mapping.offsets);
  grow(space, "glint::concatenate::columns", pixels * width, mapping.columns);
  grow(space, "glint::concatenate::values", pixels * width, mapping.values);
  grow(space, "glint::concatenate::cursors", pixels, workspace.cursors);
  Kokkos::parallel_for("glint::concatenate::start", range(space, pixels + 1),
                       StartOffsets<ExecutionSpace>{mapping.offsets, static_cast<int>(functions)});
  for (const auto& object : objects.mappings())
    Kokkos::parallel_for("glint::concatenate::add", range(space, pixels + 1),
                         AddOffsets<ExecutionSpace>{object.offsets, mapping.offsets});
  Kokkos::parallel_for("glint::concatenate::rows", range(space, pixels),
                       StartRows<ExecutionSpace>{mapping.offsets, workspace.cursors});
  for (std::size_t n = 0; n < objects.mappings().size(); ++n) {
    const auto& object = objects.mappings()[n];
    Kokkos::parallel_for(
        "glint::concatenate::append", range(space, pixels),
        AppendRows<ExecutionSpace>{object.offsets, object.columns, object.values,
                                   static_cast<int>(objects.mapping_offset(n)), workspace.cursors,
                                   mapping.columns, mapping.values});
  }
  if (functions == 0) return;
  for (std::size_t n = 0; n < objects.functions().size(); ++n)
    Kokkos::parallel_for("glint::concatenate::functions", range(space, pixels),
                         AppendFunctions<ExecutionSpace>{
                             objects.functions()[n], static_cast<int>(objects.function_offset(n)),
                             workspace.cursors, mapping.columns, mapping.values});
}

template <class ExecutionSpace>
void concatenate_regularizations(
    const ExecutionSpace& space,
    const std::vector<MeshRegularization<typename ExecutionSpace::memory_space>>& parts,
    MeshRegularization<typename ExecutionSpace::memory_space>& whole) {
  whole.sources = whole.columns = 0;
  for (const auto& part : parts) {
    whole.sources += part.sources;
    whole.columns = part.columns > whole.columns ? part.columns : whole.columns;
  }
  constexpr std::size_t limit = 2147483646;
  GLINT_EXPECTS(
      whole.sources <= limit && (whole.columns == 0 || whole.sources <= limit / whole.columns),
      "a neighbour table of ", whole.sources, " x ", whole.columns,
      " entries is more than can be counted");
  grow(space, "glint::concatenate::neighbours", whole.sources * whole.columns, whole.neighbours);
  grow(space, "glint::concatenate::strengths", whole.sources, whole.strengths);
  grow(space, "glint::concatenate::excess", whole.sources, whole.excess);
  std::size_t first = 0;
  for (const auto& part : parts) {
    Kokkos::parallel_for("glint::concatenate::regularization", range(space, part.sources),
                         AppendRegularization<ExecutionSpace>{part, whole, first});
    first += part.sources;
  }
}

template <class ExecutionSpace>
void collect_functions(const ExecutionSpace& space,
                       const LinearObjects<typename ExecutionSpace::memory_space>& objects,
                       ObjectsWorkspace<ExecutionSpace>& workspace) {
  using Rows = Matrix<double, typename ExecutionSpace::memory_space>;
  const std::size_t count = objects.sources() - objects.mapped(), pixels = objects.pixels();
  auto& w = workspace;
  if (w.images.extent(0) != count || w.images.extent(1) != pixels) {
    w.images = allocate<Rows>(space, "glint::objects_curvature::images", count, pixels);
    w.responses = allocate<Rows>(space, "glint::objects_curvature::responses", count, pixels);
  }
  for (std::size_t n = 0; n < objects.functions().size(); ++n)
    Kokkos::parallel_for(
        "glint::objects_curvature::collect", range(space, pixels),
        CollectFunctions<ExecutionSpace>{objects.functions()[n], w.images,
                                         objects.function_offset(n) - objects.mapped()});
}

template <class ExecutionSpace>
void border_curvature(const ExecutionSpace& space,
                      const LinearObjects<typename ExecutionSpace::memory_space>& objects,
                      const StridedOutput<double**, ExecutionSpace>& curvature,
                      ObjectsWorkspace<ExecutionSpace>& workspace) {
  const std::size_t mapped = objects.mapped(), count = objects.sources() - mapped;
  if (count == 0) return;
  const auto& by_source = workspace.by_source;
  Kokkos::parallel_for(
      "glint::objects_curvature::mapped", range(space, mapped * count),
      BorderMapped<ExecutionSpace>{by_source.offsets, by_source.pixels, by_source.values,
                                   workspace.responses, curvature, mapped});
  Kokkos::parallel_for(
      "glint::objects_curvature::functions",
      Kokkos::TeamPolicy<ExecutionSpace>(space, static_cast<int>(count * count),
                                         team_size<ExecutionSpace>(128)),
      BorderFunctions<ExecutionSpace>{workspace.images, workspace.responses, curvature,
                                      StridedOutput<double*, ExecutionSpace>(), mapped, false});
}

template <class ExecutionSpace>
void border_diagonal(const ExecutionSpace& space,
                     const LinearObjects<typename ExecutionSpace::memory_space>& objects,
                     const StridedOutput<double*, ExecutionSpace>& diagonal,
                     ObjectsWorkspace<ExecutionSpace>& workspace) {
  const std::size_t mapped = objects.mapped(), count = objects.sources() - mapped;
  if (count == 0) return;
  Kokkos::parallel_for("glint::function_diagonal::squares",
                       Kokkos::TeamPolicy<ExecutionSpace>(space, static_cast<int>(count),
                                                          team_size<ExecutionSpace>(128)),
                       BorderFunctions<ExecutionSpace>{workspace.images, workspace.responses,
                                                       StridedOutput<double**, ExecutionSpace>(),
                                                       diagonal, mapped, true});
}

}  // namespace impl

#define GLINT_INSTANTIATE(Space)                                                                   \
  template void impl::concatenate<Space>(                                                          \
      const Space&, const LinearObjects<typename Space::memory_space>&, ObjectPart,                \
      SparseMapping<typename Space::memory_space>&, ConcatenateWorkspace<Space>&);                 \
  template void impl::concatenate_regularizations<Space>(                                          \
      const Space&, const std::vector<MeshRegularization<typename Space::memory_space>>&,          \
      MeshRegularization<typename Space::memory_space>&);                                          \
  template void impl::collect_functions<Space>(                                                    \
      const Space&, const LinearObjects<typename Space::memory_space>&, ObjectsWorkspace<Space>&); \
  template void impl::border_curvature<Space>(                                                     \
      const Space&, const LinearObjects<typename Space::memory_space>&,                            \
      const StridedOutput<double**, Space>&, ObjectsWorkspace<Space>&);                            \
  template void impl::border_diagonal<Space>(                                                      \
      const Space&, const LinearObjects<typename Space::memory_space>&,                            \
      const StridedOutput<double*, Space>&, ObjectsWorkspace<Space>&);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
