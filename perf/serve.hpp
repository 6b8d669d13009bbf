// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_SERVE_HPP
#define GLINT_PERF_SERVE_HPP

#include <iosfwd>

#include "harness.hpp"

namespace glint::perf {

/// Answers commands, one line of JSON for a line of input, until `quit` or the end of the input:
///
///   list                     all cases: name, operation, method, backend, precision, args,
///   elements context                  what produces the numbers, with all limits measured so far
///   time NAME [SECONDS]      times the case for some SECONDS (0.2); it stays ready for the next
///                            time, until another one is asked for
///   export NAME DIRECTORY    inputs and `expected` of the case as .npy files, scalars in the
///   answer release                  frees the case that is ready quit
///
/// What cannot be answered yields {"error_text": one sentence}.
void serve(const Registry& registry, Workbench& workbench, std::istream& in, std::ostream& out);

}  // namespace glint::perf

#endif
