// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_CONTEXT_HPP
#define GLINT_PERF_CONTEXT_HPP

#include <string>
#include <utility>
#include <vector>

#include "registry.hpp"

namespace glint::perf {

/// What produced a number: versions, compiler and its options, commit, processor.
std::vector<std::pair<std::string, std::string>> build_context();

/// The limits of every backend that has cases, measured where they are not known yet, e.g.
/// "serial_flops_double". The memory limits are those of 64 MiB or more, and of every footprint
/// that was asked for.
std::vector<std::pair<std::string, double>> measured_limits(const Registry& registry);

}  // namespace glint::perf

#endif
