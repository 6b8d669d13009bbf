// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_JOB_HPP
#define GLINT_JOB_HPP

#include "options.hpp"
#include "report.hpp"

/// Makes, sums and writes. Either every output file appears, complete, or none does. Throws
/// glint::Error. Kokkos must be initialised.
Report run_job(const Options& options);

#endif
