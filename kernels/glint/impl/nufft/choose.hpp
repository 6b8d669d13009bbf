// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_NUFFT_CHOOSE_HPP
#define GLINT_IMPL_NUFFT_CHOOSE_HPP

#include <glint/fft.hpp>
#include <glint/predict_visibilities.hpp>
#include <glint/w_compact.hpp>

namespace glint::impl {

/// Throws Error unless the build can transform on the space. `method`: what was asked for.
template <class ExecutionSpace>
void expect_fft(const char* method, const char* other) {
  GLINT_EXPECTS(!fft_library<ExecutionSpace>().empty(), "the method '", method, "' needs an FFT ",
                "library, and this build of glint has none for the backend '",
                backend_name<ExecutionSpace>(), "'; '", other, "' needs none");
}

/// Sums that are wanted of so many visibilities.
struct SumsWanted {
  std::size_t count;
  int kernels;  ///< 0 to 2
  bool image;
};

/// Predicted seconds on one core, of the AVX-512 machine on which they were measured: hosts scale
/// both alike, and so do more threads, so that the choice depends on neither.
double separable_seconds(const SkyGrid& grid, const SumsWanted& wanted);
double nufft_seconds(const SkyGrid& grid, const SumsWanted& wanted, double tolerance);

/// The cheaper of the two by these predictions; `nufft` only where it keeps the tolerance.
KernelMethod cheapest_method(const SkyGrid& grid, const SumsWanted& wanted, double tolerance);

/// What the options mean here. Throws Error when they ask for what this build cannot do.
template <class ExecutionSpace>
KernelMethod method_for(const KernelOptions& options, const SkyGrid& grid,
                        const SumsWanted& wanted) {
  const bool transforms = !fft_library<ExecutionSpace>().empty();
  if (options.method == KernelMethod::automatic)
    return transforms ? cheapest_method(grid, wanted, options.tolerance) : KernelMethod::separable;
  if (options.method == KernelMethod::nufft) expect_fft<ExecutionSpace>("nufft", "separable");
  return options.method;
}

/// The same for model visibilities.
bool nufft_predicts_faster(const SkyGrid& grid, std::size_t count, double tolerance);

template <class ExecutionSpace>
bool predicts_by_nufft(const PredictOptions& options, const SkyGrid& grid, std::size_t count) {
  if (options.method == PredictMethod::automatic)
    return !fft_library<ExecutionSpace>().empty() &&
           nufft_predicts_faster(grid, count, options.tolerance);
  if (options.method == PredictMethod::nufft) expect_fft<ExecutionSpace>("nufft", "separable");
  return options.method == PredictMethod::nufft;
}

}  // namespace glint::impl

#endif
