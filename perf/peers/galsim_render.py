# SPDX-License-Identifier: BSD-3-Clause
"""GalSim: centre samples, Fourier rendering on stamps of its own choice, real-space integration."""

import galsim
import numpy as np

from peers.registry import rival

PARAMETERS = galsim.GSParams(maximum_fft_size=16384)


def galaxies(data):
    """Objects and their places relative to the middle of the image."""
    made = []
    for p in range(data.n.size):
        q, re = float(data.q[p]), float(data.re[p])
        galaxy = galsim.Sersic(
            float(data.n[p]),
            half_light_radius=re * np.sqrt(q),  # of the circle of equal area
            flux=float(data.flux[p]),
            gsparams=PARAMETERS,
        ).shear(q=q, beta=float(data.theta[p]) * galsim.radians)
        made.append((galaxy, galsim.PositionD(float(data.x[p]), float(data.y[p]))))
    return made


def frame(data):
    return galsim.Image(data.nx, data.ny, dtype=data.real, scale=1.0, init_value=0)


def on_frame(data, method):
    made = galaxies(data)

    def draw():
        image = frame(data)
        for galaxy, place in made:
            galaxy.drawImage(image=image, method=method, offset=place, add_to_image=True)
        return image.array

    return draw


@rival("render")
def galsim_no_pixel(data, precision, threads):
    return on_frame(data, "no_pixel")


@rival("render", "integrate")
def galsim_real_space(data, precision, threads):
    return on_frame(data, "real_space")


@rival("render")
def galsim_auto(data, precision, threads):
    made = galaxies(data)

    def draw():
        image = frame(data)
        for galaxy, place in made:
            stamp = galaxy.drawImage(
                scale=1.0, method="auto", center=image.true_center + place, dtype=data.real
            )
            overlap = stamp.bounds & image.bounds
            if overlap.isDefined():
                image[overlap] += stamp[overlap]
        return image.array

    return draw
