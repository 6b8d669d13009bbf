// SPDX-License-Identifier: BSD-3-Clause
#include <glint/curvature_matrix.hpp>
#include <glint/w_compact.hpp>
#include <glint/w_tilde.hpp>

#include "inversions.hpp"
#include "registry.hpp"

/// F = transpose(T) W T by every route. By symmetry half of nnz (M + S) multiply-adds are needed,
/// and from a W in memory one pass over it.

namespace glint::perf {
namespace {

/// What all routes share.
template <class ExecutionSpace, class T>
class Curvature : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Curvature(std::size_t side, std::size_t sources, std::size_t width)
      : problem_(Inversion::of(side, sources, width)),
        pixels_(glint::to_space(this->space, problem_->pixels)) {
    SparseMapping<Kokkos::HostSpace, T> host;
    const auto& mapping = problem_->mapping;
    host.pixels = mapping.pixels, host.sources = mapping.sources, host.width = mapping.width;
    host.offsets = mapping.offsets, host.columns = mapping.columns;
    host.values = Vector<T>("glint::perf::values", mapping.values.extent(0));
    std::copy_n(mapping.values.data(), mapping.values.extent(0), host.values.data());
    mapping_ = to_space(this->space, host);
    kernel_ =
        allocate<Matrix<double, Memory>>(this->space, "glint::perf::kernel", side, 2 * side - 1);
    copy(this->space, kernel_, problem_->kernel);
    curvature_ =
        allocate<Matrix<T, Memory>>(this->space, "glint::perf::curvature", sources, sources);
  }

  Numbers result() override { return this->numbers(curvature_); }
  Numbers expected() override {
    return *shared<Numbers>("curvature/" + problem_->key, [&] {
      return curvature_by_definition(problem_->pixels, problem_->mapping, problem_->kernel.data());
    });
  }
  std::vector<std::size_t> shape() const override {
    return {curvature_.extent(0), curvature_.extent(1)};
  }
  double tolerance() const override { return std::is_same_v<T, float> ? 1e-5 : 1e-12; }
  Work work() override {
    Work work;
    work.flops = problem_->nonzeros() * (problem_->m() + problem_->s());
    work.read_bytes = 12.0 * problem_->nonzeros() + 8.0 * static_cast<double>(kernel_.size());
    work.written_bytes = problem_->s() * problem_->s() * sizeof(T);
    return work;
  }
  void inputs(Export& out) override {
    out.array("compact", problem_->kernel);
    export_pixels(out, problem_->pixels);
    export_table(out, problem_->mapping);
  }

 protected:
  std::shared_ptr<const Inversion> problem_;
  SkyPixels<Memory> pixels_;
  SparseMapping<Memory, T> mapping_;
  Matrix<double, Memory> kernel_;
  Matrix<T, Memory> curvature_;
};

template <class ExecutionSpace, class T>
class ByPlan : public Curvature<ExecutionSpace, T> {
 public:
  ByPlan(std::size_t side, std::size_t sources, std::size_t width)
      : Curvature<ExecutionSpace, T>(side, sources, width),
        plan_(this->space, this->pixels_, sources, width) {}
  void run() override {
    plan_.execute(this->space, this->kernel_, this->mapping_, this->curvature_);
  }

 private:
  CurvaturePlan<ExecutionSpace, T> plan_;
};

/// In one call, by a method of its own or the fastest.
template <class ExecutionSpace>
class InOneCall : public Curvature<ExecutionSpace, double> {
 public:
  InOneCall(std::size_t side, std::size_t sources, std::size_t width, CurvatureMethod method)
      : Curvature<ExecutionSpace, double>(side, sources, width), options_{method} {}
  void run() override {
    curvature_matrix(this->space, this->kernel_, this->pixels_, this->mapping_, this->curvature_,
                     options_, workspace_);
  }

 private:
  CurvatureOptions options_;
  CurvatureWorkspace<ExecutionSpace> workspace_;
};

/// The routes that are common elsewhere.
enum class Route { products, pairs, preload, dense };

template <class ExecutionSpace>
class ByRoute : public Curvature<ExecutionSpace, double> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  ByRoute(std::size_t side, std::size_t sources, std::size_t width, Route route)
      : Curvature<ExecutionSpace, double>(side, sources, width), route_(route) {
    const std::size_t m = this->pixels_.size();
    if (route == Route::preload) {
      preload_ =
          allocate<Matrix<double, Memory>>(this->space, "glint::perf::preload", 2 * side, 2 * side);
      w_preload(this->space, this->pixels_.grid, this->kernel_, preload_);
    }
    if (route == Route::dense)
      w_ = allocate<Matrix<double, Memory>>(this->space, "glint::perf::w", m, m);
  }
  void run() override {
    switch (route_) {
      case Route::products:
        return curvature_from_compact_products(this->space, this->kernel_, this->pixels_,
                                               this->mapping_, this->curvature_, workspace_);
      case Route::pairs:
        return curvature_from_compact_pairs(this->space, this->kernel_, this->pixels_,
                                            this->mapping_, this->curvature_, workspace_);
      case Route::preload:
        return curvature_from_preload(this->space, preload_, this->pixels_, this->mapping_,
                                      this->curvature_, workspace_);
      case Route::dense:
        w_tilde_from_compact(this->space, this->kernel_, this->pixels_, w_);
        return curvature_from_w(this->space, w_, this->mapping_, this->curvature_,
                                {WCurvature::dense}, workspace_);
    }
  }

 private:
  Route route_;
  Matrix<double, Memory> preload_;
  Matrix<double, Memory> w_;
  WCurvatureWorkspace<ExecutionSpace, double> workspace_;
};

/// From a W in memory.
template <class ExecutionSpace>
class FromW : public Curvature<ExecutionSpace, double> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  FromW(std::size_t side, std::size_t sources, std::size_t width, const WCurvatureOptions& options)
      : Curvature<ExecutionSpace, double>(side, sources, width), options_(options) {
    const std::size_t m = this->pixels_.size();
    w_ = allocate<Matrix<double, Memory>>(this->space, "glint::perf::w", m, m);
    w_tilde_from_compact(this->space, this->kernel_, this->pixels_, w_);
  }
  void run() override {
    curvature_from_w(this->space, w_, this->mapping_, this->curvature_, options_, workspace_);
  }
  Work work() override {
    Work work = Curvature<ExecutionSpace, double>::work();
    work.read_bytes =
        static_cast<double>(w_.size() * sizeof(double)) + 12.0 * this->problem_->nonzeros();
    return work;
  }
  void inputs(Export& out) override {
    const Numbers w = dense_w(this->problem_->pixels, this->problem_->kernel.data());
    out.array("w", {w_.extent(0), w_.extent(1)}, w.data());
    export_table(out, this->problem_->mapping);
  }

 private:
  WCurvatureOptions options_;
  Matrix<double, Memory> w_;
  WCurvatureWorkspace<ExecutionSpace, double> workspace_;
};

struct Size {
  std::size_t side, sources, width;
  Arguments arguments() const { return {{"side", side}, {"sources", sources}, {"width", width}}; }
  double elements() const { return static_cast<double>(sources * sources); }
};

template <class ExecutionSpace>
void register_routes(Registry& registry) {
  const auto route = [&](const std::string& method, Route by, std::initializer_list<Size> sizes) {
    for (const Size& n : sizes)
      registry.add<ByRoute<ExecutionSpace>>("curvature", method, "double", n.arguments(),
                                            n.elements(), n.side, n.sources, n.width, by);
  };
  const Size small{30, 716, 3}, middle{64, 1000, 3}, large{128, 1000, 3}, wide{30, 716, 300};
  route("products", Route::products, {small, wide, middle, large});
  route("pairs", Route::pairs, {small, middle, large});
  route("preload", Route::preload, {small, middle, large});
  route("dense", Route::dense, {small, wide, middle});
  for (const CurvatureMethod method : {CurvatureMethod::automatic, CurvatureMethod::fft}) {
    if (method == CurvatureMethod::fft && fft_library<ExecutionSpace>().empty()) continue;
    for (const Size& n :
         {small, wide, middle, large, Size{128, 1000, 300}, Size{140, 1500, 3}, Size{300, 1000, 3}})
      registry.add<InOneCall<ExecutionSpace>>("curvature", curvature_method_name(method), "double",
                                              n.arguments(), n.elements(), n.side, n.sources,
                                              n.width, method);
  }
  for (const WCurvature method : {WCurvature::sparse, WCurvature::products, WCurvature::dense})
    for (const Linalg linalg : {Linalg::plain, Linalg::kokkos_kernels}) {
      const bool library = linalg == Linalg::kokkos_kernels;
      if (library && (!has_kokkos_kernels() || method == WCurvature::sparse)) continue;
      const std::string name = w_curvature_name(method) + (library ? "-kokkos-kernels" : "");
      for (const Size& n : {small, wide, middle}) {
        if (library && n.side > 30) continue;  // minutes on one core
        registry.add<FromW<ExecutionSpace>>("curvature_from_w", name, "double", n.arguments(),
                                            n.elements(), n.side, n.sources, n.width,
                                            WCurvatureOptions{method, linalg});
      }
    }
}

template <class ExecutionSpace, class T>
void register_space(Registry& registry) {
  const std::string precision = precision_name<T>();
  for (const Size& n :
       {Size{30, 716, 3}, Size{30, 716, 300}, Size{64, 1000, 1}, Size{64, 1000, 3},
        Size{64, 1000, 300}, Size{128, 1000, 3}, Size{140, 1500, 3}, Size{300, 1000, 3}})
    registry.add<ByPlan<ExecutionSpace, T>>("curvature", "plan", precision, n.arguments(),
                                            n.elements(), n.side, n.sources, n.width);
  if constexpr (std::is_same_v<T, double>) register_routes<ExecutionSpace>(registry);
}
}  // namespace

void register_curvature(Registry& registry) {
#define GLINT_REGISTER(Space)              \
  register_space<Space, double>(registry); \
  register_space<Space, float>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
