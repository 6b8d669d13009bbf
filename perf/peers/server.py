# SPDX-License-Identifier: BSD-3-Clause
"""Serves the rivals of one tool: a command a line on stdin, an object of JSON a line on stdout.

    python -m peers.server TOOL THREADS

    list                                     {"rivals": [[operation, name], ...], "version": ...}
    prepare KEY OPERATION NAME PRECISION DIR  first call and check: {"first_call_s", "error", "call_s"}
    time KEY SECONDS                         {"min_s", "median_s", "iterations"}
    release KEY                              {}
    quit

What goes wrong is answered as {"error_text": one sentence}.
"""

import gc
import importlib.metadata
import json
import os
import pathlib
import statistics
import sys
import time

import numpy as np
import threadpoolctl

from peers import registry

DISTRIBUTIONS = {"galsim": "GalSim"}


def seconds(call):
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result


class Server:
    def __init__(self, tool, threads):
        self.threads = threads
        self.tool = tool
        registry.load(tool)
        self.calls = {}

    def list(self):
        version = importlib.metadata.version(DISTRIBUTIONS.get(self.tool, self.tool))
        return {"rivals": sorted(registry.RIVALS), "version": version}

    def prepare(self, key, operation, name, precision, folder):
        inputs = registry.Inputs(folder, precision)
        make = registry.RIVALS[operation, name]
        contestants = []
        for threads in {1, self.threads} if make.few_threads else [self.threads]:
            with threadpoolctl.threadpool_limits(threads):
                call = make(inputs, precision, threads)
                first, result = seconds(call)
                best = min(seconds(call)[0] for _ in range(2)) if make.few_threads else first
            contestants.append((best, threads, first, call, result))
        _, threads, first, call, result = min(contestants, key=lambda contestant: contestant[0])
        del contestants
        if hasattr(call, "check"):  # what is timed is not what can be compared
            error = registry.error_of(*call.check())
        else:
            expected = np.load(pathlib.Path(folder) / "expected.npy", mmap_mode="r")
            error = registry.error_of(result, expected)
        if not np.isfinite(error):
            raise ValueError("the result is not a number")
        self.calls[key] = call, threads
        return {"first_call_s": first, "error": error}

    def time(self, key, least):
        (call, threads), times = self.calls[key], []
        least, begun = float(least), time.perf_counter()
        with threadpoolctl.threadpool_limits(threads):
            while not times or time.perf_counter() - begun < least:
                times.append(seconds(call)[0])
        return {
            "min_s": min(times),
            "median_s": statistics.median(times),
            "iterations": len(times),
        }

    def release(self, key):
        self.calls.pop(key, None)
        gc.collect()
        return {}


def main():
    tool, threads = sys.argv[1], int(sys.argv[2])
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a tool prints must not be taken for an answer
    try:
        server = Server(tool, threads)
        problem = None
    except Exception as error:  # a tool that cannot be had here is answered, not died of
        problem = f"{tool} cannot be used: {type(error).__name__}: {error}"
    for line in sys.stdin:
        command, *arguments = line.strip().split(maxsplit=5)  # a folder may have spaces
        if command == "quit":
            break
        try:
            if problem:
                raise RuntimeError(problem)
            answer = getattr(server, command)(*arguments)
        except Exception as error:
            text = str(error).strip().split("\n")[0]
            answer = {"error_text": f"{type(error).__name__}: {text}"[:500]}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
