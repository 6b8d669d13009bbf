# SPDX-License-Identifier: BSD-3-Clause
"""The summary in short: one line a case, glint on one core and on all against the fastest rival."""

from suite.files import write_text
from suite.table import context_lines, error, ratio, seconds


def fastest(entries, backends, threads):
    """The row of the fastest rival against the fastest of glint's `backends` with `threads`."""
    rows = [row for row in entries if row["backend"] in backends and threads(row["threads"])]
    return min(rows, key=lambda row: (row["glint_s"], row["rival_s"]), default=None)


def cells(row):
    if row is None:
        return ["", "", ""]
    limit = f"{100 * row['limit_fraction']:.0f} % {row['limit']}"
    return [seconds(row["glint_s"]), limit, f"{ratio(row['ratio'])} {row['rival']}"]


def lines(entries):
    works = {}
    for entry in entries:
        key = entry["case"], entry["size"], entry["precision"], entry["method"]
        works.setdefault(key, []).append(entry)
    for (case, size, _, _), rows in works.items():
        one = fastest(rows, ("serial", "openmp"), lambda count: count == 1)
        everything = fastest(
            [row for row in rows if row["backend"] != "serial"],
            {row["backend"] for row in rows},
            lambda count: count > 1,
        )
        told = one or everything
        errors = [error(told["glint_error"]), error(told["rival_error"])]
        yield [case, size, *cells(one), *cells(everything), *errors]


HEAD = (
    "| case | size | one core | of the limit | advantage | all cores | of the limit | advantage "
    "| error | of that rival |\n|---|---|---:|---:|---|---:|---:|---|---:|---:|\n"
)


def digest(entries, contexts, versions):
    text = context_lines(contexts)
    text += "- rivals: " + ", ".join(f"{tool} {version}" for tool, version in versions.items())
    return text + "\n\n" + HEAD + "".join(f"| {' | '.join(line)} |\n" for line in lines(entries))


def write(path, entries, contexts, versions):
    write_text(path, digest(entries, contexts, versions))
