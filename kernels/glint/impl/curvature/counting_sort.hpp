// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_CURVATURE_COUNTING_SORT_HPP
#define GLINT_IMPL_CURVATURE_COUNTING_SORT_HPP

#include <algorithm>
#include <glint/execution.hpp>
#include <string>

/// Counting sort of items that come in rows, by small integer keys; equal keys keep their order, so
/// the result does not depend on the number of threads.
///
/// `Items` is copied to the device and has
///   int rows, keys;
///   void visit(int row, action) const      calls action(key, k) for the row's items k in order
///   void place(int to, int row, int k)     puts an item at its place
/// How many items there are is known on the device only. For few keys: every chunk of rows counts
/// them all.

namespace glint::impl {

template <class ExecutionSpace>
struct SortWorkspace {
  using Indices = Vector<int, typename ExecutionSpace::memory_space>;
  Indices counts;
};

/// Rows are cut into chunks, each the work of one thread.
template <class ExecutionSpace>
int sort_chunks(const ExecutionSpace& space, int rows) {
  const int wanted = is_host_execution_v<ExecutionSpace>
                         ? static_cast<int>(std::min<std::size_t>(space.concurrency(), 64))
                         : 512;
  return std::max(1, std::min(wanted, rows));
}

template <class ExecutionSpace, class Items>
struct CountingSort {
  using Indices = Vector<int, typename ExecutionSpace::memory_space>;
  struct Count {};
  struct Scan {};
  struct Place {};

  Items items;
  int chunks;
  Indices counts, begin;

  KOKKOS_FUNCTION int first_row(int chunk) const {
    return static_cast<int>(static_cast<long long>(items.rows) * chunk / chunks);
  }

  KOKKOS_FUNCTION void operator()(Count, int chunk) const {
    int* const mine = counts.data() + chunk;
    const int step = chunks;
    for (int key = 0; key < items.keys; ++key) mine[key * step] = 0;
    for (int row = first_row(chunk); row < first_row(chunk + 1); ++row)
      items.visit(row, [&](int key, int) { ++mine[key * step]; });
  }

  /// Turns counts into first places: of all chunks of a key, then of the next key.
  KOKKOS_FUNCTION void operator()(Scan, int index, int& sum, bool last) const {
    const int count = counts(index);
    if (last) {
      counts(index) = sum;
      if (index % chunks == 0) begin(index / chunks) = sum;
    }
    sum += count;
    if (last && index + 1 == items.keys * chunks) begin(items.keys) = sum;
  }

  KOKKOS_FUNCTION void operator()(Place, int chunk) const {
    int* const mine = counts.data() + chunk;
    const int step = chunks;
    for (int row = first_row(chunk); row < first_row(chunk + 1); ++row)
      items.visit(row, [&](int key, int k) { items.place(mine[key * step]++, row, k); });
  }
};

/// Sorts; afterwards the items of key j are at places begin(j) to begin(j + 1) - 1. `begin`:
/// (keys + 1). Asynchronous. Cost: O(items + keys chunks).
template <class ExecutionSpace, class Items>
void counting_sort(const ExecutionSpace& space, const std::string& label, const Items& items,
                   const Vector<int, typename ExecutionSpace::memory_space>& begin,
                   SortWorkspace<ExecutionSpace>& workspace) {
  using Sort = CountingSort<ExecutionSpace, Items>;
  const int chunks = sort_chunks(space, items.rows);
  grow(space, "glint::curvature::counts", static_cast<std::size_t>(items.keys) * chunks,
       workspace.counts);
  const Sort sort{items, chunks, workspace.counts, begin};
  using Kokkos::RangePolicy;
  Kokkos::parallel_for(label + "_count",
                       RangePolicy<ExecutionSpace, typename Sort::Count>(space, 0, chunks), sort);
  Kokkos::parallel_scan(
      label + "_scan",
      RangePolicy<ExecutionSpace, typename Sort::Scan>(space, 0, items.keys * chunks), sort);
  Kokkos::parallel_for(label + "_place",
                       RangePolicy<ExecutionSpace, typename Sort::Place>(space, 0, chunks), sort);
}

}  // namespace glint::impl

#endif
