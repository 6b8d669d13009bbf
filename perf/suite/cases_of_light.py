# SPDX-License-Identifier: BSD-3-Clause
"""Rendering and pixel integration."""

from suite.case import Case

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
    for method, name in (("tiles", "integrate, exact"), ("boundary", "integrate, boundary form")):
        yield Case(
            name,
            "1 in 90 x 100",
            "integrate",
            method,
            {},
            everything + ("jax_refine", "galsim_real_space"),
            quick=method == "tiles",
            headline=method == "tiles",
            slow=("jax_refine", "galsim_real_space"),
        )
