// SPDX-License-Identifier: BSD-3-Clause
#include "support/kernel_options.hpp"

#include "support/command_line.hpp"

glint::KernelOptions read_kernel_options(const std::string& method, const std::string& tolerance) {
  using glint::KernelMethod;
  const std::vector<KernelMethod> legal{KernelMethod::automatic, KernelMethod::direct,
                                        KernelMethod::separable, KernelMethod::nufft};
  glint::KernelOptions options;
  options.method = read_name("kernel", method, legal, glint::kernel_method_name);
  GLINT_EXPECTS(read_number(tolerance, options.tolerance),
                "--kernel-tolerance needs a number, not '", tolerance, "'");
  validate(options);
  return options;
}
