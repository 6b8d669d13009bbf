# SPDX-License-Identifier: BSD-3-Clause
"""Sums over visibilities and inversions."""

from suite.case import Case

UV_SIZES = (
    (30, 190),
    (30, 1000),
    (30, 7200),
    (30, 100000),
    (64, 10000),
    (64, 32768),
    (128, 100000),
    (128, 1000000),
)
NUFFTS = ("ducc0_12_digits", "ducc0_6_digits", "finufft_12_digits", "finufft_6_digits")


def sums(name, side, count, method, rivals, **options):
    for operation, what in (("w_compact", "kernel w_compact"), ("dirty_image", "dirty image")):
        yield Case(
            what + name,
            f"N {side}, K {count}",
            operation,
            method,
            {"side": side, "visibilities": count},
            rivals,
            headline=operation == "w_compact" and name == "",
            **options,
        )


def visibilities():
    for side, count in UV_SIZES:
        by_definition = ("numba_cosines", "jax_cosines") if count <= 10000 else ()
        by_tables = ("numpy_products", "jax_products") if count <= 100000 else ()
        yield from sums(
            "",
            side,
            count,
            "automatic",
            by_definition + by_tables + NUFFTS,
            slow=by_definition if count > 1000 else (),
            quick=count == 10000,
        )
    for side, count in ((30, 100000), (64, 10000), (128, 100000), (128, 1000000)):
        rivals = ("ducc0_6_digits", "finufft_6_digits")
        yield from sums(", 6 digits", side, count, "automatic_6_digits", rivals)
    for side, count in ((64, 10000), (128, 100000)):
        rivals = ("numpy_products", "jax_products")
        yield from sums(", separable", side, count, "separable", rivals)
    for side, count in ((30, 190), (64, 10000), (128, 100000), (128, 1000000)):
        yield Case(
            "model visibilities",
            f"N {side}, K {count}",
            "predict_visibilities",
            "automatic",
            {"side": side, "visibilities": count},
            ("ducc0_12_digits", "ducc0_6_digits"),
            quick=count == 10000,
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
            "automatic",
            {"side": side},
            ("numpy_expand", "numba_expand", "jax_expand"),
            quick=side == 64,
        )


def products():
    for side, images in ((30, 1), (64, 1), (128, 1), (128, 8), (300, 1)):
        yield Case(
            "W x, transforms",
            f"N {side}, {images} images",
            "precision_operator",
            "fft",
            {"side": side, "images": images},
            ("scipy_fft",),
        )
    yield Case(
        "W x, direct",
        "N 16, 1 image",
        "precision_operator",
        "direct",
        {"side": 16, "images": 1},
        ("scipy_fft",),
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
        for method in ("automatic", "plan", "products", "pairs", "preload", "dense"):
            if (method in ("pairs", "preload") and width > 3) or (method == "dense" and not dense):
                continue
            yield Case(
                f"curvature, {method}",
                size,
                "curvature",
                method,
                arguments,
                rivals,
                quick=side == 64 and method == "automatic",
                headline=method == "automatic" and width == 3,
            )
        if width == 300 or side == 128:
            yield Case(
                "curvature, fft",
                size,
                "curvature",
                "fft",
                arguments,
                tuple(name for name in rivals if name != "numba_pairs"),
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
                "automatic",
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
    for side, sources in ((140, 1500), (300, 1000)):
        yield Case(
            "curvature, automatic",
            f"N {side}, S {sources}, B 3",
            "curvature",
            "automatic",
            {"side": side, "sources": sources, "width": 3},
            ("numba_rows", "scipy_fft"),
            slow=("numba_rows",) if side == 300 else (),
        )
    yield from products()


def solvers():
    for side, sources in ((30, 256), (64, 1000), (128, 1000)):
        size, arguments = f"N {side}, S {sources}", {"side": side, "sources": sources}
        yield Case(
            "source without curvature matrix",
            size,
            "conjugate_gradient",
            "jacobi",
            arguments,
            ("scipy_cg",),
            quick=side == 64,
            headline=side == 128,
        )
        for method in ("block_pivoting", "projected_gradient"):
            yield Case(
                f"non-negative source, {method.replace('_', ' ')}",
                size,
                "nonnegative",
                method,
                arguments,
                ("scipy_nnls",),
                quick=side == 30,
            )
