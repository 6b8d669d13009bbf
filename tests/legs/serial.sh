#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# The suite on the Kokkos at hand: Kokkos_ROOT, a module, or Debian's (Serial, KokkosKernels).
set -euo pipefail
leg=serial
# shellcheck source=tests/legs/common.sh
. "$(dirname "$0")/common.sh"
# Several processes are tested where there is an MPI.
install_missing tests 2>/dev/null || true
mpi=OFF
have mpiexec && mpi=ON
# Headers alone are the OpenMP leg's, whose compiler and Kokkos include less by themselves.
host_leg tests -DGLINT_TEST_HEADERS=OFF -DGLINT_ENABLE_MPI=$mpi
