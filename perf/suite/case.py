# SPDX-License-Identifier: BSD-3-Clause
"""What is compared: a case names a benchmark of glint and the rivals that do the same work."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Case:
    """`quick`: part of ./perf/run --quick, where rivals in `slow` (more than 2 s a call) are left out.
    `headline`: a candidate for the plot of ratios."""

    name: str
    size: str
    operation: str
    method: str
    arguments: dict
    all_rivals: tuple
    precision: str = "double"
    quick: bool = False
    slow: tuple = ()
    headline: bool = False
    in_quick: bool = dataclasses.field(default=False, compare=False)

    @property
    def work(self):
        """What a number that comes out costs, in `work_unit`."""
        return {
            "render": self.arguments.get("profiles", 1),
            "w_compact": self.arguments.get("visibilities", 1),
            "dirty_image": self.arguments.get("visibilities", 1),
            "w_tilde": self.arguments.get("visibilities", 1),
            "reduced_sum": self.arguments.get("k", 1),
            "sum": self.arguments.get("size", 1),
        }.get(self.operation, 1)

    @property
    def work_unit(self):
        return {
            "render": "profiles x pixels",
            "w_compact": "visibilities x offsets",
            "dirty_image": "visibilities x pixels",
            "w_tilde": "visibilities x entries",
            "reduced_sum": "M x K",
            "sum": "numbers",
        }.get(self.operation, "numbers that come out")

    @property
    def title(self):
        return f"{self.name}, {self.size}"

    @property
    def rivals(self):
        return tuple(r for r in self.all_rivals if not (self.in_quick and r in self.slow))
