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
configure_once "$here" --preset tests
build "$here"
run_ctest "$here"
