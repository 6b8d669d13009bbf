#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# The suite on the Kokkos at hand: Kokkos_ROOT, a module, or Debian's (Serial, KokkosKernels).
set -euo pipefail
leg=serial
# shellcheck source=tests/legs/common.sh
. "$(dirname "$0")/common.sh"
host_leg tests
