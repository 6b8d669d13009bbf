// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <glint/curvature_cost.hpp>
#include <glint/impl/operator/direct_kernels.hpp>
#include <glint/memory.hpp>
#include <glint/precision_operator.hpp>
#include <glint/region.hpp>

namespace glint {

const std::string& operator_method_name(OperatorMethod method) {
  static const std::string names[] = {"automatic", "direct", "fft"};
  return names[static_cast<int>(method)];
}

namespace {

int whole(int count, int part) { return (count + part - 1) / part; }

/// Columns of a table, so that neighbouring rows do not compete for the same places of a cache.
int odd_lines(int columns) { return 16 * ((columns + 7) / 16) + 8; }

template <class ExecutionSpace>
OperatorMethod choose(const ExecutionSpace& space, int height, int width) {
  if (fft_library<ExecutionSpace>().empty()) return OperatorMethod::direct;
  const OperatorCost cost =
      operator_cost(space, static_cast<std::size_t>(height), static_cast<std::size_t>(width));
  return cost.direct <= cost.fft ? OperatorMethod::direct : OperatorMethod::fft;
}

}  // namespace

template <class ExecutionSpace>
PrecisionOperator<ExecutionSpace>::PrecisionOperator(const ExecutionSpace& space,
                                                     const SkyPixels<MemorySpace>& pixels,
                                                     const OperatorOptions& options)
    : grid_(pixels.grid),
      pixels_(pixels.size()),
      method_(options.method),
      rows_(impl::make_pixel_rows(space, pixels, "PrecisionOperator")) {
  GLINT_EXPECTS(options.batch > 0, "PrecisionOperator: the batch must be at least 1 image, not 0");
  if (method_ == OperatorMethod::automatic) method_ = choose(space, rows_.height, rows_.width);
  if (method_ == OperatorMethod::direct)
    prepare_direct(space);
  else
    product_ = impl::FrameProduct<ExecutionSpace>(space, rows_, options.batch, "PrecisionOperator");
}

template <class ExecutionSpace>
void PrecisionOperator<ExecutionSpace>::prepare_direct(const ExecutionSpace& space) {
  using Shape = impl::ConvolutionShape<ExecutionSpace, double>;
  const int groups = whole(rows_.height, impl::direct_group);
  const int height = whole(rows_.height, Shape::thread_rows) * Shape::thread_rows;
  const int width = whole(rows_.width, Shape::thread_columns) * Shape::thread_columns;
  const int rows = height + impl::direct_group * groups - 1;
  const int columns = odd_lines(width + rows_.width - 1);
  const std::string what = concat("the precision of ", rows_.height, " x ", rows_.width, " pixels");
  expect_memory(
      what,
      array_bytes(what, {2 * static_cast<std::size_t>(rows), static_cast<std::size_t>(columns)},
                  sizeof(double)));
  grouped_ = allocate<Cube<double, MemorySpace>>(space, "glint::PrecisionOperator::grouped", groups,
                                                 rows_.width, impl::direct_group);
  frame_ = allocate<Cube<double, MemorySpace>>(space, "glint::PrecisionOperator::frame", 1, height,
                                               width);
  toeplitz_ = allocate<Matrix<double, MemorySpace>>(space, "glint::PrecisionOperator::toeplitz",
                                                    rows, columns);
}

template <class ExecutionSpace>
void PrecisionOperator<ExecutionSpace>::load(const ExecutionSpace& space, const Kernel& compact,
                                             const Kernel* hankel) {
  const ScopedRegion region("glint::PrecisionOperator::set_kernel");
  has_kernel_ = true;
  has_hankel_ = hankel != nullptr;
  if (method_ == OperatorMethod::fft) return product_.set_kernel(space, grid_, compact, hankel);
  const Kokkos::TeamPolicy<ExecutionSpace> teams(space, static_cast<int>(toeplitz_.extent(0)),
                                                 team_size<ExecutionSpace>(128));
  using Fill = impl::FillOffsets<ExecutionSpace>;
  const int above = impl::direct_group * static_cast<int>(grouped_.extent(0)) - 1;
  Kokkos::parallel_for("glint::PrecisionOperator::toeplitz", teams,
                       Fill{compact, toeplitz_, -above, 1 - rows_.width});
  if (!hankel) return;
  if (hankel_.extent(0) == 0)
    hankel_ = allocate<Matrix<double, MemorySpace>>(space, "glint::PrecisionOperator::hankel",
                                                    toeplitz_.extent(0), toeplitz_.extent(1));
  Kokkos::parallel_for(
      "glint::PrecisionOperator::hankel", teams,
      Fill{*hankel, hankel_, 2 * rows_.first_row - (static_cast<int>(grid_.ny) - 1),
           2 * rows_.first_column - (static_cast<int>(grid_.nx) - 1)});
}

template <class ExecutionSpace>
void PrecisionOperator<ExecutionSpace>::run(const ExecutionSpace& space, const Images& images,
                                            const Results& results) const {
  const ScopedRegion region("glint::PrecisionOperator::apply");
  if (method_ == OperatorMethod::direct) return run_direct(space, images, results);
  const auto& frames = product_.frames();
  const std::size_t count = images.extent(0);
  for (std::size_t first = 0; first < count; first += product_.batch()) {
    const std::size_t some = std::min(product_.batch(), count - first);
    const auto teams = impl::row_teams(space, some, rows_.height);
    Kokkos::parallel_for(
        "glint::PrecisionOperator::load", teams,
        impl::LoadImages<ExecutionSpace>{rows_, images, frames, static_cast<int>(first),
                                         static_cast<int>(product_.columns())});
    product_.run(space, some);
    Kokkos::parallel_for(
        "glint::PrecisionOperator::take", teams,
        impl::TakeImages<ExecutionSpace>{rows_, frames, results, static_cast<int>(first)});
  }
}

template <class ExecutionSpace>
void PrecisionOperator<ExecutionSpace>::run_direct(const ExecutionSpace& space,
                                                   const Images& images,
                                                   const Results& results) const {
  using Shape = impl::ConvolutionShape<ExecutionSpace, double>;
  const int groups = static_cast<int>(grouped_.extent(0));
  const int across = static_cast<int>(frame_.extent(2)) / Shape::thread_columns;
  const std::size_t tiles =
      frame_.extent(1) / Shape::thread_rows * static_cast<std::size_t>(across);
  const auto multiply = [&](const auto& functor) {
    Kokkos::parallel_for(
        "glint::PrecisionOperator::multiply",
        Kokkos::RangePolicy<ExecutionSpace, Kokkos::Schedule<Kokkos::Dynamic>>(space, 0, tiles),
        functor);
  };
  for (std::size_t b = 0; b < images.extent(0); ++b) {
    const int image = static_cast<int>(b);
    Kokkos::parallel_for("glint::PrecisionOperator::group", impl::row_teams(space, 1, groups),
                         impl::GroupRows<ExecutionSpace>{rows_, images, grouped_, image});
    if (has_hankel_)
      multiply(impl::DirectProduct<ExecutionSpace, true>{rows_, grouped_, toeplitz_, hankel_,
                                                         frame_, groups, across});
    else
      multiply(impl::DirectProduct<ExecutionSpace, false>{rows_, grouped_, toeplitz_, hankel_,
                                                          frame_, groups, across});
    Kokkos::parallel_for("glint::PrecisionOperator::take", impl::row_teams(space, 1, rows_.height),
                         impl::TakeImages<ExecutionSpace>{rows_, frame_, results, image});
  }
}

template <class ExecutionSpace>
std::size_t PrecisionOperator<ExecutionSpace>::bytes() const {
  const std::size_t own =
      sizeof(double) * (grouped_.size() + frame_.size() + toeplitz_.size() + hankel_.size());
  return method_ == OperatorMethod::fft
             ? product_.bytes()
             : own + sizeof(int) * (rows_.begin.size() + rows_.column.size());
}

#define GLINT_INSTANTIATE(Space) template class PrecisionOperator<Space>;
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
