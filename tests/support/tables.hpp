// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_TABLES_HPP
#define GLINT_TESTS_TABLES_HPP

#include <glint/mapping.hpp>
#include <reference/inversion_oracle.hpp>
#include <support/arrays.hpp>

/// Index tables of mappings, made up from a seed.

namespace glint::test {

/// The same numbers everywhere, unlike those of the standard library's distributions.
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed * 2654435761u + 1) {}
  std::uint64_t next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return state_ >> 33;
  }
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }
  /// From -1 to 1.
  double number() { return static_cast<double>(next()) / 1073741824.0 - 1.0; }

 private:
  std::uint64_t state_;
};

/// Rows of 0 to `width` entries, any order, some sources named twice, some weights zero.
inline Table random_table(std::size_t rows, std::size_t width, std::size_t sources,
                          std::uint64_t seed) {
  Numbers numbers(seed);
  Table table{rows, width, sources, std::vector<int>(rows * width, -1),
              std::vector<double>(rows * width, 0.0)};
  if (sources == 0) return table;
  for (std::size_t r = 0; r < rows; ++r) {
    const std::size_t used = r % 3 == 0 ? width : numbers.below(width + 1);
    for (std::size_t b = 0; b < used; ++b) {
      table.indexes[r * width + b] = static_cast<int>(numbers.below(sources));
      table.weights[r * width + b] = numbers.below(8) == 0 ? 0.0 : numbers.number();
    }
  }
  return table;
}

/// The table's mapping in a space.
template <class T = double, class Space>
SparseMapping<typename Space::memory_space, T> mapping_in(const Space& space, const Table& table) {
  auto mapping = make_mapping<T>(space, table.rows, table.sources, table.width);
  MappingWorkspace<Space, T> workspace;
  assign_mapping(space, matrix_of(space, table.rows, table.width, table.indexes),
                 matrix_of(space, table.rows, table.width, table.weights), mapping, workspace);
  return mapping;
}

}  // namespace glint::test

#endif
