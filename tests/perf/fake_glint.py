# SPDX-License-Identifier: BSD-3-Clause
"""Answers as glint_perf --serve does, with times that are made up. Options: backends, as words."""

import json
import pathlib
import struct
import sys

BACKENDS = [word for word in sys.argv[1:] if word != "--serve"] or ["serial"]
ARGUMENTS = {"size": 1 << 22}
ROWS = [
    {
        "name": f"{operation}/automatic/{backend}/double/size:{1 << 22}",
        "operation": operation,
        "method": "automatic",
        "backend": backend,
        "precision": "double",
        "args": ARGUMENTS,
        "elements": 1 << 22,
    }
    for operation in ("sum", "bilinear_map", "normalize")
    for backend in BACKENDS
]


def write_npy(path, values):
    header = f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({len(values)},), }}"
    header += " " * (63 - (10 + len(header)) % 64) + "\n"
    start = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header))
    path.write_bytes(start + header.encode() + struct.pack(f"<{len(values)}d", *values))


def timed(name, calls):
    if name.startswith("normalize"):
        return {"error_text": "the vectors are not normalised"}
    return {
        "name": name,
        "min_s": 0.002 if calls % 2 else 0.003,
        "median_s": 0.003,
        "iterations": 5,
        "first_call_s": 0.01,
        "error": 1e-16,
        "elements": 1 << 22,
        "limit": "memory",
        "limit_s": 0.001,
        "limit_fraction": 0.5 if calls % 2 else 0.25,
    }


def main():
    names = [row["name"] for row in ROWS]
    calls = 0
    for line in sys.stdin:
        command, *words = line.split(maxsplit=2)
        if command == "quit":
            break
        if command == "list":
            answer = ROWS
        elif command == "context":
            answer = {"processor": "a fake", "cores": "2", "limits": {"serial_flops": 1e9}}
        elif command == "release":
            answer = {}
        elif command in ("time", "export") and words[0] not in names:
            answer = {"error_text": f"there is no case '{words[0]}'"}
        elif command == "time":
            calls += 1
            answer = timed(words[0], calls)
        elif command == "export":
            folder = pathlib.Path(words[1].strip())
            write_npy(folder / "x.npy", [1.0, 2.0])
            write_npy(folder / "expected.npy", [3.0])
            answer = {"files": ["x.npy", "expected.npy"], "scalars": {"size": 2}}
        else:
            answer = {"error_text": f"there is no command '{command}'"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
