# SPDX-License-Identifier: BSD-3-Clause
"""Centre samples under jit: a loop over profiles, a batch of them, and the loop written out."""

import functools

import jax
import jax.numpy as jnp

from peers.jax_setup import finished, moved
from peers.registry import rival
from peers.sersic import axes, constants


def brightness(row, amplitude, y, x):
    x0, y0, c, s, a, d, b, power = row
    i, j = y - y0, x - x0
    r2 = ((j * c + i * s) * a) ** 2 + ((i * c - j * s) * d) ** 2
    return amplitude * jnp.exp(-b * r2**power)


@jax.jit
def loop(table, centre, y, x):
    def add(p, image):
        return image + brightness(table[p], centre[p], y, x)

    return jax.lax.fori_loop(0, centre.size, add, jnp.zeros((y.size, x.size), y.dtype))


@jax.jit
def batch(table, centre, y, x):
    return jax.vmap(brightness, in_axes=(0, 0, None, None))(table, centre, y, x).sum(axis=0)


@jax.jit
def unrolled(table, centre, y, x):
    return functools.reduce(
        jnp.add, [brightness(table[p], centre[p], y, x) for p in range(centre.size)]
    )


def renderer(function, data):
    return finished(function, *moved(*constants(data), *axes(data)))


@rival("render")
def jax_fori(data, precision, threads):
    return renderer(loop, data)


@rival("render")
def jax_vmap(data, precision, threads):
    return renderer(batch, data)


@rival("render")
def jax_unrolled(data, precision, threads):
    return renderer(unrolled, data)
