# SPDX-License-Identifier: BSD-3-Clause
"""What every rival of the renderer computes once per catalogue: b_n and the central brightness."""

import numpy as np
from scipy.special import gamma, gammaincinv


def constants(data):
    """Columns of a table (P, 8): x y cos sin 1/re 1/(re q) b 1/(2n), and the central brightness."""
    n = data.n.astype(np.float64)
    flux, re, q, theta = (
        getattr(data, name).astype(np.float64) for name in ("flux", "re", "q", "theta")
    )
    b = gammaincinv(2 * n, 0.5)
    centre = flux * b ** (2 * n) / (2 * np.pi * n * re**2 * q * gamma(2 * n))
    columns = (data.x, data.y, np.cos(theta), np.sin(theta), 1 / re, 1 / (re * q), b, 1 / (2 * n))
    table = np.stack([column.astype(data.real) for column in columns], axis=1)
    return table, centre.astype(data.real)


def axes(data):
    """Pixel centres along y, (ny, 1), and x, (1, nx); 0 is the middle of the image."""
    y = np.arange(data.ny) - (data.ny - 1) / 2
    x = np.arange(data.nx) - (data.nx - 1) / 2
    return y[:, None].astype(data.real), x[None, :].astype(data.real)
