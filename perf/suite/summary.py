# SPDX-License-Identifier: BSD-3-Clause
"""Rows of the summary: one per case, size, backend, threads and rival."""

import json
import math

from suite.files import write_text


def number(value, digits=6):
    return float(f"{value:.{digits}g}")


def row(case, glint, rival):
    """`ratio` above 1: glint is that much faster."""
    first = glint.first
    return {
        "case": case.name,
        "size": case.size,
        "glint_s": number(glint.best),
        "rival": rival.name,
        "rival_s": number(rival.best),
        "first_call_s": number(rival.first["first_call_s"]),
        "ratio": number(rival.best / glint.best),
        "glint_error": number(first["error"]),
        "rival_error": number(rival.first["error"]),
        "limit_fraction": number(first["limit_fraction"] * first["min_s"] / glint.best),
        "backend": first["backend"],
        "threads": first["threads"],
        "elements": first["elements"],
        "operation": case.operation,
        "method": case.method,
        "precision": case.precision,
        "work": case.work * first["elements"],
        "work_unit": case.work_unit,
        "limit": first["limit"],
        "glint_first_call_s": number(first["first_call_s"]),
        "rival_threads": rival.threads,
        "glint_spread": number(glint.spread, 3),
        "rival_spread": number(rival.spread, 3),
    }


def complete(entry):
    """Errors and times are numbers, always: whoever reads the file need not ask."""
    numbers = [value for value in entry.values() if not isinstance(value, str)]
    return all(math.isfinite(value) for value in numbers)


def rows(case, glints, rivals):
    made = [row(case, glint, rival) for glint in glints for rival in rivals]
    return [entry for entry in made if complete(entry)]


def alone(glint, name, case=None):
    """A row of glint without a rival, for the other file."""
    entry = dict(glint.first)
    entry.update(name=name, case=case.name if case else None)
    if glint.minima:
        entry["limit_fraction"] = entry["limit_fraction"] * entry["min_s"] / glint.best
        entry["min_s"] = glint.best
        entry["spread"] = glint.spread
    return entry


def write(path, entries):
    """A top-level array, one object a line."""
    lines = ",\n ".join(json.dumps(entry) for entry in entries)
    write_text(path, f"[{lines}]\n")
