# SPDX-License-Identifier: BSD-3-Clause
"""F = T^T W T with T dense; the mapping matrix; the evidence, with H dense."""

import functools

import jax
import jax.numpy as jnp

from peers import mapping, offsets
from peers.jax_setup import finished, moved
from peers.jax_visibilities import expand
from peers.registry import rival


@jax.jit
def from_kernel(compact, where, t):
    return t.T @ (expand(compact, where) @ t)


@jax.jit
def from_w(w, t):
    return t.T @ (w @ t)


@rival("curvature")
def jax_products(data, precision, threads):
    where = offsets.index(data, data.compact.shape)
    return finished(from_kernel, *moved(data.compact, where, mapping.dense(data)))


@rival("curvature_from_w")
def jax_from_w(data, precision, threads):
    return finished(from_w, *moved(data.w, mapping.dense(data)))


@functools.partial(jax.jit, static_argnames="sources")
def scatter(columns, values, sources):
    pixel = jnp.arange(columns.shape[0])[:, None]
    t = jnp.zeros((columns.shape[0], sources))
    return t.at[pixel, columns].add(jnp.where(columns >= 0, values, 0.0))


@rival("mapping_matrix")
def jax_mapping(data, precision, threads):
    return finished(
        lambda *table: scatter(*table, sources=data.sources), *moved(data.columns, data.values)
    )


def regularization(neighbours, coefficient):
    size = neighbours.shape[0]
    there = (neighbours >= 0).astype(jnp.float64)
    links = jnp.zeros((size, size)).at[jnp.arange(size)[:, None], neighbours].add(there)
    return coefficient**2 * (jnp.diag(links.sum(axis=1)) - links) + 1e-8 * jnp.eye(size)


def log_determinant(factor):
    return 2 * jnp.sum(jnp.log(jnp.diagonal(factor)))


@jax.jit
def likelihood(compact, where, columns, values, neighbours, dirty, coefficient, data_term, noise):
    t = scatter(columns, values, neighbours.shape[0])
    f, d = from_kernel(compact, where, t), t.T @ dirty
    h = regularization(neighbours, coefficient)
    factor = jnp.linalg.cholesky(f + h)
    x = jax.scipy.linalg.cho_solve((factor, True), d)
    chi_squared = x @ f @ x - 2 * (x @ d) + data_term
    terms = chi_squared + x @ h @ x + noise - log_determinant(jnp.linalg.cholesky(h))
    return -0.5 * (terms + log_determinant(factor))


@rival("likelihood", name="jax_products")
def jax_likelihood(data, precision, threads):
    where = offsets.index(data, data.compact.shape)
    arrays = moved(data.compact, where, data.columns, data.values, data.neighbours, data.dirty)
    scalars = float(data.coefficient), data.data_term, data.noise_normalization
    return finished(likelihood, *arrays, *scalars)
