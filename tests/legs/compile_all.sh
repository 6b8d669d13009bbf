#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# compile_all.sh OUTPUT COMPILER FLAGS...: compiles every source that launches or is called by a
# kernel to object files, several at a time. Its output ends with the count, or with the messages
# about the sources that failed.
set -euo pipefail
output=$1
shift
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"

# The one header that CMake configures.
version=$(sed -n 's/^project(glint VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
mkdir -p "$output/generated/glint" "$output/objects"
sed "s/@PROJECT_VERSION@/$version/" core/glint/version.hpp.in >"$output/generated/glint/version.hpp"

mapfile -t sources < <(
  find core/src kernels/src tests/{core,kernels,accuracy,contract,support,interferometry} \
    examples/{embed,user_profile} \
    -name '*.cpp' 2>/dev/null | sort
)
# shellcheck disable=SC2016 # expanded by the inner shell
compile='
  output=$1 source=$2
  shift 2
  object=$output/objects/$(printf %s "$source" | tr / _).o
  start=$(date +%s)
  if "$@" -c "$source" -o "$object" >"$object.log" 2>&1; then
    echo "compiled $source in $(($(date +%s) - start)) s"
  else
    echo "FAILED $source"
    mv "$object.log" "$object.failed"
    exit 1
  fi'
failed=no
printf '%s\n' "${sources[@]}" | xargs -P "$(getconf _NPROCESSORS_ONLN)" -I '{}' \
  sh -c "$compile" sh "$output" '{}' "$@" \
  -DGLINT_GOLDEN_DIRECTORY="\"$root/tests/golden\"" -I"$output/generated" -Icore -Ikernels -Iio -Itests || failed=yes
if [ "$failed" = yes ]; then
  head -n 25 "$output"/objects/*.failed # last, so that the end of the log shows why
  exit 1
fi
echo "${#sources[@]} sources compiled with ${1##*/}"
