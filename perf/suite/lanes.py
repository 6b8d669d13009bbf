# SPDX-License-Identifier: BSD-3-Clause
"""Lanes: a set of cores, the glint binaries that run on it and the rivals held to it.

One core: glint's Serial, and its OpenMP with one thread. All cores: every other backend. OpenMP's
threads stay awake for about a millisecond after their work, in glint as in its rivals, and then
sleep: waking them costs as much as a small case, and awake they would take the cores of whoever is
next.
"""

import dataclasses
import os
import shlex
import shutil

from suite.glint_process import Glint
from suite.lines import LineProcess, Problem
from suite.rival_process import Rivals

COUNTS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


def settings(threads):
    """What tells every runtime how many threads there are."""
    values = {name: str(threads) for name in COUNTS}
    values.update(GOMP_SPINCOUNT="100000", OMP_PROC_BIND="false")
    # NumPy asks for huge pages, which double the bandwidth of large arrays; here everyone gets them.
    values["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1"
    if threads == 1:
        values["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
    return values


def on_cores(cores, command):
    taskset = shutil.which("taskset")
    if taskset is None:
        return command
    return [taskset, "-c", ",".join(map(str, sorted(cores))), *command]


@dataclasses.dataclass
class Lane:
    name: str
    threads: int
    glints: list
    rivals: Rivals

    def close(self):
        for glint in self.glints:
            glint.close()
        self.rivals.close()


def backends_of(command, log):
    """The backends of a binary, in the order it lists them."""
    process = LineProcess("glint_perf", command + ["--serve"], log=log)
    try:
        return list(dict.fromkeys(row["backend"] for row in process.ask("list")))
    finally:
        process.close()


def make_lanes(binaries, wanted, server, cores, log, say):
    """`binaries`: commands as typed in a shell. `wanted`: backends, empty for all. `server(tool,
    threads)`: what starts the rivals."""
    lanes = {}

    def lane(name, some_cores):
        if name not in lanes:
            threads = len(some_cores)
            rivals = Rivals(
                lambda tool: on_cores(some_cores, server(tool, threads)), settings(threads), log
            )
            lanes[name] = Lane(name, threads, [], rivals)
        return lanes[name]

    def add(name, some_cores, command, backend):
        where = lane(name, some_cores)
        values = [f"{key}={value}" for key, value in settings(where.threads).items()]
        # `env` hands the settings over to wherever the command runs.
        full = on_cores(some_cores, command[:-1] + ["env", *values, command[-1], "--serve"])
        where.glints.append(Glint(full, backend, where.threads, log))

    one, everything = {max(cores)}, set(cores)
    seen = set()
    for typed in binaries:
        command = shlex.split(typed)
        try:
            for backend in backends_of(command, log):
                if backend in seen or (wanted and backend not in wanted):
                    continue
                seen.add(backend)
                if backend in ("serial", "openmp"):
                    add("one core", one, command, backend)
                if backend != "serial" and (len(cores) > 1 or backend != "openmp"):
                    add("all cores", everything, command, backend)
        except Problem as problem:
            say(f"no rows of {command[-1]}: {problem}; {log.name} may say why")
    for backend in wanted:
        if backend not in seen:
            say(f"no {backend} rows: no binary has that backend")
    return [lane for lane in lanes.values() if lane.glints]


def cores_here():
    return os.sched_getaffinity(0)
