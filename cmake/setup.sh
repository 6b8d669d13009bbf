# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# What examples/run and tests/run share: packages, configuring once, quiet builds.
# Sourced by bash.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
inside=() # a command that runs another one elsewhere: in_sid of sid.sh, or nothing
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

say() { printf '%s\n' "$*"; }
die() {
  printf '%s: %s\n' "${program:-run}" "$*" >&2
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# quietly LOG TITLE COMMAND...: output goes to LOG, its last line to a terminal while it runs, and
# its end to stderr when the command fails.
quietly() {
  local log=$1 title=$2 watcher='' status=0
  shift 2
  mkdir -p "$(dirname "$log")"
  : >"$log"
  if [ -t 1 ]; then
    (while sleep 0.5; do
      printf '\r\033[K%s: %.60s' "$title" "$(tail -n 1 "$log" | tr -d '\r')"
    done) &
    watcher=$!
  else
    say "$title ..."
  fi
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if [ -n "$watcher" ]; then
    kill "$watcher" 2>/dev/null || true
    wait "$watcher" 2>/dev/null || true
    printf '\r\033[K'
  fi
  if [ "$status" -ne 0 ]; then
    say "$title failed. The end of $log:" >&2
    tail -n 40 "$log" >&2
  fi
  return "$status"
}

# as_root COMMAND...: as root or through sudo; can_be_root tells whether that is possible.
can_be_root() {
  [ "$(id -u)" -eq 0 ] && return
  have sudo || return 1
  if [ -t 0 ]; then sudo -v; else sudo -n true 2>/dev/null; fi
}
as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# kokkos_devices: the backends of the Kokkos that CMake finds by itself, e.g. "SERIAL"; fails when it
# finds none.
kokkos_devices() {
  have cmake || return 1
  local probe status=0 generator=()
  ! have ninja || generator=(-G Ninja) # make may be missing
  probe=$(mktemp -d)
  cat >"$probe/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.22)
project(probe LANGUAGES CXX)
find_package(Kokkos REQUIRED CONFIG)
file(WRITE "${CMAKE_BINARY_DIR}/devices" "${Kokkos_DEVICES}")
END
  cmake -S "$probe" -B "$probe/build" "${generator[@]}" >"$probe/log" 2>&1 &&
    cat "$probe/build/devices" || status=1
  rm -rf "$probe"
  return "$status"
}

# An OpenBLAS of any flavour. The one on OpenMP shares the threads of Kokkos' OpenMP; the reference
# BLAS is many times slower.
openblas() {
  is_installed libopenblas-openmp-dev || is_installed libopenblas-pthread-dev ||
    is_installed libopenblas-serial-dev
}

debian_kokkos() { is_installed libtrilinos-kokkos-dev || is_installed libkokkos-dev; }

# A Kokkos that is not Debian's: the caller's own build, or a module.
own_kokkos() {
  [ -n "${Kokkos_ROOT:-}${Kokkos_DIR:-}" ] || { ! debian_kokkos && kokkos_devices >/dev/null; }
}

# missing_packages drivers|tests|perf: what this Debian machine lacks. A library whose place the
# caller names (HDF5_ROOT and the like, as modules do) is not looked for.
missing_packages() {
  have dpkg-query || return 0
  have c++ || [ -n "${CXX:-}" ] || echo g++
  have cmake || echo cmake
  have ninja || have make || echo ninja-build
  is_installed libfftw3-dev || echo libfftw3-dev
  openblas || echo libopenblas-openmp-dev
  if [ "$1" != perf ]; then
    [ -n "${HDF5_ROOT:-}${HDF5_DIR:-}" ] || is_installed libhdf5-dev || echo libhdf5-dev
    [ -n "${PNG_ROOT:-}" ] || is_installed libpng-dev || echo libpng-dev
    [ -n "${CLI11_ROOT:-}${CLI11_DIR:-}" ] || is_installed libcli11-dev || echo libcli11-dev
  fi
  if [ "$1" = tests ] && [ -z "${GTest_ROOT:-}${GTest_DIR:-}" ]; then
    is_installed libgtest-dev || echo libgtest-dev
    is_installed libgmock-dev || echo libgmock-dev
    have mpiexec || printf '%s\n' libopenmpi-dev openmpi-bin
  fi
  if [ "$1" != drivers ]; then
    have python3 || echo python3
    [ -n "${benchmark_ROOT:-}${benchmark_DIR:-}" ] || is_installed libbenchmark-dev ||
      echo libbenchmark-dev
  fi
  if [ "$1" = perf ]; then
    python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    have taskset || echo util-linux
  fi
  # Names two packages where there is a choice: the older Kokkos comes with KokkosKernels.
  if ! debian_kokkos && ! own_kokkos; then
    if have apt-cache && ! apt-cache show libtrilinos-kokkos-dev >/dev/null 2>&1 &&
      apt-cache show libkokkos-dev >/dev/null 2>&1; then
      echo libkokkos-dev
    else
      echo libtrilinos-kokkos-dev
      echo libtrilinos-kokkos-kernels-dev
    fi
  fi
}

# apt_install PACKAGE...: says what it will do, then does it.
apt_install() {
  have apt-get && can_be_root || return 1
  say "Installing Debian packages: $*"
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
  # The lists may be older than their validity allows on a mirror that lags; the signatures still
  # hold.
  quietly "$root/build/apt-update.log" "Reading package lists" as_root "${apt[@]}" update ||
    as_root "${apt[@]}" -o Acquire::Check-Valid-Until=false update >/dev/null || return 1
  quietly "$root/build/apt-install.log" "Installing packages" \
    as_root "${apt[@]}" install -y --no-install-recommends "$@"
}

# install_missing drivers|tests|perf: silent where nothing is missing. Whoever brings a Kokkos of
# their own manages the rest too, so nothing is installed then. Where packages are not installed it
# says so and fails; they may still be here under another name, so CMake has the last word.
install_missing() {
  local missing
  missing=$(missing_packages "$1" | tr '\n' ' ')
  [ -n "$missing" ] || return 0
  if own_kokkos; then
    say "Using your own Kokkos, so nothing is installed. Debian names what may be missing: $missing" >&2
    return 1
  fi
  # shellcheck disable=SC2086 # a list of words
  apt_install $missing && return 0
  say "Not installed, going on without: $missing(needs apt-get as root or through sudo)" >&2
  return 1
}

# configure_once DIRECTORY CMAKE_ARGUMENTS...: only when DIRECTORY was not configured like this
# before; a change of Kokkos or compiler starts from an empty cache.
configure_once() {
  local directory=$1 key generator=() status=0
  shift
  key="$root $* Kokkos=${Kokkos_ROOT:-}${Kokkos_DIR:-} CXX=${CXX:-} ${CMAKE_PREFIX_PATH:-}"
  if [ -f "$directory/.configured" ]; then
    [ -f "$directory/CMakeCache.txt" ] && [ "$(cat "$directory/.configured")" = "$key" ] && return
    rm -f "$directory/CMakeCache.txt" "$directory/.configured"
  fi
  if [ ! -f "$directory/CMakeCache.txt" ] && [ -z "${CMAKE_GENERATOR:-}" ]; then
    "${inside[@]}" sh -c 'command -v ninja' >/dev/null 2>&1 && generator=(-G Ninja)
  fi
  quietly "$directory/configure.log" "Configuring" \
    "${inside[@]}" cmake -S "$root" -B "$directory" "${generator[@]}" "$@" || status=$?
  [ "$status" -ne 0 ] || printf '%s' "$key" >"$directory/.configured"
  return "$status"
}

build() {
  quietly "$1/build.log" "Building, log in ${1#"$root"/}/build.log" \
    "${inside[@]}" cmake --build "$1" -j "$jobs"
}
