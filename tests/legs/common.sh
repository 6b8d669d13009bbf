# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# Sourced by every leg, which sets $leg first.

# shellcheck source=cmake/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../cmake/setup.sh"
# shellcheck source=cmake/sid.sh
. "$root/cmake/sid.sh"

here=$root/build/legs/${leg:?}
# Two threads in each of two tests at once, on two cores: those that wait must not hold one.
export OMP_PROC_BIND=false OMP_NUM_THREADS=2 OMP_WAIT_POLICY=PASSIVE

# The machine lacks something: one line, counted as skipped.
skip() {
  say "$leg: skipped: $*"
  exit 77
}

# run_ctest DIRECTORY: ctest's summary, after the output of the tests that failed.
run_ctest() {
  local log=$1/ctest.log status=0
  quietly "$log" "Testing, log in ${log#"$root"/}" \
    "${inside[@]}" ctest --test-dir "$1" -j "$jobs" --output-on-failure --no-tests=error \
    2>/dev/null || status=$?
  if [ "$status" -ne 0 ]; then
    grep -vE '^ *Start +[0-9]+:|[. ]Passed +[0-9.]+ sec' "$log" | head -n 1000
  else
    sed -n '/tests passed/,$p' "$log"
  fi
  return "$status"
}

# host_leg PRESET [CMAKE-ARGUMENTS]: configures, builds and tests on the Kokkos at hand.
host_leg() {
  local complete=yes
  install_missing tests || complete=no
  configure_once "$here" --preset "$@" || {
    [ "$complete" = yes ] || skip "packages are missing and cannot be installed here"
    return 1
  }
  build "$here" && run_ctest "$here"
}
