# SPDX-License-Identifier: BSD-3-Clause
"""Sums over visibilities as products of tables: cos(a - b) splits into cosines and sines of a and b."""

import numpy as np

from peers.registry import rival
from peers.visibilities import image_axes, image_weights, phases

CHUNK = 4096


@rival("w_compact", few_threads=True)
def numpy_products(data, precision, threads):
    m, n = np.arange(data.ny)[:, None], np.arange(data.nx)[:, None]

    def kernel():
        even, odd = np.zeros((data.ny, data.nx)), np.zeros((data.ny, data.nx))
        p, q = phases(data)
        for start in range(0, p.size, CHUNK):
            part = slice(start, start + CHUNK)
            down, right = m * q[part], n * p[part]
            even += (data.weights[part] * np.cos(down)) @ np.cos(right).T
            odd += (data.weights[part] * np.sin(down)) @ np.sin(right).T
        return np.concatenate([(even - odd)[:, :0:-1], even + odd], axis=1)

    return kernel


@rival("dirty_image", name="numpy_products", few_threads=True)
def numpy_products_image(data, precision, threads):
    x, y = (axis[:, None] for axis in image_axes(data))

    def image():
        frame = np.zeros((data.ny, data.nx))
        p, q = phases(data)
        weights = image_weights(data)
        for start in range(0, p.size, CHUNK):
            part = slice(start, start + CHUNK)
            down = weights[part] * np.exp(1j * y * q[part])
            right = np.exp(1j * x * p[part])
            frame += down.real @ right.real.T - down.imag @ right.imag.T
        return frame[data.row, data.column]

    return image
