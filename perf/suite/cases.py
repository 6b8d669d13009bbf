# SPDX-License-Identifier: BSD-3-Clause
"""What is compared: every case names a benchmark of glint and the rivals that do the same work.

`quick` cases make up ./perf/run --quick; rivals in `slow` need more than 2 s a call and are left out
there. `headline` cases are candidates for the plot of ratios.
"""

import dataclasses

SAMPLERS = (
    "jax_fori",
    "jax_vmap",
    "jax_unrolled",
    "numpy",
    "numba_rows",
    "astropy",
    "galsim_no_pixel",
)
ACCURATE = ("galsim_auto", "galsim_real_space")


@dataclasses.dataclass(frozen=True)
class Case:
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


def rendering():
    for profiles, side in ((12, 250), (24, 250), (96, 500)):
        size = f"{profiles} in {side} x {side}"
        samplers = tuple(r for r in SAMPLERS if r != "jax_unrolled" or profiles <= 24)
        for precision in ("double", "float"):
            what = dict(
                size=size,
                operation="render",
                precision=precision,
                arguments={"profiles": profiles, "side": side},
            )
            suffix = ", float" if precision == "float" else ""
            quick = profiles == 12 and precision == "double"
            accurate = ACCURATE if precision == "double" else ()
            yield Case(
                f"render, exact{suffix}",
                method="tiles",
                all_rivals=samplers + accurate,
                slow=accurate,
                quick=quick,
                headline=precision == "double",
                **what,
            )
            yield Case(
                f"render, centre samples{suffix}",
                method="centre",
                all_rivals=samplers,
                quick=quick,
                **what,
            )
            if precision == "double":
                yield Case("render, boundary form", method="boundary", all_rivals=samplers, **what)
    for profiles in (3, 6, 48, 96, 192, 384):
        for method, name in (("tiles", "render, exact"), ("centre", "render, centre samples")):
            yield Case(
                name,
                f"{profiles} in 250 x 250",
                "render",
                method,
                {"profiles": profiles, "side": 250},
                ("jax_fori", "numpy", "numba_rows"),
            )


def integration():
    rules = (
        (
            "gauss-legendre",
            7,
            "7 x 7 Gauss-Legendre",
            ("jax_gauss_legendre_7", "numba_gauss_legendre_7"),
        ),
        ("clenshaw-curtis", 7, "7 x 7 Clenshaw-Curtis", ("jax_clenshaw_curtis_7",)),
        ("gauss-kronrod", 15, "15 x 15 Kronrod", ("jax_kronrod_15",)),
    )
    everything = tuple(name for rule in rules for name in rule[3])
    for method, order, name, rivals in rules:
        yield Case(
            f"integrate, {name}",
            "1 in 90 x 100",
            "integrate",
            method,
            {"order": order},
            rivals,
            quick=method == "gauss-legendre",
        )
    yield Case(
        "integrate, refined",
        "1 in 90 x 100",
        "integrate",
        "refine",
        {"order": 3},
        ("jax_refine",) + everything,
    )
    yield Case(
        "integrate, exact",
        "1 in 90 x 100",
        "integrate",
        "boundary",
        {},
        everything + ("jax_refine", "galsim_real_space"),
        quick=True,
        headline=True,
        slow=("jax_refine", "galsim_real_space"),
    )


UV_SIZES = ((30, 190), (30, 7200), (64, 10000), (64, 32768), (128, 100000))
NUFFTS = ("ducc0_12_digits", "ducc0_6_digits", "finufft_12_digits", "finufft_6_digits")


def visibilities():
    for side, count in UV_SIZES:
        size = f"N {side}, K {count}"
        arguments = {"side": side, "visibilities": count}
        for operation, name in (("w_compact", "kernel w_compact"), ("dirty_image", "dirty image")):
            yield Case(
                name,
                size,
                operation,
                "separable",
                arguments,
                ("numba_cosines", "jax_cosines", "numpy_products", "jax_products") + NUFFTS,
                slow=("numba_cosines", "jax_cosines") if count > 1000 else (),
                quick=count == 10000,
                headline=operation == "w_compact",
            )
    yield Case(
        "w_tilde, definition",
        "N 30, K 190",
        "w_tilde",
        "definition",
        {"side": 30, "visibilities": 190},
        ("numba_cosines", "jax_cosines"),
    )
    for side, count in ((30, 190), (64, 10000)):
        yield Case(
            "w_tilde, by its kernel",
            f"N {side}, K {count}",
            "w_tilde",
            "via_kernel",
            {"side": side, "visibilities": count},
            ("numba_via_kernel", "jax_via_kernel", "ducc0_via_kernel"),
            slow=("numba_via_kernel", "jax_via_kernel") if count > 1000 else (),
            quick=side == 30,
        )
    for side in (30, 64):
        yield Case(
            "w_tilde from its kernel",
            f"N {side}",
            "w_tilde_expand",
            "compact",
            {"side": side},
            ("numpy_expand", "numba_expand", "jax_expand"),
            quick=side == 64,
        )


CURVATURE = ("numba_rows", "numba_pairs", "numpy_products", "jax_products", "scipy_fft")


def inversions():
    sizes = ((30, 716, 3), (64, 1000, 3), (128, 1000, 3), (30, 716, 300))
    for side, sources, width in sizes:
        size = f"N {side}, S {sources}, B {width}"
        arguments = {"side": side, "sources": sources, "width": width}
        dense = side < 128
        rivals = tuple(
            name
            for name in CURVATURE
            if (dense or name not in ("numpy_products", "jax_products"))
            and (width == 3 or name != "numba_pairs")
        )
        for method in ("plan", "products", "pairs", "preload", "dense"):
            if (method in ("pairs", "preload") and width > 3) or (method == "dense" and not dense):
                continue
            yield Case(
                f"curvature, {method}",
                size,
                "curvature",
                method,
                arguments,
                rivals,
                quick=side == 64 and method == "plan",
                headline=method == "plan" and width == 3,
            )
        if dense:
            for method in ("sparse", "products", "dense"):
                yield Case(
                    f"curvature from w_tilde, {method}",
                    size,
                    "curvature_from_w",
                    method,
                    arguments,
                    ("numba_from_w", "jax_from_w", "numpy_from_w", "scipy_from_w"),
                    quick=side == 30 and width == 3 and method == "sparse",
                )
        if width == 3:
            yield Case(
                "mapping matrix",
                size,
                "mapping_matrix",
                "from_table",
                arguments,
                ("numpy_mapping", "numba_mapping", "jax_mapping"),
            )
            yield Case(
                "log likelihood",
                f"N {side}, S {sources}",
                "likelihood",
                "plain",
                {"side": side, "sources": sources},
                ("numba_rows", "scipy_fft", "numpy_products", "jax_products")
                if dense
                else ("numba_rows", "scipy_fft"),
                quick=side == 30,
                headline=True,
            )


def arrays():
    for power in range(10, 27, 4):
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
        yield Case(
            "reduced sum",
            f"M 8192, K {count}",
            "reduced_sum",
            "automatic",
            {"m": 8192, "k": count},
            ("numpy_reduced", "numba_reduced", "jax_reduced"),
            quick=count == 8192,
        )
    for count, quick in ((1, True), (100, True)):
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
    for detectors, samples in ((8, 1000), (1000, 100000)):
        yield Case(
            "detector timelines",
            f"{detectors} x {samples}",
            "detector_timelines",
            "automatic",
            {"detectors": detectors, "samples": samples},
            ("numpy_timelines", "numba_timelines", "jax_timelines"),
            quick=detectors == 1000,
        )


def all_cases(quick=False):
    everything = [*rendering(), *integration(), *visibilities(), *inversions(), *arrays()]
    if not quick:
        return everything
    return [dataclasses.replace(case, in_quick=True) for case in everything if case.quick]
