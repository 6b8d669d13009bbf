// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_CONTRACT_UV_EVERYTHING_HPP
#define GLINT_TESTS_CONTRACT_UV_EVERYTHING_HPP

#include <glint/dirty_image.hpp>
#include <glint/fft.hpp>
#include <glint/uv_sums.hpp>
#include <glint/w_compact.hpp>
#include <glint/w_tilde.hpp>
#include <support/visibilities.hpp>

/// Sums over visibilities, for call_everything().

namespace glint::test {

template <class ExecutionSpace>
void uv_everything(const ExecutionSpace& space) {
  using Memory = typename ExecutionSpace::memory_space;
  const SkyGrid grid{5, 6, 0.05};
  const auto pixels = to_space(space, island_pixels(grid));
  const auto data = to_space(space, random_visibilities(600, 4e6));  // more than one slab
  const auto equal = to_space(space, random_visibilities(30, 4e6, true));
  const auto array = [&](std::size_t rows, std::size_t columns) {
    return allocate<Matrix<double, Memory>>(space, "glint::test::array", rows, columns);
  };
  const auto compact = array(5, 11), preload = array(10, 12);
  const auto w = array(pixels.size(), pixels.size());
  const auto image = allocate<Vector<double, Memory>>(space, "glint::test::image", pixels.size());
  const auto single = allocate<Vector<float, Memory>>(space, "glint::test::image", pixels.size());
  for (const KernelMethod method :
       {KernelMethod::direct, KernelMethod::separable, KernelMethod::nufft}) {
    if (method == KernelMethod::nufft && fft_library<ExecutionSpace>().empty()) continue;
    KernelOptions options;
    options.method = method;
    w_compact(space, grid, data.u, data.v, data.noise_re, compact, options);
    dirty_image(space, pixels, data, image, options);
    dirty_image(space, pixels, data, single, options);
    w_tilde_data(space, pixels, data.re, data.noise_re, data.u, data.v, image, options);
    w_tilde_data(space, pixels, data.re, data.noise_re, data.u, data.v, single, options);
    UvSumsOptions sum_options;
    sum_options.kernel = options;
    UvSums<ExecutionSpace> sums(space, pixels, sum_options);
    accumulate(space, equal, sums);
    accumulate(space, data, sums);
    sums.clear(space);
    try {
      const auto bad = to_space(space, random_visibilities(3, 4e6));
      fill(space, bad.noise_im, -1.0);
      accumulate(space, bad, sums);
    } catch (const Error&) {
      accumulate(space, equal, sums);
    }
  }
  w_preload(space, grid, compact, preload);
  compact_from_preload(space, grid, preload, compact);
  w_tilde(space, pixels, data.u, data.v, data.noise_re, w);
  w_tilde_from_compact(space, compact, pixels, w);
  w_tilde_from_preload(space, preload, pixels, w);
  add_hankel(space, compact, pixels, w);
}

/// What a second call with the same workspace does, which is to allocate nothing.
template <class ExecutionSpace>
class UvAgain {
 public:
  explicit UvAgain(const ExecutionSpace& space)
      : space_(space),
        pixels_(to_space(space, island_pixels({9, 8, 0.05}))),
        data_(to_space(space, random_visibilities(1300, 4e6))),
        few_(to_space(space, random_visibilities(70, 4e6))),
        compact_(allocate<Matrix<double, Memory>>(space, "glint::test::compact", 9, 15)),
        image_(allocate<Vector<double, Memory>>(space, "glint::test::image", pixels_.size())),
        sums_(space, pixels_),
        transformed_(space, pixels_, {NoiseWeights::exact, nufft_or_automatic()}) {}

  void run() {
    for (const auto& data : {data_, few_}) {
      w_compact(space_, pixels_.grid, data.u, data.v, data.noise_re, compact_, {}, workspace_);
      dirty_image(space_, pixels_, data, image_, {}, workspace_);
      accumulate(space_, data, sums_);
      const KernelOptions nufft = nufft_or_automatic();
      w_compact(space_, pixels_.grid, data.u, data.v, data.noise_re, compact_, nufft, workspace_);
      dirty_image(space_, pixels_, data, image_, nufft, workspace_);
      accumulate(space_, data, transformed_);
    }
  }

  static KernelOptions nufft_or_automatic() {
    KernelOptions options;
    if (!fft_library<ExecutionSpace>().empty()) options.method = KernelMethod::nufft;
    return options;
  }

 private:
  using Memory = typename ExecutionSpace::memory_space;
  ExecutionSpace space_;
  SkyPixels<Memory> pixels_;
  UvData<Memory> data_, few_;
  Matrix<double, Memory> compact_;
  Vector<double, Memory> image_;
  UvSums<ExecutionSpace> sums_, transformed_;
  KernelWorkspace<ExecutionSpace> workspace_;
};

}  // namespace glint::test

#endif
