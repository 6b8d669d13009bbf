# SPDX-License-Identifier: BSD-3-Clause
"""Time, and the fraction of the machine's limit, against size; and the most telling ratios."""

import collections

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

from suite.files import replacing  # noqa: E402
from suite.table import ratio  # noqa: E402

GLINT = "#d1495b"
COLOURS = ["#30638e", "#00798c", "#edae49", "#6a4c93", "#3d9a50", "#8d6b48", "#5c5c5c", "#c05299"]
MARKS = "osD^vP*X"


def save(figure, path):
    with replacing(path) as temporary:
        figure.savefig(temporary, format="png", dpi=130, bbox_inches="tight")
    plt.close(figure)


def lanes(entries):
    return list(dict.fromkeys((entry["backend"], entry["threads"]) for entry in entries))


def lane_name(lane):
    backend, threads = lane
    return f"{backend}, {threads} thread{'s' if threads > 1 else ''}"


def lines(entries):
    """Points (work, value) by label: glint's by method, rivals by name, best at each size."""
    times, fractions = collections.defaultdict(dict), collections.defaultdict(dict)
    methods = {entry["method"] for entry in entries}
    for entry in entries:
        size = entry["work"]
        mine = "glint" if len(methods) == 1 else f"glint {entry['method']}"
        times[mine][size] = min(entry["glint_s"], times[mine].get(size, float("inf")))
        fractions[mine][size] = max(entry["limit_fraction"], fractions[mine].get(size, 0.0))
        rival = entry["rival"]
        times[rival][size] = min(entry["rival_s"], times[rival].get(size, float("inf")))
    return times, fractions


def draw(axes, points, style):
    for label, values in points.items():
        sizes = sorted(values)
        axes.plot(sizes, [values[size] for size in sizes], label=label, **style[label])
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.grid(True, which="major", color="#dddddd", linewidth=0.7)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def styles(labels):
    """glint first, and the same colour for a rival in every panel."""
    mine = [label for label in labels if label.startswith("glint")]
    others = [label for label in labels if not label.startswith("glint")]
    style = {}
    for k, label in enumerate(mine):
        style[label] = dict(
            color=GLINT,
            linewidth=2.4,
            marker=MARKS[k % len(MARKS)],
            markersize=6,
            linestyle=("-", "--", ":", "-.")[k % 4],
            zorder=5,
        )
    for k, label in enumerate(others):
        style[label] = dict(
            color=COLOURS[k % len(COLOURS)],
            linewidth=1.3,
            markersize=5,
            marker=MARKS[k % len(MARKS)],
            linestyle="-" if k < len(COLOURS) else "--",
        )
    return style


def plot_operation(operation, entries, path):
    """One row of panels per backend and thread count: time, and fraction of the limit."""
    rows = lanes(entries)
    figure, panels = plt.subplots(
        len(rows),
        2,
        figsize=(11, 0.8 + 3.2 * len(rows)),
        squeeze=False,
        sharex="col",
        layout="constrained",
    )
    style = styles(lines(entries)[0])
    for (left, right), lane in zip(panels, rows):
        mine = [e for e in entries if (e["backend"], e["threads"]) == lane]
        times, fractions = lines(mine)
        draw(left, times, style)
        draw(right, fractions, style)
        left.set_title(lane_name(lane), loc="left", fontsize=11)
        left.set_ylabel("seconds")
        right.set_title("fraction of the machine's limit", loc="left", fontsize=11)
        right.set_ylim(min(0.01, 0.8 * min(min(v.values()) for v in fractions.values())), 1.5)
        right.axhline(1.0, color="#999999", linewidth=0.8)
    for axes in panels[-1]:
        axes.set_xlabel(entries[0]["work_unit"])
    handles = {}
    for axes in panels[:, 0]:
        handles.update((label, line) for line, label in zip(*axes.get_legend_handles_labels()))
    order = [label for label in style if label in handles]
    names = [label.replace("_", " ") for label in order]
    figure.legend(
        [handles[label] for label in order],
        names,
        fontsize=9,
        frameon=False,
        loc="outside right upper",
    )
    figure.suptitle(operation.replace("_", " "), x=0.01, ha="left", fontsize=13, weight="bold")
    save(figure, path)


def telling(entries, names):
    """The largest measured size of each named case, with the fastest rival on every lane."""
    chosen = {}
    for name in names:
        mine = [entry for entry in entries if entry["case"] == name]
        if not mine:
            continue
        size = max(mine, key=lambda entry: entry["elements"] * entry["glint_s"])["size"]
        best = {}
        for entry in mine:
            if entry["size"] != size:
                continue
            lane = entry["backend"], entry["threads"]
            if lane not in best or entry["rival_s"] < best[lane]["rival_s"]:
                best[lane] = entry
        chosen[f"{name}\n{size}"] = best
    return chosen


def plot_ratios(entries, names, path):
    chosen = telling(entries, names)
    if not chosen:
        return
    shown = lanes(entries)
    figure, axes = plt.subplots(figsize=(9.5, 0.9 + 0.85 * len(chosen)))
    height = 0.8 / len(shown)
    shades = [GLINT, "#30638e", "#9bb1c4", "#edae49"]
    for k, lane in enumerate(shown):
        first = True
        for place, best in enumerate(chosen.values()):
            if lane not in best:
                continue
            entry = best[lane]
            where = place - 0.4 + (k + 0.5) * height
            axes.barh(
                where,
                entry["ratio"] - 1,
                0.9 * height,
                left=1,
                color=shades[k % len(shades)],
                label=lane_name(lane) if first else None,
            )
            first = False
            text = f" {ratio(entry['ratio'])}x  {entry['rival'].replace('_', ' ')}"
            axes.text(max(entry["ratio"], 1.0), where, text, va="center", fontsize=8)
    axes.set_xscale("log")
    axes.axvline(1.0, color="#444444", linewidth=1.0)
    axes.set_yticks(range(len(chosen)), list(chosen), fontsize=9)
    axes.invert_yaxis()
    largest = max(entry["ratio"] for best in chosen.values() for entry in best.values())
    smallest = min(entry["ratio"] for best in chosen.values() for entry in best.values())
    axes.set_xlim(min(0.8, 0.8 * smallest), 8 * max(2.0, largest))
    axes.set_xlabel("time of the fastest rival / time of glint")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.legend(fontsize=8, frameon=False, loc="lower right")
    save(figure, path)


def plot_all(entries, headlines, folder):
    """FOLDER/OPERATION.png and FOLDER/ratios.png, nothing else."""
    drawn = {"ratios"}
    for operation in dict.fromkeys(entry["operation"] for entry in entries):
        for precision in ("double", "float"):
            mine = [
                entry
                for entry in entries
                if entry["operation"] == operation and entry["precision"] == precision
            ]
            if mine:
                name = operation + ("_float" if precision == "float" else "")
                plot_operation(name, mine, folder / f"{name}.png")
                drawn.add(name)
    plot_ratios(entries, headlines, folder / "ratios.png")
    for path in folder.glob("*.png"):
        if path.stem not in drawn:  # of an earlier run
            path.unlink()
