// SPDX-License-Identifier: BSD-3-Clause
#include <glint/curvature_matrix.hpp>
#include <glint/impl/pixel_rectangle.hpp>
#include <glint/region.hpp>
#include <glint/w_tilde.hpp>

namespace glint {

const std::string& curvature_method_name(CurvatureMethod method) {
  static const std::string names[] = {"automatic", "direct", "fft", "products", "dense", "pairs"};
  return names[static_cast<int>(method)];
}

namespace impl {
namespace {

template <class MemorySpace>
bool same_pixels(const SkyPixels<MemorySpace>& a, const SkyPixels<MemorySpace>& b) {
  return a.row.data() == b.row.data() && a.column.data() == b.column.data() &&
         a.size() == b.size() && a.grid.ny == b.grid.ny && a.grid.nx == b.grid.nx;
}

/// Forgets what was made for other pixels, and measures these.
template <class ExecutionSpace, class T>
void adopt_pixels(const ExecutionSpace& space,
                  const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                  CurvatureWorkspace<ExecutionSpace, T>& workspace) {
  if (workspace.shape.pixels != 0 && same_pixels(workspace.pixels, pixels)) return;
  workspace.shape = CurvatureShape();
  workspace.plan.reset();
  workspace.transforms.reset();
  const PixelRectangle rectangle = read_rectangle(space, pixels, "curvature_matrix");
  workspace.pixels = pixels;
  workspace.shape.height = static_cast<std::size_t>(rectangle.height);
  workspace.shape.width = static_cast<std::size_t>(rectangle.width);
  workspace.shape.pixels = pixels.size();
}

template <class ExecutionSpace, class T>
void by_dense(const ExecutionSpace& space,
              const StridedInput<const double**, ExecutionSpace>& compact,
              const StridedInput<const double**, ExecutionSpace>* hankel,
              const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
              const SparseMapping<typename ExecutionSpace::memory_space, T>& mapping,
              const StridedOutput<T**, ExecutionSpace>& curvature,
              CurvatureWorkspace<ExecutionSpace, T>& workspace) {
  const std::size_t m = pixels.size();
  GLINT_EXPECTS(m <= w_tilde_limit, "curvature_matrix: a dense W of ", m, " x ", m,
                " numbers is refused; the most is ", w_tilde_limit,
                " pixels, and the other methods have no such limit");
  const auto make = [&](const char* label, auto& matrix) {
    if (matrix.extent(0) != m)
      matrix = allocate<std::decay_t<decltype(matrix)>>(space, label, m, m);
  };
  make("glint::curvature_matrix::w", workspace.w);
  w_tilde_from_compact(space, compact, pixels, workspace.w);
  if (hankel) add_hankel(space, *hankel, pixels, workspace.w);
  const auto finish = [&](const auto& w) {
    impl::curvature_from_w<ExecutionSpace, T>(space, w, mapping, curvature, WCurvatureOptions(),
                                              workspace.routes);
  };
  if constexpr (std::is_same_v<T, double>) {
    finish(workspace.w);
  } else {
    make("glint::curvature_matrix::converted", workspace.converted);
    copy(space, workspace.converted, workspace.w);
    finish(workspace.converted);
  }
}

}  // namespace

template <class ExecutionSpace, class T>
void curvature_matrix(const ExecutionSpace& space,
                      const StridedInput<const double**, ExecutionSpace>& compact,
                      const StridedInput<const double**, ExecutionSpace>* hankel,
                      const SkyPixels<typename ExecutionSpace::memory_space>& pixels,
                      const SparseMapping<typename ExecutionSpace::memory_space, T>& mapping,
                      const StridedOutput<T**, ExecutionSpace>& curvature,
                      const CurvatureOptions& options,
                      CurvatureWorkspace<ExecutionSpace, T>& workspace) {
  const ScopedRegion region("glint::curvature_matrix");
  adopt_pixels(space, pixels, workspace);
  if (mapping.sources == 0) return;
  CurvatureShape& shape = workspace.shape;
  shape.sources = mapping.sources;
  shape.nonzeros = pixels.size() * std::min(mapping.width, mapping.sources);
  shape.hankel = hankel != nullptr;
  auto& method = workspace.used = options.method;
  if (method == CurvatureMethod::automatic) method = fastest_curvature(space, shape);
  switch (method) {
    case CurvatureMethod::automatic:
    case CurvatureMethod::direct: {
      auto& plan = workspace.plan;
      if (!plan || plan->sources() != mapping.sources || plan->width() < mapping.width)
        plan.emplace(space, pixels, mapping.sources, mapping.width);
      return hankel ? plan->execute(space, compact, *hankel, mapping, curvature)
                    : plan->execute(space, compact, mapping, curvature);
    }
    case CurvatureMethod::fft:
      if (!workspace.transforms) workspace.transforms.emplace(space, pixels);
      return workspace.transforms->execute(space, compact, hankel, mapping, curvature);
    case CurvatureMethod::products:
      return curvature_products<ExecutionSpace, T>(space, compact, hankel, pixels, mapping,
                                                   curvature, workspace.routes);
    case CurvatureMethod::dense:
      return by_dense(space, compact, hankel, pixels, mapping, curvature, workspace);
    case CurvatureMethod::pairs:
      GLINT_EXPECTS(!hankel, "curvature_matrix: the method 'pairs' knows no Hankel part");
      return curvature_pairs<ExecutionSpace, T>(space, PairLayout::compact, compact, pixels,
                                                mapping, curvature, workspace.routes);
  }
}

}  // namespace impl

#define GLINT_INSTANTIATE_TYPE(Space, T)                                                          \
  template void impl::curvature_matrix<Space, T>(                                                 \
      const Space&, const StridedInput<const double**, Space>&,                                   \
      const StridedInput<const double**, Space>*, const SkyPixels<typename Space::memory_space>&, \
      const SparseMapping<typename Space::memory_space, T>&, const StridedOutput<T**, Space>&,    \
      const CurvatureOptions&, CurvatureWorkspace<Space, T>&);
#define GLINT_INSTANTIATE(Space)        \
  GLINT_INSTANTIATE_TYPE(Space, double) \
  GLINT_INSTANTIATE_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_TYPE

}  // namespace glint
