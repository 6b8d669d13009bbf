# SPDX-License-Identifier: BSD-3-Clause
"""Every other benchmark of glint, for glint.json: what has no rival, and sizes that rivals skip."""

import math

from suite.lines import Problem


def everything_of_glint(lanes, known, progress):
    rows = []
    for lane in lanes:
        for glint in lane.glints:
            for number, row in enumerate(glint.rows, 1):
                name = row["name"]
                if (name, glint.threads) in known:
                    continue
                progress.show(f"{glint.backend} {number}/{len(glint.rows)} {name}")
                try:
                    answer = glint.time(name, 0.5, 900.0)
                except Problem as problem:
                    progress.say(f"{name}: {problem}")
                    continue
                if math.isfinite(answer["error"]):
                    answer.update(
                        case=None,
                        backend=glint.backend,
                        threads=glint.threads,
                        elements=row["elements"],
                    )
                    rows.append(answer)
            try:
                glint.release()
            except Problem:
                pass
    return rows
