// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_DOWNSAMPLE_HPP
#define GLINT_DOWNSAMPLE_HPP

#include <glint/checks.hpp>
#include <glint/execution.hpp>
#include <glint/views.hpp>

namespace glint {

namespace impl {

/// One pixel of the smaller image.
template <class Input, class Output>
struct Downsample {
  Input input;
  Output output;
  std::size_t factor;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t nx = output.extent(1), row = index / nx, column = index % nx;
    double sum = 0.0;
    for (std::size_t a = 0; a < factor; ++a)
      for (std::size_t b = 0; b < factor; ++b) sum += input(row * factor + a, column * factor + b);
    output(row, column) = static_cast<typename Output::non_const_value_type>(sum);
  }
};

/// A stretch of pixels of the smaller image, on hosts: rows are added side by side first, then
/// neighbours, so that the image is read along memory.
template <class Input, class Output>
struct DownsampleStretch {
  static constexpr std::size_t room = 512;

  const Input* input;
  std::size_t pitch;  ///< between rows of the input
  Output output;
  std::size_t factor, stretches;

  void operator()(std::size_t index) const {
    const std::size_t row = index / stretches, most = room / factor;
    const std::size_t first = index % stretches * most;
    const std::size_t left = output.extent(1) - first, count = left < most ? left : most;
    double sums[room] = {};
    const Input* const from = input + row * factor * pitch + first * factor;
    for (std::size_t a = 0; a < factor; ++a) {
      const Input* KOKKOS_RESTRICT line = from + a * pitch;
      for (std::size_t c = 0; c < count * factor; ++c) sums[c] += static_cast<double>(line[c]);
    }
    for (std::size_t k = 0; k < count; ++k) {
      double sum = 0.0;
      for (std::size_t b = 0; b < factor; ++b) sum += sums[k * factor + b];
      output(row, first + k) = static_cast<typename Output::non_const_value_type>(sum);
    }
  }
};

}  // namespace impl

/// Block sums: output(i, j) = sum over a, b < factor of image(factor i + a, factor j + b), so that
/// fluxes stay fluxes.
///
/// `image`: (factor NY, factor NX), `output`: (NY, NX), float or double, any layout; summed in
/// double and rounded once. Throws Error on a factor below 1, on an image whose sides are no
/// multiples of the factor, and on an output of another shape. Asynchronous on `space`; allocates
/// nothing. Cost: one read of the image.
template <class ExecutionSpace, class ImageView, class OutputView>
void downsample(const ExecutionSpace& space, const ImageView& image, int factor,
                const OutputView& output) {
  GLINT_EXPECTS(factor >= 1, "downsample: the factor must be at least 1, not ", factor);
  const auto step = static_cast<std::size_t>(factor);
  GLINT_EXPECTS(image.extent(0) % step == 0 && image.extent(1) % step == 0,
                "downsample: the image has shape ", shape_text(shape_of(image)),
                ", whose sides are not multiples of the factor ", factor);
  expect_shape("downsample", "output", output,
               std::array<std::size_t, 2>{image.extent(0) / step, image.extent(1) / step});
  const typename ImageView::const_type input = image;
  const auto target = strided_output<ExecutionSpace>(output);
  if constexpr (is_host_execution_v<ExecutionSpace>) {
    using Stretch =
        impl::DownsampleStretch<typename ImageView::non_const_value_type, decltype(target)>;
    if (input.stride(1) == 1 && step <= Stretch::room) {
      const std::size_t most = Stretch::room / step;
      const std::size_t stretches = (output.extent(1) + most - 1) / most;
      Kokkos::parallel_for("glint::downsample::stretches",
                           range(space, output.extent(0) * stretches),
                           Stretch{input.data(), static_cast<std::size_t>(input.stride(0)), target,
                                   step, stretches});
      return;
    }
  }
  Kokkos::parallel_for("glint::downsample::blocks",
                       range(space, output.extent(0) * output.extent(1)),
                       impl::Downsample<decltype(input), decltype(target)>{input, target, step});
}

}  // namespace glint

#endif
