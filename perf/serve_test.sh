#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
# serve_test.sh GLINT_PERF: a conversation with `glint_perf --serve`, one line of JSON per command.
set -euo pipefail
program=$1
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT

coproc perf { "$program" --serve; }
# shellcheck disable=SC2154 # coproc makes perf_PID
server=$perf_PID

# ask COMMAND PATTERN: the answer must match the extended regular expression, all of it.
ask() {
  local answer
  echo "$1" >&"${perf[1]}"
  if ! IFS= read -r -t 60 answer <&"${perf[0]}"; then
    echo "'$1' got no answer" >&2
    exit 1
  fi
  if ! grep -qxE -- "$2" <<<"$answer"; then
    echo "'$1' was answered by: ${answer:0:2000}" >&2
    exit 1
  fi
}

list=$(echo list | "$program" --serve)
[[ $list =~ \"backend\":\ \"([a-z]+)\" ]]
backend=${BASH_REMATCH[1]}
name=w_compact/separable/$backend/double/side:30/visibilities:190
number='[0-9.e+-]+'

ask list '\[\{"name": ".*"args": \{"side": 30, "visibilities": 190\}, "elements": 1770\}.*\]'
time="\{\"name\": \"$name\", \"min_s\": $number, \"median_s\": $number, \"iterations\": [0-9]+, \
\"first_call_s\": $number, \"error\": $number, \"elements\": 1770, \"limit\": \"[a-z]+\", \
\"limit_s\": $number, \"limit_fraction\": $number, .*\"flops_per_s\": $number\}"
ask "time $name 0.001" "$time"
ask "time $name 0" "$time"
ask "export $name $directory" \
  '\{"files": \["u.npy", "v.npy", "weights.npy", "expected.npy"\], "scalars": \{"ny": 30, "nx": 30, "step": .*\}\}'
# Ten bytes, the header to the next multiple of 64, 30 x 59 numbers.
[[ $(stat -c %s "$directory/expected.npy") == $((128 + 30 * 59 * 8)) ]]
[[ $(head -c 128 "$directory/expected.npy" | tail -c 118) == "{'descr': '<f8', 'fortran_order': False, 'shape': (30,59,), }"* ]]
[[ $(find "$directory" -type f | wc -l) == 4 ]]
ask release '\{\}'
ask context '\{"glint": ".*"commit": ".*"limits": \{.*"'"$backend"'_flops_double": '"$number"'.*\}\}'
ask "time $name soon" '\{"error_text": "time: the seconds must be a number from 0 up, not '"'soon'"'"\}'
ask "time nothing" '\{"error_text": "there is no case '"'nothing'"'"\}'
ask "export $name $directory/no/where" '\{"error_text": "export: .* is not a directory"\}'
ask "export $name" '\{"error_text": "export: no directory was named"\}'
ask sing '\{"error_text": "there is no command '"'sing'"'; there are: .*"\}'
echo quit >&"${perf[1]}"
wait "$server"
echo list | "$program" --serve >"$directory/list" # the end of the input ends it too
[[ $(wc -l <"$directory/list") == 1 ]]
