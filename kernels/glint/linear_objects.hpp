// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_LINEAR_OBJECTS_HPP
#define GLINT_LINEAR_OBJECTS_HPP

#include <glint/curvature.hpp>
#include <glint/mesh_regularization.hpp>
#include <glint/source_mapping.hpp>
#include <vector>

/// Several things that are linear in the image, solved for together: sources on meshes, each with a
/// mapping, and functions whose images are given, each with an amplitude. With
///   T = [T_1 ... T_n  f_1 ... f_P]
/// the equations are those of one source: F = T^T W T with all blocks between objects, D = T^T d
/// and a block-diagonal H. Mappings come first, then functions, each kind in the order it was added
/// in.

namespace glint {

/// The objects, for M image pixels. Shares memory with what was added.
template <class MemorySpace>
class LinearObjects {
 public:
  explicit LinearObjects(std::size_t pixels) : pixels_(pixels) {}

  /// Adds the source pixels of a mapping. Throws Error for another number of image pixels.
  void add(const SparseMapping<MemorySpace>& mapping) {
    GLINT_EXPECTS(mapping.pixels == pixels_, "LinearObjects::add: the mapping is for ",
                  mapping.pixels, " image pixels, not for ", pixels_);
    mappings_.push_back(mapping);
  }
  /// Adds P functions: column p of (M, P), row-major, is the image of function p at amplitude 1.
  /// Throws Error on another number of rows.
  void add_functions(const Matrix<double, MemorySpace>& columns) {
    GLINT_EXPECTS(columns.extent(0) == pixels_, "LinearObjects::add_functions: the functions have ",
                  columns.extent(0), " image pixels, not ", pixels_);
    functions_.push_back(columns);
  }

  std::size_t pixels() const { return pixels_; }
  const std::vector<SparseMapping<MemorySpace>>& mappings() const { return mappings_; }
  const std::vector<Matrix<double, MemorySpace>>& functions() const { return functions_; }

  /// Where the unknowns of mapping n, or of the n-th set of functions, begin; n may be one beyond
  /// the last.
  std::size_t mapping_offset(std::size_t n) const {
    std::size_t offset = 0;
    for (std::size_t k = 0; k < n; ++k) offset += mappings_[k].sources;
    return offset;
  }
  std::size_t function_offset(std::size_t n) const {
    std::size_t offset = mapped();
    for (std::size_t k = 0; k < n; ++k) offset += functions_[k].extent(1);
    return offset;
  }
  /// Unknowns of the mappings, and S of all.
  std::size_t mapped() const { return mapping_offset(mappings_.size()); }
  std::size_t sources() const { return function_offset(functions_.size()); }
  /// B of the mappings' part of T.
  std::size_t width() const {
    std::size_t sum = 0;
    for (const auto& mapping : mappings_) sum += mapping.width;
    return sum;
  }

 private:
  std::size_t pixels_;
  std::vector<SparseMapping<MemorySpace>> mappings_;
  std::vector<Matrix<double, MemorySpace>> functions_;
};

/// Working memory of concatenate(): M integers.
template <class ExecutionSpace>
struct ConcatenateWorkspace {
  Vector<int, typename ExecutionSpace::memory_space> cursors;
};

/// Which objects a joint mapping holds.
enum class ObjectPart { mappings, all };

namespace impl {
template <class ExecutionSpace>
void concatenate(const ExecutionSpace& space,
                 const LinearObjects<typename ExecutionSpace::memory_space>& objects,
                 ObjectPart part, SparseMapping<typename ExecutionSpace::memory_space>& mapping,
                 ConcatenateWorkspace<ExecutionSpace>& workspace);
template <class ExecutionSpace>
void concatenate_regularizations(
    const ExecutionSpace& space,
    const std::vector<MeshRegularization<typename ExecutionSpace::memory_space>>& parts,
    MeshRegularization<typename ExecutionSpace::memory_space>& whole);
}  // namespace impl

/// mapping = T of all objects, function columns with M non-zeros each, or of the mappings alone:
/// for everything that takes one mapping (data_vector(), SourceSystem, CurvaturePlan).
///
/// Throws Error when the non-zeros are beyond 32-bit counting. Asynchronous; allocates where
/// `mapping` is too small. Cost: O(M) for an object and what it holds.
template <class ExecutionSpace, class MemorySpace>
void concatenate(const ExecutionSpace& space, const LinearObjects<MemorySpace>& objects,
                 SparseMapping<MemorySpace>& mapping,
                 ConcatenateWorkspace<ExecutionSpace>& workspace,
                 ObjectPart part = ObjectPart::all) {
  impl::concatenate<ExecutionSpace>(space, objects, part, mapping, workspace);
}

/// whole = block-diagonal H, in the order of `parts`: one for every mapping, then one for every set
/// of functions (assign_diagonal()). Asynchronous; allocates where `whole` is too small.
template <class ExecutionSpace, class MemorySpace>
void concatenate(const ExecutionSpace& space,
                 const std::vector<MeshRegularization<MemorySpace>>& parts,
                 MeshRegularization<MemorySpace>& whole) {
  impl::concatenate_regularizations<ExecutionSpace>(space, parts, whole);
}

/// Working memory of objects_curvature(): what concatenate() makes of the mappings, and two images
/// for every function.
template <class ExecutionSpace>
struct ObjectsWorkspace {
  using Memory = typename ExecutionSpace::memory_space;

  ConcatenateWorkspace<ExecutionSpace> cursors;
  SparseMapping<Memory> mapping;
  SourceMapping<Memory> by_source;
  Matrix<double, Memory> images, responses;  ///< (P, M)
};

namespace impl {
/// images = the functions, one to a row.
template <class ExecutionSpace>
void collect_functions(const ExecutionSpace& space,
                       const LinearObjects<typename ExecutionSpace::memory_space>& objects,
                       ObjectsWorkspace<ExecutionSpace>& workspace);
/// The rows and columns of F that functions have a part in, from the responses.
template <class ExecutionSpace>
void border_curvature(const ExecutionSpace& space,
                      const LinearObjects<typename ExecutionSpace::memory_space>& objects,
                      const StridedOutput<double**, ExecutionSpace>& curvature,
                      ObjectsWorkspace<ExecutionSpace>& workspace);
template <class ExecutionSpace>
void border_diagonal(const ExecutionSpace& space,
                     const LinearObjects<typename ExecutionSpace::memory_space>& objects,
                     const StridedOutput<double*, ExecutionSpace>& diagonal,
                     ObjectsWorkspace<ExecutionSpace>& workspace);

template <class ExecutionSpace, class Operator, class MemorySpace>
void respond_functions(const ExecutionSpace& space, const Operator& precision,
                       const LinearObjects<MemorySpace>& objects,
                       ObjectsWorkspace<ExecutionSpace>& workspace) {
  collect_functions<ExecutionSpace>(space, objects, workspace);
  for (std::size_t p = 0; p < workspace.images.extent(0); ++p)
    precision.apply(
        space, Vector<double, MemorySpace>(Kokkos::subview(workspace.images, p, Kokkos::ALL())),
        Vector<double, MemorySpace>(Kokkos::subview(workspace.responses, p, Kokkos::ALL())));
}
}  // namespace impl

/// F = T^T W T of all objects, (S, S), double, any layout; overwritten, both triangles.
///
/// `map_curvature(space, mapping, part)` forms F of a mapping, in whatever way, in the View `part`;
/// it is called with the mappings' part of T. `precision`: W (source_system.hpp), for the
/// functions. Throws Error on wrong shapes and what map_curvature throws. Asynchronous where both
/// are. Cost beyond map_curvature: P products with W, P (nnz + M P) multiply-adds.
template <class ExecutionSpace, class MapCurvature, class Operator, class MemorySpace,
          class CurvatureView>
void objects_curvature(const ExecutionSpace& space, const LinearObjects<MemorySpace>& objects,
                       const MapCurvature& map_curvature, const Operator& precision,
                       const CurvatureView& curvature,
                       ObjectsWorkspace<ExecutionSpace>& workspace) {
  const std::size_t sources = objects.sources(), mapped = objects.mapped();
  expect_shape("objects_curvature", "curvature", curvature,
               std::array<std::size_t, 2>{sources, sources});
  concatenate(space, objects, workspace.mapping, workspace.cursors, ObjectPart::mappings);
  transpose(space, workspace.mapping, workspace.by_source);
  if (mapped > 0) {
    const auto own = std::make_pair(std::size_t(0), mapped);
    map_curvature(space, workspace.mapping, Kokkos::subview(curvature, own, own));
  }
  impl::respond_functions(space, precision, objects, workspace);
  impl::border_curvature<ExecutionSpace>(space, objects, strided_output<ExecutionSpace>(curvature),
                                         workspace);
}

/// The diagonal of the same F where functions have it: diagonal(mapped() + p) = f_p^T W f_p; the
/// mappings' part is that of curvature_diagonal() and is left alone. `diagonal` (S): double, any
/// stride. Throws Error on a wrong shape. Asynchronous where `precision` is. Cost: P products with
/// W.
template <class ExecutionSpace, class Operator, class MemorySpace, class DiagonalView>
void function_diagonal(const ExecutionSpace& space, const LinearObjects<MemorySpace>& objects,
                       const Operator& precision, const DiagonalView& diagonal,
                       ObjectsWorkspace<ExecutionSpace>& workspace) {
  expect_shape("function_diagonal", "diagonal", diagonal,
               std::array<std::size_t, 1>{objects.sources()});
  impl::respond_functions(space, precision, objects, workspace);
  impl::border_diagonal<ExecutionSpace>(space, objects, strided_output<ExecutionSpace>(diagonal),
                                        workspace);
}

#define GLINT_EXTERN(Space)                                                                        \
  extern template void impl::concatenate<Space>(                                                   \
      const Space&, const LinearObjects<typename Space::memory_space>&, ObjectPart,                \
      SparseMapping<typename Space::memory_space>&, ConcatenateWorkspace<Space>&);                 \
  extern template void impl::concatenate_regularizations<Space>(                                   \
      const Space&, const std::vector<MeshRegularization<typename Space::memory_space>>&,          \
      MeshRegularization<typename Space::memory_space>&);                                          \
  extern template void impl::collect_functions<Space>(                                             \
      const Space&, const LinearObjects<typename Space::memory_space>&, ObjectsWorkspace<Space>&); \
  extern template void impl::border_curvature<Space>(                                              \
      const Space&, const LinearObjects<typename Space::memory_space>&,                            \
      const StridedOutput<double**, Space>&, ObjectsWorkspace<Space>&);                            \
  extern template void impl::border_diagonal<Space>(                                               \
      const Space&, const LinearObjects<typename Space::memory_space>&,                            \
      const StridedOutput<double*, Space>&, ObjectsWorkspace<Space>&);
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
