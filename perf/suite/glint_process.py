# SPDX-License-Identifier: BSD-3-Clause
"""glint_perf --serve (the protocol is in perf/serve.hpp)."""

import json
import pathlib

from suite.lines import LineProcess, Problem


class Glint:
    """One backend of one binary on the cores of a lane. A process that ended is started again."""

    def __init__(self, command, backend, threads, log=None):
        self.command, self.backend, self.threads, self.log = command, backend, threads, log
        self.process = None
        self.rows = [row for row in self._ask("list") if row["backend"] == backend]

    def _ask(self, line, limit=600.0):
        if self.process is None:
            name = f"glint_perf ({self.backend})"
            self.process = LineProcess(name, self.command, log=self.log)
        try:
            return self.process.ask(line, limit)
        except Problem as problem:
            if problem.gone:
                self.process = None
            raise

    def context(self):
        return self._ask("context")

    def find(self, case):
        """The row that a case means, or None."""
        for row in self.rows:
            same = all(
                row[key] == getattr(case, key) for key in ("operation", "method", "precision")
            )
            if same and all(row["args"].get(key) == value for key, value in case.arguments.items()):
                return row
        return None

    def time(self, name, seconds, limit):
        return self._ask(f"time {name} {seconds:g}", limit)

    def export(self, name, folder, limit):
        folder = pathlib.Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        answer = self._ask(f"export {name} {folder}", limit)
        (folder / "scalars.json").write_text(json.dumps(answer.get("scalars", {})))

    def release(self):
        if self.process is not None:
            self._ask("release")

    def close(self):
        if self.process is not None:
            self.process.close()
