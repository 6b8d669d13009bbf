# SPDX-License-Identifier: BSD-3-Clause
"""Sums over visibilities: cosine by cosine, and as products of tables over chunks; W from its kernel."""

import functools

import jax
import jax.numpy as jnp

from peers import offsets
from peers.jax_setup import finished, moved
from peers.registry import rival
from peers.visibilities import image_axes, image_weights

CHUNK = 1024


def phases(u, v, step):
    return 2 * jnp.pi * step * u, 2 * jnp.pi * step * v


@functools.partial(jax.jit, static_argnames=("ny", "nx"))
def kernel_cosines(u, v, weights, step, ny, nx):
    p, q = phases(u, v, step)
    n = jnp.arange(1 - nx, nx)[:, None]

    def row(m):
        return jnp.sum(weights * jnp.cos(n * p - m * q), axis=1)

    return jax.lax.map(row, jnp.arange(ny))


def chunks(*arrays):
    """(chunks, CHUNK) each, filled up with zeros."""
    missing = -arrays[0].size % CHUNK
    return tuple(jnp.pad(array, (0, missing)).reshape(-1, CHUNK) for array in arrays)


@functools.partial(jax.jit, static_argnames=("ny", "nx"))
def kernel_products(u, v, weights, step, ny, nx):
    m, n = jnp.arange(ny)[:, None], jnp.arange(nx)[:, None]

    def add(sums, part):
        p, q, w = part
        even = (w * jnp.cos(m * q)) @ jnp.cos(n * p).T
        odd = (w * jnp.sin(m * q)) @ jnp.sin(n * p).T
        return (sums[0] + even, sums[1] + odd), None

    nothing = jnp.zeros((ny, nx))
    (even, odd), _ = jax.lax.scan(add, (nothing, nothing), chunks(*phases(u, v, step), weights))
    return jnp.concatenate([(even - odd)[:, :0:-1], even + odd], axis=1)


@rival("w_compact")
def jax_cosines(data, precision, threads):
    return finished(
        lambda *arrays: kernel_cosines(*arrays, data.step, data.ny, data.nx),
        *moved(data.u, data.v, data.weights),
    )


@rival("w_compact")
def jax_products(data, precision, threads):
    return finished(
        lambda *arrays: kernel_products(*arrays, data.step, data.ny, data.nx),
        *moved(data.u, data.v, data.weights),
    )


@jax.jit
def image_cosines(u, v, a, b, step, x, y):
    p, q = phases(u, v, step)

    def pixel(place):
        phase = place[0] * p + place[1] * q
        return jnp.sum(a * jnp.cos(phase) - b * jnp.sin(phase))

    return jax.lax.map(pixel, (x, y), batch_size=16)


@jax.jit
def image_products(u, v, a, b, step, x, y, row, column):
    def add(frame, part):
        p, q, a, b = part
        down, right = y[:, None] * q, x[:, None] * p
        c, s = jnp.cos(down), jnp.sin(down)
        return frame + (a * c - b * s) @ jnp.cos(right).T - (a * s + b * c) @ jnp.sin(right).T, None

    frame = jnp.zeros((y.size, x.size))
    frame, _ = jax.lax.scan(add, frame, chunks(*phases(u, v, step), a, b))
    return frame[row, column]


@rival("dirty_image", name="jax_cosines")
def jax_image_cosines(data, precision, threads):
    x, y = image_axes(data)
    places = moved(x[data.column], y[data.row])
    weights = image_weights(data)
    arrays = moved(data.u, data.v, weights.real.copy(), weights.imag.copy())
    return finished(image_cosines, *arrays, data.step, *places)


@rival("dirty_image", name="jax_products")
def jax_image_products(data, precision, threads):
    weights = image_weights(data)
    arrays = moved(data.u, data.v, weights.real.copy(), weights.imag.copy())
    where = moved(*image_axes(data), data.row, data.column)
    return finished(image_products, *arrays, data.step, *where)


@jax.jit
def definition(u, v, weights, step, row, column):
    p, q = phases(u, v, step)

    def line(i):
        right, down = (column[i] - column)[:, None], (row[i] - row)[:, None]
        return jnp.sum(weights * jnp.cos(right * p - down * q), axis=1)

    return jax.lax.map(line, jnp.arange(row.size))


@rival("w_tilde", name="jax_cosines")
def jax_definition(data, precision, threads):
    arrays = moved(data.u, data.v, data.weights)
    return finished(definition, *arrays, data.step, *moved(data.row, data.column))


@jax.jit
def expand(compact, where):
    return jnp.concatenate([compact[:0:-1, ::-1], compact]).ravel()[where]


@rival("w_tilde_expand")
def jax_expand(data, precision, threads):
    return finished(expand, *moved(data.compact, offsets.index(data, data.compact.shape)))


@rival("w_tilde")
def jax_via_kernel(data, precision, threads):
    where = jnp.asarray(offsets.index(data, (data.ny, 2 * data.nx - 1)))
    make = jax.jit(
        lambda *arrays: expand(kernel_products(*arrays, data.step, data.ny, data.nx), where)
    )
    return finished(make, *moved(data.u, data.v, data.weights))
