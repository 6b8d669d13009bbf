# SPDX-License-Identifier: BSD-3-Clause
"""W from its kernel by one look-up of all entries; where they stand is worked out beforehand."""

from peers import offsets
from peers.registry import rival


@rival("w_tilde_expand")
def numpy_expand(data, precision, threads):
    where = offsets.index(data, data.compact.shape)
    return lambda: offsets.table(data.compact).take(where)
