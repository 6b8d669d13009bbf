# SPDX-License-Identifier: BSD-3-Clause
"""The array kernels as parallel loops."""

import numba
import numpy as np

from peers.registry import rival

parallel = numba.njit(parallel=True, fastmath=True)


@parallel
def total(x):
    sum_ = 0.0
    for i in numba.prange(x.size):
        sum_ += x[i]
    return sum_


@rival("sum")
def numba_sum(data, precision, threads):
    numba.set_num_threads(threads)
    return lambda: total(data.x)


@parallel
def bilinear(x, y, out):
    for i in numba.prange(x.size):
        out[i] = 2 * x[i] * y[i] + 3 * y[i] + 1


@rival("bilinear_map")
def numba_map(data, precision, threads):
    numba.set_num_threads(threads)
    out = np.empty_like(data.x)

    def call():
        bilinear(data.x, data.y, out)
        return out

    return call


@parallel
def divide_by_norm(v, out):
    for i in numba.prange(v.shape[0]):
        square = v.dtype.type(0)
        for j in range(v.shape[1]):
            square += v[i, j] * v[i, j]
        scale = v.dtype.type(1) / np.sqrt(square) if square > 0 else v.dtype.type(0)
        for j in range(v.shape[1]):
            out[i, j] = scale * v[i, j]


@rival("normalize")
def numba_normalize(data, precision, threads):
    numba.set_num_threads(threads)
    v = data.v.reshape(-1, data.v.shape[-1])
    out = np.empty_like(v)

    def call():
        divide_by_norm(v, out)
        return out

    return call


@numba.njit
def series(terms):
    sum_, power = 0.0, 1.0
    for k in range(terms):
        sum_ += power / (2 * k + 1)
        power /= -3.0
    return np.sqrt(12.0) * sum_


@rival("madhava")
def numba_madhava(data, precision, threads):
    return lambda: series(30)


@parallel
def reduced(m, a, b, out):
    for i in numba.prange(m.size):
        sum_ = a.dtype.type(0)
        for k in range(a.size):
            product = m[i] * a[k]
            sum_ += product * product * b[k]
        out[i] = sum_


@rival("reduced_sum")
def numba_reduced(data, precision, threads):
    numba.set_num_threads(threads)
    m = np.arange(data.m, dtype=data.real)
    out = np.empty_like(m)

    def call():
        reduced(m, data.a, data.b, out)
        return out

    return call


@parallel
def gaussian_rows(x, amplitude, centre, width, out):
    blocks = (x.size + 4095) // 4096
    for task in numba.prange(amplitude.size * blocks):
        g, block = task // blocks, task % blocks
        factor = -x.dtype.type(0.5) / (width[g] * width[g])
        for i in range(block * 4096, min(x.size, (block + 1) * 4096)):
            d = x[i] - centre[g]
            out[g, i] = amplitude[g] * np.exp(factor * d * d)


@rival("gaussians")
def numba_gaussians(data, precision, threads):
    numba.set_num_threads(threads)
    out = np.empty((data.amplitude.size, data.x.size), data.real)

    def call():
        gaussian_rows(data.x, data.amplitude, data.centre, data.width, out)
        return out

    return call


@parallel
def mixture(x, amplitude, factor, centre, out):
    for i in numba.prange(x.size):
        sum_ = x.dtype.type(0)
        for g in range(centre.size):
            d = x[i] - centre[g]
            sum_ += amplitude[g] * np.exp(factor[g] * d * d)
        out[i] = sum_


@rival("gaussian_mixture")
def numba_mixture(data, precision, threads):
    numba.set_num_threads(threads)
    out = np.empty_like(data.x)
    factor = (-0.5 / data.width**2).astype(data.real)

    def call():
        mixture(data.x, data.amplitude, factor, data.centre, out)
        return out

    return call
