# SPDX-License-Identifier: BSD-3-Clause
"""Rules on [-1/2, 1/2] as tensor products over a pixel: (offsets, 2) and weights."""

import numpy as np

KRONROD = (
    (0.991455371120812639206854697526329, 0.022935322010529224963732008058970),
    (0.949107912342758524526189684047851, 0.063092092629978553290700663189204),
    (0.864864423359769072789712788640926, 0.104790010322250183839876322541518),
    (0.741531185599394439863864773280788, 0.140653259715525918745189590510238),
    (0.586087235467691130294144691258380, 0.169004726639267902826583426598550),
    (0.405845151377397166906606412076949, 0.190350578064785409913256402421014),
    (0.207784955007898467600689403773245, 0.204432940075298892414161999234649),
    (0.0, 0.209482141084727828012999174891714),
)


def gauss_legendre(order):
    return np.polynomial.legendre.leggauss(order)


def clenshaw_curtis(order):
    """`order` nodes, both ends included; exact for polynomials below that degree."""
    nodes = np.cos(np.pi * np.arange(order) / (order - 1))
    powers = np.polynomial.chebyshev.chebvander(nodes, order - 1)
    degree = np.arange(order)
    moments = np.where(degree % 2 == 0, 2 / (1.0 - degree**2 + (degree == 1)), 0)
    return nodes, np.linalg.solve(powers.T, moments)


def kronrod_15():
    nodes = [x for x, _ in KRONROD] + [-x for x, _ in KRONROD[:-1]]
    weights = [w for _, w in KRONROD] + [w for _, w in KRONROD[:-1]]
    return np.array(nodes), np.array(weights)


def tensor(rule):
    nodes, weights = rule
    down, right = np.meshgrid(nodes / 2, nodes / 2, indexing="ij")
    return np.stack([down.ravel(), right.ravel()], axis=1), np.outer(weights, weights).ravel() / 4
