#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# The suite on Debian sid's Kokkos 5 with OpenMP (which has no Serial), built and run in a sid root.
set -euo pipefail
leg=openmp
# shellcheck source=tests/legs/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck disable=SC2119 # no further packages
ensure_sid || skip "$sid_problem"
inside=(in_sid)
# Benchmarks are built and checked in the serial leg, and for OpenMP by ./perf/run.
configure_once "$here" --preset tests -DGLINT_ENABLE_PERF=OFF
build "$here"
run_ctest "$here"
