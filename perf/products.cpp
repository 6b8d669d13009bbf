// SPDX-License-Identifier: BSD-3-Clause
#include <glint/fft.hpp>
#include <glint/linalg.hpp>

#include "inversions.hpp"
#include "registry.hpp"
#include "visibilities.hpp"

/// Matrix products (a multiply-add for every row, column and term) and Fourier transforms (some
/// 2.5 F log2 F of a real image of F pixels).

namespace glint::perf {
namespace {

template <class ExecutionSpace, class T>
class Product : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Product(std::size_t size, Linalg linalg) : size_(size), linalg_(linalg) {
    Spread spread(37);
    const auto matrix = [&](Matrix<T>& host) {
      host = Matrix<T>("glint::perf::host", size, size);
      for (std::size_t k = 0; k < host.size(); ++k)
        host.data()[k] = static_cast<T>(spread(-1.0, 1.0));
      const auto there =
          allocate<Matrix<T, Memory>>(this->space, "glint::perf::matrix", size, size);
      copy(this->space, there, host);
      return there;
    };
    a_ = matrix(host_a_), b_ = matrix(host_b_);
    c_ = allocate<Matrix<T, Memory>>(this->space, "glint::perf::product", size, size);
  }
  void run() override { gemm(this->space, Op::none, Op::none, T(1), a_, b_, T(0), c_, linalg_); }
  Numbers result() override { return this->numbers(c_); }
  Numbers expected() override {
    Numbers c(size_ * size_, 0.0);
    for (std::size_t i = 0; i < size_; ++i)
      for (std::size_t k = 0; k < size_; ++k) {
        const double a = host_a_(i, k);
        for (std::size_t j = 0; j < size_; ++j) c[i * size_ + j] += a * host_b_(k, j);
      }
    return c;
  }
  std::vector<std::size_t> shape() const override { return {size_, size_}; }
  double tolerance() const override { return std::is_same_v<T, float> ? 1e-5 : 1e-14; }
  Work work() override {
    Work work;
    const double n = static_cast<double>(size_);
    work.flops = 2.0 * n * n * n;
    work.read_bytes = 2.0 * sizeof(T) * n * n;
    work.written_bytes = sizeof(T) * n * n;
    return work;
  }

 private:
  std::size_t size_;
  Linalg linalg_;
  Matrix<T> host_a_, host_b_;
  Matrix<T, Memory> a_, b_, c_;
};

/// T times a dense matrix (S, C), T the mapping of a reconstruction.
template <class ExecutionSpace>
class SparseProduct : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  SparseProduct(std::size_t side, std::size_t sources, std::size_t columns, Linalg linalg)
      : problem_(Inversion::of(side, sources, 3)),
        linalg_(linalg),
        mapping_(to_space(this->space, problem_->mapping)),
        host_x_("glint::perf::x", sources, columns) {
    Spread spread(41);
    for (std::size_t k = 0; k < host_x_.size(); ++k) host_x_.data()[k] = spread(-1.0, 1.0);
    x_ = allocate<Matrix<double, Memory>>(this->space, "glint::perf::x", sources, columns);
    y_ = allocate<Matrix<double, Memory>>(this->space, "glint::perf::y", mapping_.pixels, columns);
    copy(this->space, x_, host_x_);
  }
  void run() override { sparse_times_dense(this->space, mapping_, x_, y_, linalg_); }
  Numbers result() override { return this->numbers(y_); }
  Numbers expected() override {
    const auto& mapping = problem_->mapping;
    const std::size_t columns = host_x_.extent(1);
    Numbers y(mapping.pixels * columns, 0.0);
    for (std::size_t m = 0; m < mapping.pixels; ++m)
      for (int k = mapping.offsets(m); k < mapping.offsets(m + 1); ++k)
        for (std::size_t c = 0; c < columns; ++c)
          y[m * columns + c] +=
              mapping.values(k) * host_x_(static_cast<std::size_t>(mapping.columns(k)), c);
    return y;
  }
  std::vector<std::size_t> shape() const override { return {y_.extent(0), y_.extent(1)}; }
  double tolerance() const override { return 1e-14; }
  Work work() override {
    Work work;
    const double columns = static_cast<double>(x_.extent(1));
    work.flops = 2.0 * problem_->nonzeros() * columns;
    work.read_bytes = 12.0 * problem_->nonzeros() + 8.0 * problem_->s() * columns;
    work.written_bytes = 8.0 * problem_->m() * columns;
    return work;
  }

 private:
  std::shared_ptr<const Inversion> problem_;
  Linalg linalg_;
  SparseMapping<Memory> mapping_;
  Matrix<double> host_x_;
  Matrix<double, Memory> x_, y_;
};

/// Forward, compared with the definition by rows and then by columns.
template <class ExecutionSpace, class T>
class Transform : public CaseOn<ExecutionSpace> {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  explicit Transform(std::size_t side)
      : side_(side), half_(side / 2 + 1), host_("glint::perf::host", side, side) {
    FftShape shape;
    shape.ny = shape.nx = side;
    plan_ = std::make_unique<FftPlan<ExecutionSpace, T>>(this->space, shape);
    Spread spread(43);
    for (std::size_t k = 0; k < host_.size(); ++k)
      host_.data()[k] = static_cast<T>(spread(-1.0, 1.0));
    real_ = allocate<Matrix<T, Memory>>(this->space, "glint::perf::real", side, side);
    spectrum_ = allocate<Matrix<Kokkos::complex<T>, Memory>>(this->space, "glint::perf::spectrum",
                                                             side, half_);
    copy(this->space, real_, host_);
  }
  void run() override { plan_->forward(this->space, real_, spectrum_); }
  Numbers result() override {
    const auto host = Kokkos::create_mirror_view(spectrum_);
    copy(this->space, host, spectrum_);
    this->fence();
    Numbers parts;
    for (std::size_t k = 0; k < host.size(); ++k) {
      parts.push_back(host.data()[k].real());
      parts.push_back(host.data()[k].imag());
    }
    return parts;
  }
  Numbers expected() override {
    Phases turn;
    turn.assign(side_, 0.0, 1.0 / static_cast<double>(side_));
    Numbers rows(2 * side_ * half_, 0.0), all(2 * side_ * half_, 0.0);
    for (std::size_t i = 0; i < side_; ++i)
      for (std::size_t k = 0; k < half_; ++k)
        for (std::size_t j = 0; j < side_; ++j) {
          const std::size_t place = k * j % side_;
          rows[2 * (i * half_ + k)] += host_(i, j) * turn.cosine[place];
          rows[2 * (i * half_ + k) + 1] -= host_(i, j) * turn.sine[place];
        }
    for (std::size_t q = 0; q < side_; ++q)
      for (std::size_t i = 0; i < side_; ++i) {
        const double c = turn.cosine[q * i % side_], s = turn.sine[q * i % side_];
        for (std::size_t k = 0; k < half_; ++k) {
          const double re = rows[2 * (i * half_ + k)], im = rows[2 * (i * half_ + k) + 1];
          all[2 * (q * half_ + k)] += re * c + im * s;
          all[2 * (q * half_ + k) + 1] += im * c - re * s;
        }
      }
    return all;
  }
  std::vector<std::size_t> shape() const override { return {side_, half_, 2}; }
  double tolerance() const override { return std::is_same_v<T, float> ? 1e-5 : 1e-13; }
  Work work() override {
    Work work;
    const double pixels = static_cast<double>(side_ * side_);
    work.flops = 2.5 * pixels * std::log2(pixels);
    work.read_bytes = sizeof(T) * pixels;
    work.written_bytes = 2.0 * sizeof(T) * static_cast<double>(spectrum_.size());
    return work;
  }

 private:
  std::size_t side_, half_;
  Matrix<T> host_;
  std::unique_ptr<FftPlan<ExecutionSpace, T>> plan_;
  Matrix<T, Memory> real_;
  Matrix<Kokkos::complex<T>, Memory> spectrum_;
};

template <class ExecutionSpace, class T>
void register_space(Registry& registry) {
  for (const Linalg linalg : {Linalg::plain, Linalg::kokkos_kernels}) {
    if (linalg == Linalg::kokkos_kernels && !has_kokkos_kernels()) continue;
    for (const std::size_t size : {100, 716, 1000})
      registry.add<Product<ExecutionSpace, T>>("gemm", linalg_name(linalg), precision_name<T>(),
                                               {{"size", size}}, static_cast<double>(size * size),
                                               size, linalg);
    if constexpr (std::is_same_v<T, double>) {
      constexpr std::size_t sizes[][2] = {{30, 716}, {64, 1000}};
      for (const auto& [side, sources] : sizes)
        registry.add<SparseProduct<ExecutionSpace>>(
            "sparse_times_dense", linalg_name(linalg), "double",
            {{"side", side}, {"sources", sources}, {"columns", 100}},
            100.0 * static_cast<double>(circle(side).size()), side, sources, std::size_t(100),
            linalg);
    }
  }
  if (fft_library<ExecutionSpace, T>().empty()) return;
  for (const std::size_t side : {64, 256, 500})
    registry.add<Transform<ExecutionSpace, T>>(
        "fft", "forward", precision_name<T>(), {{"side", side}},
        static_cast<double>(2 * side * (side / 2 + 1)), side);
}

}  // namespace

void register_products(Registry& registry) {
#define GLINT_REGISTER(Space)              \
  register_space<Space, double>(registry); \
  register_space<Space, float>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
