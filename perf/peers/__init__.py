# SPDX-License-Identifier: BSD-3-Clause
"""The rivals: what people use for the work glint does, one file per tool and topic.

A rival is a function that takes the inputs of a case and returns the call that is timed:

    @rival("sum")                              # operations it competes in
    def numpy_sum(data, precision, threads):   # the tool is the name up to the first underscore
        x = data.x                             # arrays in the case's precision, scalars as numbers
        return lambda: np.sum(x)               # what is timed; returns the result, finished

A call may have an attribute `check`, which returns what to compare in place of the result.
What a user would do once (moving arrays, planning, compiling) belongs before the return.
"""
