# SPDX-License-Identifier: BSD-3-Clause
"""Array kernels."""

from suite.case import Case


def arrays():
    for power in (10, 14, 16, 18, 22, 26):
        for precision in ("double", "float"):
            count = 1 << power
            suffix = ", float" if precision == "float" else ""
            for operation, name, rivals in (
                ("sum", "sum", ("numpy_sum", "numba_sum", "jax_sum")),
                ("bilinear_map", "2xy + 3y + 1", ("numpy_map", "numba_map", "jax_map")),
                ("normalize", "normalise", ("numpy_normalize", "numba_normalize", "jax_normalize")),
            ):
                yield Case(
                    name + suffix,
                    f"2^{power}",
                    operation,
                    "automatic",
                    {"size": count},
                    rivals,
                    precision,
                    quick=power == 22 and precision == "double",
                )
    for count in (8192, 16384, 32768):
        for precision in ("double", "float"):
            yield Case(
                "reduced sum" + (", float" if precision == "float" else ""),
                f"M 8192, K {count}",
                "reduced_sum",
                "automatic",
                {"m": 8192, "k": count},
                ("numpy_reduced", "numba_reduced", "jax_reduced"),
                precision,
                quick=count == 8192 and precision == "double",
            )
    for count in (1, 100):
        for precision in ("double", "float"):
            suffix = ", float" if precision == "float" else ""
            quick = precision == "double"
            rivals = ("numpy_gaussians", "numba_gaussians", "jax_gaussians")
            size = f"{count} x 300000"
            yield Case(
                "Gaussians" + suffix,
                size,
                "gaussians",
                "automatic",
                {"gaussians": count, "points": 300000},
                rivals,
                precision,
                quick=quick and count == 1,
            )
            if count == 100:
                yield Case(
                    "mixture of Gaussians" + suffix,
                    size,
                    "gaussian_mixture",
                    "automatic",
                    {"gaussians": count, "points": 300000},
                    tuple(name.replace("gaussians", "mixture") for name in rivals),
                    precision,
                    quick=quick,
                    headline=quick,
                )
    yield Case(
        "Madhava series",
        "30 terms",
        "madhava",
        "automatic",
        {},
        ("numpy_madhava", "numba_madhava", "jax_madhava"),
    )
    for vectors, length in ((10000000, 3), (10000, 10000)):
        yield Case(
            "normalise",
            f"{vectors} x {length}",
            "normalize",
            "automatic",
            {"vectors": vectors, "length": length},
            ("numpy_normalize", "numba_normalize", "jax_normalize"),
        )
    for detectors, samples in ((8, 1000), (1000, 10000), (1000, 100000)):
        yield Case(
            "detector timelines",
            f"{detectors} x {samples}",
            "detector_timelines",
            "automatic",
            {"detectors": detectors, "samples": samples},
            ("numpy_timelines", "numba_timelines", "jax_timelines"),
            quick=samples == 10000,
        )
