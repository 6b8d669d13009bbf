// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_UV_SUMS_HPP
#define GLINT_UV_SUMS_HPP

#include <glint/backends.hpp>
#include <glint/dirty_image.hpp>
#include <glint/uv_sums_state.hpp>
#include <glint/w_compact.hpp>

/// All that a reconstruction needs of a data set, gathered in one pass over its visibilities.
///
/// With standard deviations sr, si of the two parts of each visibility the precision of the image
/// is
///   W_ij = sum over k of a_k cos(2 pi (r_i - r_j) . (u_k, v_k)) + h_k cos(2 pi (r_i + r_j) . (u_k,
///   v_k)),  a = (sr^-2 + si^-2)/2, h = (sr^-2 - si^-2)/2,
/// a Toeplitz and a Hankel matrix, r = (x, y); the second vanishes where the parts have equal
/// noise.

namespace glint {

/// Which noise weighs the kernel.
enum class NoiseWeights {
  exact,  ///< that of both parts: Toeplitz and, where they differ, Hankel
  real,   ///< a = sr^-2 and h = 0, as programs do that ignore si
};

/// "exact", "real".
const std::string& noise_weights_name(NoiseWeights noise);

struct UvSumsOptions {
  NoiseWeights noise = NoiseWeights::exact;
  KernelOptions kernel;
};

template <class ExecutionSpace>
class UvSums;

/// Adds visibilities to the sums. The chunks in which a data set is handed over do not matter: sums
/// of any split agree to 1e-13 of the sum of weights, where `automatic` takes `separable` for short
/// chunks and `nufft` for long ones to its tolerance.
///
/// Values are checked first. Throws Error, and leaves the sums as they were, when a column has
/// another length, when u or v is not a finite number with less than 1e15 turns of phase to a
/// pixel, when re or im is not a finite number below 1e100 in size, and when a noise is not a
/// number from 1e-100 to 1e100; the sentence names the first such visibility, counted over all
/// chunks from 0, and the value. Synchronous. Cost: separable 3 K NY NX multiplications and
/// additions with equal noises, 5 K NY NX from the first chunk on that has others; nufft K (3 W^2 +
/// 80 W), or 4, and three or four transforms for every chunk, so chunks should be no shorter than
/// some NY NX. No allocation after the largest chunk.
template <class ExecutionSpace>
void accumulate(const ExecutionSpace& space,
                const UvData<typename ExecutionSpace::memory_space>& chunk,
                UvSums<ExecutionSpace>& sums) {
  sums.add(space, chunk);
}

/// The sums. Memory: 8 (4 NY (2 NX - 1) + 2 M) bytes for the sums and at most some 64 MB, or one
/// set of sums or of fine grids (some 250 NY NX bytes), of workspace, whatever K.
template <class ExecutionSpace>
class UvSums {
 public:
  using MemorySpace = typename ExecutionSpace::memory_space;

  /// Sums of no visibility. The pixels are shared, not copied. Throws Error on an illegal grid,
  /// illegal options, and where `nufft` is asked for and the build has no FFT library.
  /// Asynchronous.
  UvSums(const ExecutionSpace& space, const SkyPixels<MemorySpace>& pixels,
         const UvSumsOptions& options = {});

  const SkyPixels<MemorySpace>& pixels() const { return pixels_; }
  const SkyGrid& grid() const { return pixels_.grid; }
  const UvSumsOptions& options() const { return options_; }

  /// The kernel of the Toeplitz part, (NY, 2 NX - 1), laid out as w_compact() says.
  const Matrix<double, MemorySpace>& compact() const { return compact_; }

  /// Whether some visibility had unequal noises, so that W has a Hankel part too.
  bool has_hankel() const { return has_hankel_; }

  /// The kernel of the Hankel part in the same layout, where has_hankel(); otherwise empty. For
  /// pixels i and j take the offset (row_i + row_j - NY + 1, column_i + column_j - NX + 1).
  const Matrix<double, MemorySpace>& hankel() const { return hankel_; }

  /// The dirty image, (M), as dirty_image() says.
  const Vector<double, MemorySpace>& dirty_image() const { return dirty_; }

  /// Sum of (re/sr)^2 + (im/si)^2.
  double data_term() const { return data_term_.value(); }

  /// Sum of ln(2 pi sr^2) + ln(2 pi si^2).
  double noise_normalization() const;

  /// K.
  std::size_t count() const { return count_; }

  /// Forgets all visibilities and keeps the memory. Asynchronous.
  void clear(const ExecutionSpace& space);

  /// Everything, on the host, to be kept in a file (uv_sums_io.hpp). Synchronous.
  UvSumsState state(const ExecutionSpace& space) const;

  /// Becomes the sums that state() was taken of: what is accumulated from then on gives the same
  /// to the last bit as if they had never stopped. Throws Error, and leaves the sums as they were,
  /// unless the state is of sums over the same pixels with the same options. Synchronous.
  void restore(const ExecutionSpace& space, const UvSumsState& state);

  /// accumulate() says what this does.
  void add(const ExecutionSpace& space, const UvData<MemorySpace>& chunk);

 private:
  /// A sum and what its rounding lost.
  struct Compensated {
    double high = 0.0, low = 0.0;
    void add(double value);
    double value() const { return high + low; }
  };

  void prepare_hankel(const ExecutionSpace& space);
  bool check(const ExecutionSpace& space, const UvData<MemorySpace>& chunk);
  template <class Weights>
  void add_sums(const ExecutionSpace& space, const UvData<MemorySpace>& chunk,
                const Weights& weights);
  template <class Weights>
  void add_kernel(const ExecutionSpace& space, const UvData<MemorySpace>& chunk,
                  const Weights& weights, KernelMethod method);
  void add_image(const ExecutionSpace& space, const UvData<MemorySpace>& chunk,
                 KernelMethod method);
  template <class Weights>
  void add_by_nufft(const ExecutionSpace& space, const UvData<MemorySpace>& chunk,
                    const Weights& weights);

  SkyPixels<MemorySpace> pixels_;
  UvSumsOptions options_;
  Matrix<double, MemorySpace> compact_, hankel_;
  Vector<double, MemorySpace> dirty_;
  Vector<double, MemorySpace> compact_low_, hankel_low_, dirty_low_;  // lost by their rounding
  Vector<double, MemorySpace> scalars_;
  KernelWorkspace<ExecutionSpace> workspace_;
  bool has_hankel_ = false;
  Compensated data_term_, log_noise_;  // of log2(sr si)
  std::size_t count_ = 0;
};

#define GLINT_EXTERN(Space) extern template class UvSums<Space>;
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint

#endif
