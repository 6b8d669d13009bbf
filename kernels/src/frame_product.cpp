// SPDX-License-Identifier: BSD-3-Clause
#include <glint/backends.hpp>
#include <glint/impl/operator/frame_kernels.hpp>
#include <glint/impl/operator/frame_product.hpp>
#include <glint/memory.hpp>

namespace glint::impl {
namespace {

PrunedFftShape frame_shape(int height, int width) {
  PrunedFftShape shape;
  shape.ny = good_fft_size(static_cast<std::size_t>(2 * height - 1));
  // Even, which real transforms like best.
  shape.nx = 2 * good_fft_size(static_cast<std::size_t>(width));
  shape.rows = static_cast<std::size_t>(height);
  shape.columns = shape.nx / 2 + 1;
  return shape;
}

/// Frame f of a batch as a batch of one.
template <class ExecutionSpace, class T>
auto part_of(const Cube<T, typename ExecutionSpace::memory_space>& batch, std::size_t f) {
  using Part = Kokkos::View<T***, Kokkos::LayoutRight, typename ExecutionSpace::memory_space,
                            Kokkos::MemoryUnmanaged>;
  return Part(batch.data() + f * batch.extent(1) * batch.extent(2), 1, batch.extent(1),
              batch.extent(2));
}

}  // namespace

template <class ExecutionSpace>
std::size_t FrameProduct<ExecutionSpace>::frame_bytes(int height, int width) {
  const PrunedFftShape shape = frame_shape(height, width);
  return sizeof(double) * shape.rows * shape.real_pitch() +
         sizeof(Complex) * shape.columns * shape.spectrum_pitch();
}

template <class ExecutionSpace>
FrameProduct<ExecutionSpace>::FrameProduct(const ExecutionSpace& space,
                                           const PixelRows<MemorySpace>& rows, std::size_t batch,
                                           const char* user)
    : rows_(rows), shape_(frame_shape(rows.height, rows.width)) {
  GLINT_EXPECTS(!fft_library<ExecutionSpace>().empty(), user, ": the method 'fft' needs an FFT ",
                "library, and this build of glint has none for the backend '",
                backend_name<ExecutionSpace>(), "'; 'direct' needs none");
  const std::string what =
      concat("transforms of ", batch, " images of ", rows.height, " x ", rows.width, " pixels");
  expect_memory(what, array_bytes(what, {batch + 1, frame_bytes(rows.height, rows.width)}, 1));
  single_ = std::make_shared<Plan>(space, shape_);
  shape_.batch = batch;
  plan_ = batch == 1 ? single_ : std::make_shared<const Plan>(space, shape_);
  frames_ = allocate<Cube<double, MemorySpace>>(space, "glint::FrameProduct::frames", batch,
                                                shape_.rows, shape_.real_pitch());
  spectrum_ = allocate<Cube<Complex, MemorySpace>>(space, "glint::FrameProduct::spectrum", batch,
                                                   shape_.columns, shape_.spectrum_pitch());
  toeplitz_ = allocate<Matrix<double, MemorySpace>>(space, "glint::FrameProduct::toeplitz",
                                                    shape_.columns, shape_.spectrum_pitch());
  fill(space, frames_, 0.0);  // what a row holds beyond its columns is never set
}

template <class ExecutionSpace>
void FrameProduct<ExecutionSpace>::transform_first(const ExecutionSpace& space) const {
  single_->forward(space, part_of<ExecutionSpace>(frames_, 0),
                   part_of<ExecutionSpace>(spectrum_, 0));
}

template <class ExecutionSpace>
void FrameProduct<ExecutionSpace>::set_kernel(const ExecutionSpace& space, const SkyGrid& grid,
                                              const Kernel& compact, const Kernel* hankel) {
  const int columns = static_cast<int>(shape_.nx);
  const double scale = 1.0 / static_cast<double>(shape_.ny * shape_.nx);
  const std::size_t numbers = shape_.columns * shape_.ny;
  const auto teams = row_teams(space, 1, rows_.height);
  Kokkos::parallel_for("glint::FrameProduct::load_lower", teams,
                       LoadLower<ExecutionSpace>{compact, frames_, rows_.width, columns});
  transform_first(space);
  Kokkos::parallel_for("glint::FrameProduct::store_toeplitz", range(space, numbers),
                       StoreToeplitz<ExecutionSpace>{spectrum_, toeplitz_, shape_.ny, 2.0 * scale});
  has_hankel_ = hankel != nullptr;
  if (!hankel) return;
  if (hankel_.extent(0) == 0)
    hankel_ = allocate<Matrix<Complex, MemorySpace>>(space, "glint::FrameProduct::hankel",
                                                     shape_.columns, shape_.spectrum_pitch());
  const int row_shift = 2 * rows_.first_row - (static_cast<int>(grid.ny) - 1);
  const int column_shift = 2 * rows_.first_column - (static_cast<int>(grid.nx) - 1);
  const int parts[2] = {0, rows_.height};  // sums have 2 h - 1 rows, a frame has h
  for (const int first : parts) {
    Kokkos::parallel_for("glint::FrameProduct::load_sums", teams,
                         LoadSums<ExecutionSpace>{*hankel, frames_, rows_.height, rows_.width,
                                                  columns, first, row_shift, column_shift});
    transform_first(space);
    Kokkos::parallel_for("glint::FrameProduct::store_hankel", range(space, numbers),
                         StoreHankel<ExecutionSpace>{spectrum_, hankel_, shape_.ny,
                                                     static_cast<std::size_t>(first), scale});
  }
}

template <class ExecutionSpace>
void FrameProduct<ExecutionSpace>::run(const ExecutionSpace& space, std::size_t count) const {
  const Matrix<Complex, MemorySpace> hankel = has_hankel_ ? hankel_ : decltype(hankel_)();
  if (count == shape_.batch)
    return plan_->filter(space, frames_, spectrum_, toeplitz_, hankel, frames_);
  for (std::size_t f = 0; f < count; ++f) {
    const auto frame = part_of<ExecutionSpace>(frames_, f);
    single_->filter(space, frame, part_of<ExecutionSpace>(spectrum_, f), toeplitz_, hankel, frame);
  }
}

template <class ExecutionSpace>
std::size_t FrameProduct<ExecutionSpace>::bytes() const {
  return sizeof(double) * (frames_.size() + toeplitz_.size()) +
         sizeof(Complex) * (spectrum_.size() + hankel_.size()) +
         sizeof(int) * (rows_.begin.size() + rows_.column.size());
}

#define GLINT_INSTANTIATE(Space) template class FrameProduct<Space>;
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint::impl
