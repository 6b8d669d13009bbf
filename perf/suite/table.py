# SPDX-License-Identifier: BSD-3-Clause
"""The summary as Markdown."""

from suite.files import write_text

HEAD = (
    "| case | size | glint | of the limit | rival | time | first call | glint's advantage "
    "| error of glint | of the rival |\n|---|---|---:|---:|---|---:|---:|---:|---:|---:|\n"
)


def seconds(value):
    for unit, scale in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= scale:
            return f"{value / scale:.3g} {unit}"
    return f"{value / 1e-9:.3g} ns"


def error(value):
    return "0" if value == 0 else f"{value:.0e}"


def ratio(value):
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


def line(entry, repeated):
    glint = ["", "", "", ""]
    if not repeated:
        limit = f"{100 * entry['limit_fraction']:.0f} % ({entry['limit']})"
        glint = [entry["case"], entry["size"], seconds(entry["glint_s"]), limit]
    cells = glint + [
        entry["rival"],
        seconds(entry["rival_s"]),
        seconds(entry["first_call_s"]),
        ratio(entry["ratio"]),
        error(entry["glint_error"]),
        error(entry["rival_error"]),
    ]
    return "| " + " | ".join(cells) + " |\n"


def key(entry):
    return entry["backend"], entry["threads"]


def context_lines(contexts):
    """`contexts`: what each binary says of itself, by backend."""
    text = ""
    for backend, context in contexts.items():
        words = "; ".join(
            f"{name.replace('_', ' ')} {value}"
            for name, value in context.items()
            if isinstance(value, str) and name != "kokkos_configuration"
        )
        text += f"- {backend}: {words}\n"
    return text


def table(entries, contexts, versions):
    text = "# glint beside its rivals\n\n"
    text += context_lines(contexts)
    if versions:
        text += "- rivals: " + ", ".join(f"{tool} {version}" for tool, version in versions.items())
        text += "\n"
    text += (
        "\nBest times of interleaved rounds on the same cores. Errors: largest difference over the "
        "largest expected value. The limit is what the machine allows for the arithmetic and the "
        "memory traffic that the work needs, measured in the same process. glint's advantage is the "
        "rival's time over glint's.\n"
    )
    for lane in dict.fromkeys(key(entry) for entry in entries):
        backend, threads = lane
        text += f"\n## {backend}, {threads} thread{'s' if threads > 1 else ''}\n\n" + HEAD
        before = None
        for entry in entries:
            if key(entry) != lane:
                continue
            work = entry["case"], entry["size"], entry["precision"], entry["method"]
            text += line(entry, work == before)
            before = work
    return text


def write(path, entries, contexts, versions):
    write_text(path, table(entries, contexts, versions))
