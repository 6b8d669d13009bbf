# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash
# A Debian sid root under build/ for what the stable release does not package: Kokkos 5 with OpenMP,
# its CUDA and HIP headers, hipcc. GLINT_SID_ROOT names an existing root instead.
# Sourced after setup.sh. Functions that fail leave one sentence in $sid_problem.

sid=${GLINT_SID_ROOT:-$root/build/sid}
sid_problem=''
sid_packages=(g++ cmake ninja-build libkokkos-dev libhdf5-dev libpng-dev libfftw3-dev libcli11-dev
  libopenblas-openmp-dev libgtest-dev libgmock-dev libbenchmark-dev python3)

# in_sid [NAME=VALUE...] COMMAND...: runs in the sid root, the source tree at its usual path. The
# mounts live in a namespace of their own, so that deleting build/ can never reach through them.
in_sid() {
  # shellcheck disable=SC2016 # expanded by the inner shell
  as_root unshare --mount --propagation private sh -ec '
    sid=$1 tree=$2
    shift 2
    mount -t proc proc "$sid/proc"
    mount --bind /sys "$sid/sys" 2>/dev/null || : # sizes of caches, huge pages
    mkdir -p "$sid$tree"
    mount --bind "$tree" "$sid$tree"
    exec chroot "$sid" env -u Kokkos_ROOT -u Kokkos_DIR -u CXX -u CMAKE_PREFIX_PATH \
      -u CMAKE_GENERATOR -u CMAKE_CXX_COMPILER_LAUNCHER PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
      LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"' sh "$sid" "$root" "$@"
}

make_sid_root() {
  [ -x "$sid/usr/bin/apt-get" ] && [ ! -d "$sid/debootstrap" ] && return
  have debootstrap || apt_install debootstrap >&2 || {
    sid_problem="debootstrap is missing and cannot be installed"
    return 1
  }
  as_root rm -rf --one-file-system "$sid"
  mkdir -p "$sid"
  quietly "$root/build/debootstrap.log" "Making a Debian sid root in ${sid#"$root"/}" \
    as_root unshare --mount --propagation private \
    debootstrap --variant=minbase sid "$sid" && return
  sid_problem="debootstrap cannot make a sid root today (see build/debootstrap.log)"
  return 1
}

sid_lacks() {
  local package
  for package in "$@"; do
    [ -e "$sid/var/lib/dpkg/info/$package.list" ] ||
      ls "$sid/var/lib/dpkg/info/$package:"*.list >/dev/null 2>&1 || echo "$package"
  done
}

sid_install() {
  local missing apt=(apt-get -q -o Acquire::Check-Valid-Until=false)
  missing=$(sid_lacks "$@" | tr '\n' ' ')
  [ -n "$missing" ] || return 0
  # shellcheck disable=SC2086 # a list of words
  quietly "$root/build/sid-update.log" "Reading sid's package lists" in_sid "${apt[@]}" update &&
    quietly "$root/build/sid-install.log" "Installing in the sid root" \
      in_sid "${apt[@]}" install -y --no-install-recommends $missing &&
    in_sid apt-get clean && return
  sid_problem="sid's packages cannot be installed today: $missing(see build/sid-install.log)"
  return 1
}

# Debian's Kokkos package exports two static libraries that it does not ship and nobody needs.
repair_sid_kokkos() {
  local directory name
  for directory in "$sid"/usr/lib/*-linux-gnu; do
    for name in algorithms simd; do
      [ -e "$directory/libkokkos$name.a" ] ||
        in_sid ar qc "${directory#"$sid"}/libkokkos$name.a" || return 1
    done
  done
}

# ensure_sid [PACKAGE...]: the root with Kokkos, compiler and libraries, and PACKAGEs.
ensure_sid() {
  if ! can_be_root; then
    sid_problem="the sid root needs root"
  elif ! as_root unshare --mount --propagation private true 2>/dev/null; then
    sid_problem="the sid root needs mounts, which this machine does not allow"
  else
    make_sid_root && sid_install "${sid_packages[@]}" "$@" && repair_sid_kokkos && return
    sid_problem=${sid_problem:-the sid root cannot be completed}
  fi
  return 1
}
