# SPDX-License-Identifier: BSD-3-Clause
"""glint_perf --serve (the protocol is in perf/README.md)."""
import json
import pathlib

from suite.lines import LineProcess


class Glint:
    """One backend of one binary on the cores of a lane."""

    def __init__(self, command, backend, threads, log=None):
        self.backend, self.threads = backend, threads
        self.process = LineProcess(f"glint_perf ({backend})", command, log=log)
        self.rows = [row for row in self.process.ask("list") if row["backend"] == backend]

    def context(self):
        return self.process.ask("context")

    def find(self, case):
        """The row that a case means, or None."""
        for row in self.rows:
            if all(row[key] == getattr(case, key) for key in ("operation", "method", "precision")):
                if all(row["args"].get(key) == value for key, value in case.arguments.items()):
                    return row
        return None

    def time(self, name, seconds, limit):
        return self.process.ask(f"time {name} {seconds:g}", limit)

    def export(self, name, folder, limit):
        folder = pathlib.Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        answer = self.process.ask(f"export {name} {folder}", limit)
        (folder / "scalars.json").write_text(json.dumps(answer.get("scalars", {})))

    def release(self):
        self.process.ask("release")

    def close(self):
        self.process.close()
