// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_ARRAY_PROGRAMMING_WALK_HPP
#define GLINT_ARRAY_PROGRAMMING_WALK_HPP

#include "options.hpp"

/// Runs and prints every step, then writes the files that are asked for. Throws glint::Error.
void walk(const Options& options);

#endif
