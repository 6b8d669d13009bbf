// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/mapping_rows.hpp>
#include <glint/impl/zero_matrix.hpp>
#include <glint/mapping.hpp>
#include <glint/region.hpp>
#include <limits>

namespace glint {

namespace impl {

namespace {

constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();

/// The smallest value a functor finds over a range; `none` when it finds nothing. Synchronous.
template <class ExecutionSpace, class Functor>
std::int64_t smallest(const ExecutionSpace& space, const char* label, std::size_t count,
                      const Functor& functor) {
  std::int64_t first = none;
  if (count == 0) return first;
  Kokkos::parallel_reduce(label, range(space, count), functor, Kokkos::Min<std::int64_t>(first));
  return first;
}

/// One element of a table, read back to the host.
template <class ExecutionSpace, class Table>
auto read_back(const ExecutionSpace& space, const Table& table, std::size_t row,
               std::size_t column) {
  typename Table::non_const_value_type value{};
  using Place = Kokkos::View<decltype(value), Kokkos::HostSpace, Kokkos::MemoryUnmanaged>;
  copy(space, Place(&value), Kokkos::subview(table, row, column));
  compat::fence(space, "glint::assign_mapping::read_back");
  return value;
}

template <class ExecutionSpace, class Vector>
auto read_back(const ExecutionSpace& space, const Vector& vector, std::size_t k) {
  typename Vector::non_const_value_type value{};
  using Place = Kokkos::View<decltype(value), Kokkos::HostSpace, Kokkos::MemoryUnmanaged>;
  copy(space, Place(&value), Kokkos::subview(vector, k));
  compat::fence(space, "glint::assign_mapping::read_back");
  return value;
}

/// What is wrong with a table that was refused.
template <class ExecutionSpace, class Table>
std::string table_problem(const ExecutionSpace& space, const Table& table, std::size_t table_rows,
                          std::size_t pixels, int width, int columns) {
  const std::int64_t bad = smallest(space, "glint::assign_mapping::first_bad_entry", table_rows,
                                    FirstBadEntry<Table>{table, columns});
  if (bad == none) {
    const std::int64_t m = smallest(space, "glint::assign_mapping::first_long_row", pixels,
                                    FirstLongRow<Table>{table, width, columns});
    return concat("assign_mapping: image pixel ", m,
                  " has more entries than the mapping has room for, which is ", width, " a row");
  }
  const auto row = static_cast<std::size_t>(bad / columns);
  const auto column = static_cast<std::size_t>(bad % columns);
  const auto index = static_cast<std::int64_t>(read_back(space, table.indexes, row, column));
  const std::string place = concat("mapping row ", row, ", column ", column, ": the ");
  if (index < -1 || index >= table.sources)
    return concat(place, "source index is ", index, ", but it must lie in 0 to ", table.sources - 1,
                  ", or be -1 for none");
  for (std::size_t before = 0; before < column; ++before)
    if (read_back(space, table.indexes, row, before) == -1)
      return concat(place, "source index is ", index, " after a -1 in column ", before,
                    ", but -1 must only be followed by -1");
  return concat(place, "weight is ", read_back(space, table.weights, row, column),
                ", not a finite number of the mapping's type");
}

/// Lists the table's rows of every image pixel.
template <class ExecutionSpace, class T>
void group_samples(const ExecutionSpace& space,
                   const SubPixels<typename ExecutionSpace::memory_space>& sub_pixels,
                   std::size_t pixels, MappingWorkspace<ExecutionSpace, T>& workspace) {
  using Memory = typename ExecutionSpace::memory_space;
  const std::size_t rows = sub_pixels.slim_index.extent(0);
  constexpr auto limit = static_cast<std::size_t>(std::numeric_limits<int>::max());
  GLINT_EXPECTS(rows < limit, "assign_mapping: ", rows, " sub-pixels are more than can be counted");
  const std::int64_t bad =
      smallest(space, "glint::assign_mapping::first_bad_sample", rows,
               FirstBadSample<ExecutionSpace>{sub_pixels.slim_index, sub_pixels.fraction,
                                              static_cast<std::int64_t>(pixels)});
  if (bad != none) {
    const auto r = static_cast<std::size_t>(bad);
    const int slim_index = read_back(space, sub_pixels.slim_index, r);
    GLINT_EXPECTS(slim_index >= 0 && static_cast<std::size_t>(slim_index) < pixels, "sub-pixel ", r,
                  ": slim_index is ", slim_index, ", but there are ", pixels, " image pixels");
    throw Error(concat("sub-pixel ", r, ": fraction is ", read_back(space, sub_pixels.fraction, r),
                       ", not a finite number"));
  }
  // One sample is a row with a single entry, so its transpose lists the samples of every pixel.
  grow(space, "glint::assign_mapping::table_rows", rows + 1, workspace.table_rows);
  Kokkos::parallel_for("glint::assign_mapping::count_up", range(space, rows + 1),
                       CountUp<ExecutionSpace>{workspace.table_rows});
  SparseMapping<Memory, double> single;
  single.pixels = rows;
  single.sources = pixels;
  single.width = 1;
  single.offsets = workspace.table_rows;
  single.columns = sub_pixels.slim_index;
  single.values = sub_pixels.fraction;
  transpose(space, single, workspace.samples);
}

}  // namespace

template <class ExecutionSpace, class Index, class Weight, class T>
void assign_mapping(const ExecutionSpace& space,
                    const StridedInput<const Index**, ExecutionSpace>& indexes,
                    const StridedInput<const Weight**, ExecutionSpace>& weights,
                    const SubPixels<typename ExecutionSpace::memory_space>* sub_pixels,
                    SparseMapping<typename ExecutionSpace::memory_space, T>& mapping,
                    MappingWorkspace<ExecutionSpace, T>& workspace) {
  using Gather = GatherRows<ExecutionSpace, Index, Weight, T>;
  const ScopedRegion region("glint::assign_mapping");
  const std::size_t room = mapping.pixels * mapping.width;
  const auto width = static_cast<int>(mapping.width);
  const auto columns = static_cast<int>(indexes.extent(1));
  MappingTable<ExecutionSpace, Index, Weight, T> table{
      indexes, weights, {}, {}, {}, static_cast<std::int64_t>(mapping.sources), false};
  if (sub_pixels) {
    group_samples(space, *sub_pixels, mapping.pixels, workspace);
    table.pixel_samples = workspace.samples.offsets;
    table.samples = workspace.samples.pixels;
    table.fractions = workspace.samples.values;
    table.has_samples = true;
  }
  grow(space, "glint::assign_mapping::keys", room, workspace.keys);
  grow(space, "glint::assign_mapping::values", room, workspace.values);
  grow(space, "glint::assign_mapping::counts", mapping.pixels, workspace.counts);
  if (width > Gather::insertion_limit) {
    grow(space, "glint::assign_mapping::key_buffer", room, workspace.key_buffer);
    grow(space, "glint::assign_mapping::value_buffer", room, workspace.value_buffer);
  }
  if (mapping.pixels == 0) return;
  Kokkos::parallel_for("glint::assign_mapping::rows", range(space, mapping.pixels),
                       Gather{table, workspace.keys, workspace.key_buffer, workspace.counts,
                              workspace.values, workspace.value_buffer, width, columns});
  std::uint64_t total = 0;
  Kokkos::parallel_scan(
      "glint::assign_mapping::pack", range(space, mapping.pixels),
      PackRows<ExecutionSpace, T>{workspace.keys, workspace.counts, workspace.values,
                                  mapping.offsets, mapping.columns, mapping.values, width},
      total);
  compat::fence(space, "glint::assign_mapping::total");
  if (total < PackRows<ExecutionSpace, T>::one_bad) return;
  fill(space, mapping.offsets, 0);
  throw Error(table_problem(space, table, indexes.extent(0), mapping.pixels, width, columns));
}

template <class ExecutionSpace, class T>
void mapping_matrix(const ExecutionSpace& space,
                    const SparseMapping<typename ExecutionSpace::memory_space, T>& mapping,
                    const StridedOutput<T**, ExecutionSpace>& matrix) {
  zero_matrix<ExecutionSpace, T>(space, "glint::mapping_matrix::zero", matrix);
  Kokkos::parallel_for(
      "glint::mapping_matrix::scatter", range(space, mapping.pixels),
      ScatterMapping<ExecutionSpace, T>{mapping.offsets, mapping.columns, mapping.values, matrix});
}

}  // namespace impl

#define GLINT_INSTANTIATE_TABLE(Space, Index, Weight, T)                                          \
  template void impl::assign_mapping<Space, Index, Weight, T>(                                    \
      const Space&, const StridedInput<const Index**, Space>&,                                    \
      const StridedInput<const Weight**, Space>&, const SubPixels<typename Space::memory_space>*, \
      SparseMapping<typename Space::memory_space, T>&, MappingWorkspace<Space, T>&);
#define GLINT_INSTANTIATE_TYPE(Space, T)                                   \
  template void impl::mapping_matrix<Space, T>(                            \
      const Space&, const SparseMapping<typename Space::memory_space, T>&, \
      const StridedOutput<T**, Space>&);                                   \
  GLINT_INSTANTIATE_TABLE(Space, int, double, T)                           \
  GLINT_INSTANTIATE_TABLE(Space, int, float, T)                            \
  GLINT_INSTANTIATE_TABLE(Space, std::int64_t, double, T)                  \
  GLINT_INSTANTIATE_TABLE(Space, std::int64_t, float, T)
#define GLINT_INSTANTIATE(Space)        \
  GLINT_INSTANTIATE_TYPE(Space, double) \
  GLINT_INSTANTIATE_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_TYPE
#undef GLINT_INSTANTIATE_TABLE

}  // namespace glint
