# SPDX-License-Identifier: BSD-3-Clause
"""F = T^T W T by BLAS, T dense; the mapping matrix; the evidence."""

import numpy as np

from peers import mapping, offsets
from peers.evidence import evidence
from peers.registry import rival


def by_products(data):
    t = mapping.dense(data)
    where = offsets.index(data, data.compact.shape)
    return lambda: t.T @ (offsets.table(data.compact).take(where) @ t)


@rival("curvature", few_threads=True)
def numpy_products(data, precision, threads):
    return by_products(data)


@rival("curvature_from_w", few_threads=True)
def numpy_from_w(data, precision, threads):
    t = mapping.dense(data)
    return lambda: t.T @ (data.w @ t)


@rival("likelihood", name="numpy_products", few_threads=True)
def numpy_likelihood(data, precision, threads):
    return evidence(data, by_products(data))


@rival("mapping_matrix")
def numpy_mapping(data, precision, threads):
    pixel, source, value = mapping.flat(data)
    shape = data.columns.shape[0], data.sources

    def call():
        where = pixel * shape[1] + source
        return np.bincount(where, value, minlength=shape[0] * shape[1]).reshape(shape)

    return call
