// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_KERNEL_OPTIONS_HPP
#define GLINT_KERNEL_OPTIONS_HPP

#include <glint/w_compact.hpp>
#include <string>

/// What --kernel and --kernel-tolerance mean. Throws glint::Error on names and numbers that mean
/// nothing.
glint::KernelOptions read_kernel_options(const std::string& method, const std::string& tolerance);

#endif
