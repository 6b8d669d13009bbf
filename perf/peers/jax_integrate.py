# SPDX-License-Identifier: BSD-3-Clause
"""Pixel integrals of one galaxy: fixed rules, and refinement where the estimated error is largest."""

import functools

import jax
import jax.numpy as jnp

from peers import quadrature
from peers.jax_render import brightness
from peers.jax_setup import finished, moved
from peers.registry import rival
from peers.sersic import axes, constants


@jax.jit
def integrate(table, centre, y, x, offsets, weights):
    def add(k, image):
        sample = brightness(table[0], centre[0], y + offsets[k, 0], x + offsets[k, 1])
        return image + weights[k] * sample

    return jax.lax.fori_loop(0, weights.size, add, jnp.zeros((y.size, x.size), y.dtype))


def with_rule(data, rule):
    offsets, weights = quadrature.tensor(rule)
    arguments = *constants(data), *axes(data), offsets.astype(data.real), weights.astype(data.real)
    return finished(integrate, *moved(*arguments))


@rival("integrate")
def jax_gauss_legendre_7(data, precision, threads):
    return with_rule(data, quadrature.gauss_legendre(7))


@rival("integrate")
def jax_clenshaw_curtis_7(data, precision, threads):
    return with_rule(data, quadrature.clenshaw_curtis(7))


@rival("integrate")
def jax_kronrod_15(data, precision, threads):
    return with_rule(data, quadrature.kronrod_15())


def cells(row, amplitude, y, x, side, rules):
    """Flux in square cells about (y, x), and an estimate of its error."""
    values = []
    for offsets, weights in rules:
        sample = brightness(
            row, amplitude, y[:, None] + side * offsets[:, 0], x[:, None] + side * offsets[:, 1]
        )
        values.append(side**2 * (sample @ weights))
    low, high, other = values
    error = jnp.maximum(jnp.abs(high - low), jnp.abs(high - other))
    return (high + other) / 2, error


@functools.partial(jax.jit, static_argnames=("refined", "levels"))
def refine(table, centre, y, x, rules, refined, levels):
    """The `refined` worst cells of a level are cut in 3 x 3, level after level."""
    shape = y.size, x.size
    y, x = (axis.ravel() for axis in jnp.broadcast_arrays(y, x))
    third = jnp.arange(-1, 2) / 3.0
    side, stack = 1.0, []
    value, error = cells(table[0], centre[0], y, x, side, rules)
    for _ in range(levels):
        worst = jax.lax.top_k(error, refined)[1]
        stack.append((value, worst))
        y = (y[worst, None, None] + side * third[:, None] + 0 * third).reshape(-1)
        x = (x[worst, None, None] + side * third + 0 * third[:, None]).reshape(-1)
        side /= 3
        value, error = cells(table[0], centre[0], y, x, side, rules)
    while stack:
        parent, worst = stack.pop()
        value = parent.at[worst].set(value.reshape(-1, 9).sum(axis=1))
    return value.reshape(shape)


@rival("integrate")
def jax_refine(data, precision, threads):
    rules = [
        moved(*(part.astype(data.real) for part in quadrature.tensor(rule)))
        for rule in (
            quadrature.gauss_legendre(2),
            quadrature.gauss_legendre(3),
            quadrature.clenshaw_curtis(3),
        )
    ]
    arguments = moved(*constants(data), *axes(data))
    share = int(0.1 * data.ny * data.nx)
    return finished(lambda: refine(*arguments, rules, refined=share, levels=5))
