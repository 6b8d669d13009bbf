# SPDX-License-Identifier: BSD-3-Clause
"""Type 1 transforms to twice the frame (the kernel) and to the frame (the image), type 2 back; W from the kernel."""

import ducc0
import numpy as np

from peers import offsets
from peers.registry import rival
from peers.visibilities import image_weights, phases


def transform(p, q, weights, out, digits, threads):
    return ducc0.nufft.nu2u(
        points=weights,
        coord=np.stack([-q, p], axis=1),
        forward=False,
        epsilon=10.0**-digits,
        nthreads=threads,
        out=out,
    ).real


def kernel(data, digits, threads):
    frame = np.empty((2 * data.ny, 2 * data.nx), complex)
    weights = data.weights.astype(complex)
    return lambda: transform(*phases(data), weights, frame, digits, threads)[data.ny :, 1:]


def image(data, digits, threads):
    frame = np.empty((data.ny, data.nx), complex)
    half_x, half_y = 0.5 * (data.nx % 2 == 0), 0.5 * (data.ny % 2 == 0)

    def call():
        p, q = phases(data)
        weights = image_weights(data) * np.exp(1j * (half_x * p - half_y * q))
        return transform(p, q, weights, frame, digits, threads)[data.row, data.column]

    return call


for operation, make in (("w_compact", kernel), ("dirty_image", image)):
    for digits in (12, 6):

        def competitor(data, precision, threads, make=make, digits=digits):
            return make(data, digits, threads)

        rival(operation, name=f"ducc0_{digits}_digits", few_threads=True)(competitor)


def prediction(data, digits, threads):
    frame = np.zeros((data.ny, data.nx), complex)
    half_x, half_y = 0.5 * (data.nx % 2 == 0), 0.5 * (data.ny % 2 == 0)

    def call():
        p, q = phases(data)
        frame[data.row, data.column] = data.image
        whole = ducc0.nufft.u2nu(
            grid=frame,
            coord=np.stack([-q, p], axis=1),
            forward=True,
            epsilon=10.0**-digits,
            nthreads=threads,
        )
        turned = whole * np.exp(-1j * (half_x * p - half_y * q))
        return np.stack([turned.real, turned.imag])

    return call


for digits in (12, 6):

    def predictor(data, precision, threads, digits=digits):
        return prediction(data, digits, threads)

    rival("predict_visibilities", name=f"ducc0_{digits}_digits", few_threads=True)(predictor)


@rival("w_tilde", few_threads=True)
def ducc0_via_kernel(data, precision, threads):
    compact = kernel(data, 12, threads)
    where = offsets.index(data, (data.ny, 2 * data.nx - 1))
    return lambda: offsets.table(compact()).take(where)
