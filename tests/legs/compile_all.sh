#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# compile_all.sh OUTPUT COMPILER FLAGS...: compiles every source that launches or is called by a
# kernel to object files, several at a time. Its output ends with the count, or with the messages
# about the sources that failed. Half of the time goes to Kokkos' headers, so sources are compiled
# four at once where their names allow it, and one by one where they do not.
set -euo pipefail
output=$1
shift
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"

# The one header that CMake configures.
version=$(sed -n 's/^project(glint VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
mkdir -p "$output/generated/glint" "$output/objects" "$output/groups"
sed "s/@PROJECT_VERSION@/$version/" core/glint/version.hpp.in >"$output/generated/glint/version.hpp"

count=0
for directory in core/src kernels/src tests/{core,kernels,accuracy,contract,support,interferometry} \
  examples/{embed,user_profile}; do
  mapfile -t sources < <(find "$directory" -maxdepth 1 -name '*.cpp' | sort)
  count=$((count + ${#sources[@]}))
  for ((first = 0; first < ${#sources[@]}; first += 4)); do
    printf '%s\n' "${sources[@]:first:4}" >"$output/groups/${directory//\//_}_$first"
  done
done

export output root
compile_one() { # NAME SOURCE COMPILER FLAGS...
  local object=$output/objects/$1.o source=$2 start=$SECONDS
  shift 2
  "$@" -c "$source" -o "$object" >"$object.log" 2>&1 || {
    mv "$object.log" "$object.failed"
    return 1
  }
  echo "compiled ${source#"$output/"} in $((SECONDS - start)) s"
}
compile_group() { # GROUP COMPILER FLAGS...
  local group=$1 name=${1##*/} source failed=0
  shift
  sed "s|.*|#include \"$root/&\"|" "$group" >"$group.cpp"
  compile_one "$name" "$group.cpp" "$@" && return
  rm -f "$output/objects/$name.o.failed"
  while read -r source; do
    compile_one "${source//\//_}" "$source" "$@" || {
      echo "FAILED $source"
      failed=1
    }
  done <"$group"
  return "$failed"
}
export -f compile_one compile_group

failed=no
# Largest first, so that no core waits for another at the end.
find "$output/groups" -type f ! -name '*.cpp' | while read -r group; do
  echo "$(xargs cat <"$group" | wc -c) $group"
done | sort -rn | cut -d ' ' -f 2 |
  xargs -P "$(getconf _NPROCESSORS_ONLN)" -I '{}' bash -c 'compile_group "$@"' bash '{}' "$@" \
    -DGLINT_GOLDEN_DIRECTORY="\"$root/tests/golden\"" -I"$output/generated" -Icore -Ikernels -Iio -Itests || failed=yes
if [ "$failed" = yes ]; then
  head -n 25 "$output"/objects/*.failed # last, so that the end of the log shows why
  exit 1
fi
echo "$count sources compiled with ${1##*/}"
