# SPDX-License-Identifier: BSD-3-Clause
"""Both precisions, arrays on the device beforehand, and calls that end when the result is there."""

import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)


def moved(*arrays):
    return [jax.block_until_ready(jnp.asarray(array)) for array in arrays]


def finished(function, *arguments):
    return lambda: jax.block_until_ready(function(*arguments))
