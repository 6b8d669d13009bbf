# SPDX-License-Identifier: BSD-3-Clause
"""A process that answers every line with one line of JSON."""

import json
import os
import selectors
import subprocess
import time


class Problem(Exception):
    """One sentence on why there is no answer; `gone` when the process is no more either."""

    def __init__(self, text, gone=False):
        super().__init__(text)
        self.gone = gone


class LineProcess:
    def __init__(self, name, command, environment=None, log=None):
        self.name = name
        self.buffer = b""
        try:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log if log is not None else subprocess.DEVNULL,
                env={**os.environ, **(environment or {})},
            )
        except OSError as error:
            raise Problem(f"{name} cannot be started: {error}", gone=True) from error
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.process.stdout, selectors.EVENT_READ)

    def ask(self, line, limit=600.0):
        """The answer; a Problem after `limit` seconds, and the process is then ended."""
        try:
            self.process.stdin.write(line.encode() + b"\n")
            self.process.stdin.flush()
        except (OSError, ValueError) as error:
            self.close()
            raise Problem(f"{self.name} has ended", gone=True) from error
        answer = self._line(line, time.monotonic() + limit, limit)
        try:
            answer = json.loads(answer)
        except ValueError as error:
            self.close()
            raise Problem(
                f"{self.name} answered what is not JSON: {answer[:80]!r}", True
            ) from error
        if isinstance(answer, dict) and "error_text" in answer:
            raise Problem(answer["error_text"])
        return answer

    def _line(self, asked, deadline, limit):
        while b"\n" not in self.buffer:
            if not self.selector.select(max(0.0, deadline - time.monotonic())):
                self.close()
                raise Problem(f"no answer to '{asked}' within {limit:.0f} s", gone=True)
            read = os.read(self.process.stdout.fileno(), 1 << 16)
            if not read:
                self.close()
                raise Problem(f"{self.name} ended without an answer to '{asked}'", gone=True)
            self.buffer += read
        answer, self.buffer = self.buffer.split(b"\n", 1)
        return answer.decode()

    def close(self):
        """End of input ends it; whoever does not listen is killed."""
        if self.process.stdin.closed:
            return
        try:
            self.process.stdin.close()
        except OSError:
            pass
        if self.process.poll() is None:
            try:
                self.process.wait(timeout=3.0)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        self.selector.close()
        self.process.stdout.close()
