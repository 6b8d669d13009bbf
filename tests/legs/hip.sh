#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# Every kernel and typed test compiled for Kokkos::HIP with Debian sid's hipcc and Kokkos headers, in
# a sid root. Nothing is linked or run.
set -euo pipefail
leg=hip
# shellcheck source=tests/legs/common.sh
. "$(dirname "$0")/common.sh"
ensure_sid hipcc libamdhip64-dev || skip "$sid_problem"

rm -rf "$here"
mkdir -p "$here"
"$root/tests/legs/overlay.sh" hip "$sid/usr/include/kokkos" "$here/overlay"
quietly "$here/compile.log" "Compiling for HIP, log in ${here#"$root"/}/compile.log" \
  in_sid "$root/tests/legs/compile_all.sh" "$here" hipcc -x hip --offload-arch=gfx90a -O0 -std=c++20 \
  -DKOKKOS_DEPENDENCE -I"$here/overlay" -isystem /usr/include/kokkos
tail -n 1 "$here/compile.log"
