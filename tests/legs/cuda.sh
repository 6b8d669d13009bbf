#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# Every kernel and typed test compiled for Kokkos::Cuda with this machine's nvcc and the headers of
# Debian sid's Kokkos. Nothing is linked or run: no package has Kokkos with CUDA.
set -euo pipefail
leg=cuda
# shellcheck source=tests/legs/common.sh
. "$(dirname "$0")/common.sh"
nvcc=$(command -v nvcc || command -v "${CUDACXX:-/usr/local/cuda/bin/nvcc}") ||
  skip "no nvcc on this machine"
install_missing tests || skip "packages are missing and cannot be installed here"
# shellcheck disable=SC2119 # no further packages
ensure_sid || skip "$sid_problem"

# Only Kokkos's own folder: sid's other headers need sid's C library.
rm -rf "$here"
mkdir -p "$here"
cp -r "$sid/usr/include/kokkos" "$here/kokkos"
"$root/tests/legs/overlay.sh" cuda "$here/kokkos" "$here/overlay"
libraries=() # their headers come with the whole toolkit only
[ ! -e "${nvcc%/*}/../include/cufft.h" ] || libraries+=(-DGLINT_HAVE_CUFFT)
[ ! -e "${nvcc%/*}/../include/cusolverDn.h" ] || libraries+=(-DGLINT_HAVE_CUSOLVER)
quietly "$here/compile.log" "Compiling for CUDA, log in ${here#"$root"/}/compile.log" \
  "$root/tests/legs/compile_all.sh" "$here" "$nvcc" -x cu -arch=sm_90 -std=c++20 \
  --expt-extended-lambda --expt-relaxed-constexpr --Werror cross-execution-space-call \
  -DKOKKOS_DEPENDENCE -I"$here/overlay" -I"$here/kokkos" "${libraries[@]}"
tail -n 1 "$here/compile.log"
