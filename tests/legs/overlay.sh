#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# overlay.sh cuda|hip KOKKOS_HEADERS OUTPUT: the generated headers that turn a packaged Kokkos, which
# was configured for the host, into one configured for a GPU. Enough to compile, not to link.
set -euo pipefail
backend=$1 headers=$2 output=$3

upper=$(printf '%s' "$backend" | tr '[:lower:]' '[:upper:]')
case $backend in
  cuda) folder=Cuda architecture='#define KOKKOS_ARCH_HOPPER\n#define KOKKOS_ARCH_HOPPER90' ;;
  hip) folder=HIP architecture='#define KOKKOS_ARCH_AMD_GPU "gfx90a"\n#define KOKKOS_ARCH_AMD_GFX90A' ;;
  *) echo "overlay.sh: unknown backend '$backend'" >&2 && exit 1 ;;
esac
mkdir -p "$output/desul/atomics"

# Version and general settings stay as packaged.
sed -e 's|^#define KOKKOS_ENABLE_OPENMP$||' \
  -e "s|.*#undef KOKKOS_ENABLE_SERIAL .*|#define KOKKOS_ENABLE_SERIAL|" \
  -e "s|.*#undef KOKKOS_ENABLE_$upper .*|#define KOKKOS_ENABLE_$upper\n$architecture|" \
  "$headers/KokkosCore_config.h" >"$output/KokkosCore_config.h"

# Serial first: the device headers refer to it.
for kind in Fwd Declare; do
  directory=$(printf '%s' "$kind" | tr '[:upper:]' '[:lower:]')
  printf '#include <%s/Kokkos_%s_%s.hpp>\n' "${directory/declare/decl}" "$kind" SERIAL \
    "${directory/declare/decl}" "$kind" "$upper" >"$output/KokkosCore_Config_${kind}Backend.hpp"
done
printf '#include <setup/Kokkos_Setup_%s.hpp>\n' "$folder" \
  >"$output/KokkosCore_Config_SetupBackend.hpp"
for header in "$output"/KokkosCore_Config_*.hpp; do
  sed -i '1i #pragma once' "$header"
done

sed -e "s|.*#undef DESUL_ATOMICS_ENABLE_$upper \*/|#define DESUL_ATOMICS_ENABLE_$upper|" \
  -e 's|^#define DESUL_ATOMICS_ENABLE_OPENMP$||' \
  "$headers/desul/atomics/Config.hpp" >"$output/desul/atomics/Config.hpp"

# A header that changed its wording would otherwise pass unnoticed as a host configuration.
for wanted in "KokkosCore_config.h:#define KOKKOS_ENABLE_$upper" \
  'KokkosCore_config.h:#define KOKKOS_ENABLE_SERIAL' \
  "desul/atomics/Config.hpp:#define DESUL_ATOMICS_ENABLE_$upper"; do
  grep -qx "${wanted#*:}" "$output/${wanted%%:*}" || {
    echo "overlay.sh: ${wanted%%:*} of this Kokkos cannot be turned into a $upper one" >&2
    exit 1
  }
done
