# SPDX-License-Identifier: BSD-3-Clause
"""The rivals of a lane: one process a tool, started when the tool is first needed."""

from suite.lines import LineProcess, Problem


class Rivals:
    def __init__(self, command, environment, log=None):
        """`command(tool)`: what starts the server of a tool."""
        self.command, self.environment, self.log = command, environment, log
        self.processes = {}
        self.prepared = {}
        self.compilation = {}

    def count_compilation(self, case, rival):
        """What was compiled for an earlier case is not compiled again, but whoever starts with this
        case waits for it: the first call is to say so."""
        first, best = rival.first["first_call_s"], min(rival.minima)
        if rival.name.startswith(("jax", "numba")):
            key = rival.name, case.operation, case.precision
            first = max(first, best + self.compilation.setdefault(key, max(0.0, first - best)))
        rival.first["first_call_s"] = first

    def _process(self, name):
        tool = name.split("_")[0]
        if tool not in self.processes:
            self.processes[tool] = LineProcess(tool, self.command(tool), self.environment, self.log)
        return tool, self.processes[tool]

    def _ask(self, name, line, limit):
        tool, process = self._process(name)
        try:
            return process.ask(line, limit)
        except Problem as problem:
            if problem.gone:  # the next case gets a new process
                del self.processes[tool]
                self.prepared = {k: v for k, v in self.prepared.items() if k.split("_")[0] != tool}
            raise

    def prepare(self, name, operation, precision, folder, limit):
        answer = self._ask(name, f"prepare {name} {operation} {name} {precision} {folder}", limit)
        self.prepared[name] = True
        return answer

    def time(self, name, seconds, limit):
        if name not in self.prepared:
            raise Problem(f"the process of {name} has ended")
        return self._ask(name, f"time {name} {seconds:g}", limit)

    def release(self):
        for name in list(self.prepared):
            try:
                self._ask(name, f"release {name}", 60.0)
            except Problem:
                pass
        self.prepared = {}

    def close(self):
        for process in self.processes.values():
            process.close()
        self.processes = {}

    def versions(self):
        """Of every tool that ran and is still there."""
        told = {}
        for tool, process in sorted(self.processes.items()):
            try:
                told[tool] = process.ask("list", 60.0)["version"]
            except Problem:
                pass
        return told
