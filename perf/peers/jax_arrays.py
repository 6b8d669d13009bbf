# SPDX-License-Identifier: BSD-3-Clause
"""The array kernels under jit."""

import functools

import jax
import jax.numpy as jnp

from peers.jax_setup import finished, moved
from peers.registry import rival


@rival("sum")
def jax_sum(data, precision, threads):
    return finished(jax.jit(jnp.sum), *moved(data.x))


@rival("bilinear_map")
def jax_map(data, precision, threads):
    return finished(jax.jit(lambda x, y: 2 * x * y + 3 * y + 1), *moved(data.x, data.y))


@jax.jit
def divide_by_norm(v):
    square = jnp.sum(v * v, axis=-1, keepdims=True)
    return v * jnp.where(square > 0, jax.lax.rsqrt(jnp.where(square > 0, square, 1)), 0)


@rival("normalize")
def jax_normalize(data, precision, threads):
    return finished(divide_by_norm, *moved(data.v))


@jax.jit
def series():
    k = jnp.arange(30)
    return jnp.sqrt(12.0) * jnp.sum((-1 / 3) ** k / (2 * k + 1))


@rival("madhava")
def jax_madhava(data, precision, threads):
    return finished(series)


@functools.partial(jax.jit, static_argnames="count")
def reduced(a, b, count):
    return jax.lax.map(lambda m: jnp.sum((m * a) ** 2 * b), jnp.arange(count, dtype=a.dtype))


@rival("reduced_sum")
def jax_reduced(data, precision, threads):
    return finished(lambda a, b: reduced(a, b, count=data.m), *moved(data.a, data.b))


def profile(x, amplitude, centre, width):
    return amplitude * jnp.exp(-0.5 * ((x - centre) / width) ** 2)


@jax.jit
def rows(x, amplitude, centre, width):
    return jax.vmap(profile, in_axes=(None, 0, 0, 0))(x, amplitude, centre, width)


@jax.jit
def mixture(x, amplitude, centre, width):
    def add(g, total):
        return total + profile(x, amplitude[g], centre[g], width[g])

    return jax.lax.fori_loop(0, centre.size, add, jnp.zeros_like(x))


def inputs(data):
    return moved(data.x, data.amplitude, data.centre, data.width)


@rival("gaussians")
def jax_gaussians(data, precision, threads):
    return finished(rows, *inputs(data))


@rival("gaussian_mixture")
def jax_mixture(data, precision, threads):
    return finished(mixture, *inputs(data))
