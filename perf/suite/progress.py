# SPDX-License-Identifier: BSD-3-Clause
"""A line that says what is running, on a terminal only; and lines that stay."""

import sys


class Progress:
    def __init__(self, stream=sys.stderr):
        self.stream = stream
        self.terminal = stream.isatty()

    def show(self, text):
        if self.terminal:
            self.stream.write(f"\r\033[K{text[:110]}")
            self.stream.flush()

    def say(self, text):
        if self.terminal:
            self.stream.write("\r\033[K")
        self.stream.write(f"perf/run: {text}\n")
        self.stream.flush()

    def done(self):
        self.show("")
