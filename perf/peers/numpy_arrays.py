# SPDX-License-Identifier: BSD-3-Clause
"""The array kernels, in place where NumPy can."""

import numpy as np

from peers.registry import rival


@rival("sum")
def numpy_sum(data, precision, threads):
    return lambda: np.sum(data.x)


@rival("bilinear_map")
def numpy_map(data, precision, threads):
    out = np.empty_like(data.x)

    def call():
        np.multiply(data.x, 2, out=out)
        np.add(out, 3, out=out)  # 2xy + 3y + 1 = (2x + 3) y + 1
        np.multiply(out, data.y, out=out)
        return np.add(out, 1, out=out)

    return call


@rival("normalize")
def numpy_normalize(data, precision, threads):
    out = np.empty_like(data.v)

    def call():
        norm = np.sqrt(np.einsum("...i,...i->...", data.v, data.v))[..., None]
        norm[norm == 0] = 1
        return np.divide(data.v, norm, out=out)

    return call


@rival("madhava")
def numpy_madhava(data, precision, threads):
    k = np.arange(30)
    return lambda: np.array([np.sqrt(12) * np.sum((-1 / 3) ** k / (2 * k + 1))])


@rival("reduced_sum", few_threads=True)
def numpy_reduced(data, precision, threads):
    m, tile = np.arange(data.m, dtype=data.real), 64

    def call():
        out = np.empty_like(m)
        for start in range(0, m.size, tile):
            part = m[start : start + tile, None] * data.a
            np.square(part, out=part)
            out[start : start + tile] = part @ data.b
        return out

    return call


@rival("gaussians")
def numpy_gaussians(data, precision, threads):
    out = np.empty((data.amplitude.size, data.x.size), data.real)

    def call():
        for row, amplitude, centre, width in zip(out, data.amplitude, data.centre, data.width):
            np.subtract(data.x, centre, out=row)
            row *= 1 / width
            np.square(row, out=row)
            row *= data.real(-0.5)
            np.exp(row, out=row)
            row *= amplitude
        return out

    return call


@rival("gaussian_mixture")
def numpy_mixture(data, precision, threads):
    def call():
        total, row = np.zeros_like(data.x), np.empty_like(data.x)
        for amplitude, centre, width in zip(data.amplitude, data.centre, data.width):
            np.subtract(data.x, centre, out=row)
            row *= 1 / width
            np.square(row, out=row)
            row *= data.real(-0.5)
            np.exp(row, out=row)
            row *= amplitude
            total += row
        return total

    return call
