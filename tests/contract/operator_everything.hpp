// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_CONTRACT_OPERATOR_EVERYTHING_HPP
#define GLINT_TESTS_CONTRACT_OPERATOR_EVERYTHING_HPP

#include <glint/precision_operator.hpp>
#include <support/inversions.hpp>

/// Products with W, for call_everything().

namespace glint::test {

template <class ExecutionSpace>
struct OperatorCalls {
  using Memory = typename ExecutionSpace::memory_space;

  PrecisionOperator<ExecutionSpace> precision;
  Matrix<double, Memory> kernel, images;
  Vector<double, Memory> image;

  static SkyPixels<> pixels() {
    return pixels_where({9, 11, 0.1}, [](int i, int j) { return (i + j) % 5 != 0; });
  }

  OperatorCalls(const ExecutionSpace& space, OperatorMethod method)
      : precision(space, to_space(space, pixels()), {method, 2}),
        kernel(allocate<Matrix<double, Memory>>(space, "glint::test::kernel", 9, 21)),
        images(
            allocate<Matrix<double, Memory>>(space, "glint::test::images", 3, precision.pixels())),
        image(allocate<Vector<double, Memory>>(space, "glint::test::image", precision.pixels())) {
    fill(space, kernel, 1.0);
    fill(space, images, 1.0);
    fill(space, image, 1.0);
  }

  void run(const ExecutionSpace& space) {
    precision.set_kernel(space, kernel);
    precision.apply(space, image, image);
    precision.set_kernel(space, kernel, kernel);
    precision.apply(space, images, images);
  }
};

template <class ExecutionSpace>
void operator_everything(const ExecutionSpace& space) {
  for (const OperatorMethod method : {OperatorMethod::direct, OperatorMethod::fft})
    if (method == OperatorMethod::direct || !fft_library<ExecutionSpace>().empty())
      OperatorCalls<ExecutionSpace>(space, method).run(space);
}

}  // namespace glint::test

#endif
