# SPDX-License-Identifier: BSD-3-Clause
"""Runs glint and its rivals side by side and writes what came out; started by perf/run."""
