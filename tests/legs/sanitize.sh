#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# The suite on the Kokkos at hand under AddressSanitizer and UndefinedBehaviorSanitizer.
set -euo pipefail
leg=sanitize
# shellcheck source=tests/legs/common.sh
. "$(dirname "$0")/common.sh"
export UBSAN_OPTIONS=print_stacktrace=1
host_leg sanitize
