// SPDX-License-Identifier: BSD-3-Clause
#include <glint/linear_objects.hpp>
#include <glint/region.hpp>

namespace glint {
namespace impl {
namespace {

/// Where rows begin: non-zeros of all objects up to there. A mapping's own offsets say how many of
/// its are before, so the objects' add up.
template <class ExecutionSpace>
struct AddOffsets {
  Vector<int, typename ExecutionSpace::memory_space> own, offsets;
  KOKKOS_FUNCTION void operator()(std::size_t m) const { offsets(m) += own(m); }
};

template <class ExecutionSpace>
struct StartOffsets {
  Vector<int, typename ExecutionSpace::memory_space> offsets;
  int functions;
  KOKKOS_FUNCTION void operator()(std::size_t m) const {
    offsets(m) = static_cast<int>(m) * functions;
  }
};

template <class ExecutionSpace>
struct StartRows {
  Vector<int, typename ExecutionSpace::memory_space> offsets, cursors;
  KOKKOS_FUNCTION void operator()(std::size_t m) const { cursors(m) = offsets(m); }
};

/// Appends a mapping's row to that of all.
template <class ExecutionSpace>
struct AppendRows {
  using Memory = typename ExecutionSpace::memory_space;

  Vector<int, Memory> offsets, columns;
  Vector<double, Memory> values;
  int first;  // column
  Vector<int, Memory> cursors, all_columns;
  Vector<double, Memory> all_values;

  KOKKOS_FUNCTION void operator()(std::size_t m) const {
    int at = cursors(m);
    for (int k = offsets(m); k < offsets(m + 1); ++k, ++at) {
      all_columns(at) = first + columns(k);
      all_values(at) = values(k);
    }
    cursors(m) = at;
  }
};

template <class ExecutionSpace>
struct AppendFunctions {
  using Memory = typename ExecutionSpace::memory_space;

  Matrix<double, Memory> functions;
  int first;
  Vector<int, Memory> cursors, all_columns;
  Vector<double, Memory> all_values;

  KOKKOS_FUNCTION void operator()(std::size_t m) const {
    int at = cursors(m);
    for (std::size_t p = 0; p < functions.extent(1); ++p, ++at) {
      all_columns(at) = first + static_cast<int>(p);
      all_values(at) = functions(m, p);
    }
    cursors(m) = at;
  }
};

template <class ExecutionSpace>
struct AppendRegularization {
  using Memory = typename ExecutionSpace::memory_space;

  MeshRegularization<Memory> part, whole;
  std::size_t first;

  KOKKOS_FUNCTION void operator()(std::size_t s) const {
    const std::size_t to = first + s;
    for (std::size_t p = 0; p < whole.columns; ++p) {
      const int t = p < part.columns ? part.neighbours(s * part.columns + p) : -1;
      whole.neighbours(to * whole.columns + p) = t < 0 ? t : t + static_cast<int>(first);
    }
    whole.strengths(to) = part.strengths(s);
    whole.excess(to) = part.excess(s);
  }
};

template <class ExecutionSpace>
struct CollectFunctions {
  Matrix<double, typename ExecutionSpace::memory_space> functions, images;
  std::size_t first;
  KOKKOS_FUNCTION void operator()(std::size_t m) const {
    for (std::size_t p = 0; p < functions.extent(1); ++p) images(first + p, m) = functions(m, p);
  }
};

/// F(s, mapped + p) and its mirror image = (T^T W f_p)_s.
template <class ExecutionSpace>
struct BorderMapped {
  using Memory = typename ExecutionSpace::memory_space;

  Vector<int, Memory> offsets, pixels;
  Vector<double, Memory> values;
  Matrix<double, Memory> responses;
  StridedOutput<double**, ExecutionSpace> curvature;
  std::size_t mapped;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t count = responses.extent(0), s = index / count, p = index % count;
    double sum = 0.0;
    for (int k = offsets(s); k < offsets(s + 1); ++k) sum += values(k) * responses(p, pixels(k));
    curvature(s, mapped + p) = sum;
    curvature(mapped + p, s) = sum;
  }
};

/// f_q^T W f_p for q >= p, a team to a pair.
template <class ExecutionSpace>
struct BorderFunctions {
  using Team = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  using Memory = typename ExecutionSpace::memory_space;

  Matrix<double, Memory> images, responses;
  StridedOutput<double**, ExecutionSpace> curvature;
  StridedOutput<double*, ExecutionSpace> diagonal;
  std::size_t mapped;
  bool diagonal_only;

  KOKKOS_FUNCTION void operator()(const Team& team) const {
    const std::size_t count = images.extent(0);
    const std::size_t rank = static_cast<std::size_t>(team.league_rank());
    const std::size_t p = diagonal_only ? rank : rank / count;
    const std::size_t q = diagonal_only ? rank : rank % count;
    if (q < p) return;
    double sum = 0.0;
    Kokkos::parallel_reduce(
        Kokkos::TeamThreadRange(team, images.extent(1)),
        [&](std::size_t m, double& part) { part += images(q, m) * responses(p, m); }, sum);
    Kokkos::single(Kokkos::PerTeam(team), [&]() {
      if (diagonal_only) {
        diagonal(mapped + p) = sum;
      } else {
        curvature(mapped + p, mapped + q) = sum;
        curvature(mapped + q, mapped + p) = sum;
      }
    });
  }
};

}  // namespace

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
