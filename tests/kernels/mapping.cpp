// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <algorithm>
#include <glint/data_vector.hpp>
#include <glint/memory.hpp>
#include <limits>
#include <support/near.hpp>
#include <support/spaces.hpp>
#include <support/tables.hpp>

namespace glint {
namespace {

using test::Dense;
using test::list_of;
using test::mapping_in;
using test::mapping_of;
using test::matrix_of;
using test::random_table;
using test::Table;
using test::vector_of;

struct Size {
  std::size_t pixels, width, sources;
};
const Size sizes[] = {{0, 3, 4},   {1, 1, 1},     {5, 0, 4},     {7, 3, 0},
                      {13, 1, 5},  {31, 3, 17},   {29, 5, 3},    {17, 17, 40},
                      {23, 40, 7}, {11, 300, 97}, {3, 300, 1000}};

template <class T>
constexpr double epsilon = std::is_same_v<T, double> ? 1e-15 : 1e-6;

/// A mapping, non-zero by non-zero, must be the oracle's with ascending columns.
template <class Space, class T>
void expect_mapping(const Space& space,
                    const SparseMapping<typename Space::memory_space, T>& mapping,
                    const Dense& wanted) {
  const auto offsets = list_of(space, mapping.offsets);
  const auto columns = list_of(space, mapping.columns);
  const auto values = list_of(space, mapping.values);
  ASSERT_EQ(offsets.size(), wanted.rows + 1);
  EXPECT_EQ(offsets[0], 0);
  Dense got(wanted.rows, wanted.columns);
  for (std::size_t m = 0; m < wanted.rows; ++m) {
    ASSERT_LE(offsets[m], offsets[m + 1]);
    for (int k = offsets[m]; k < offsets[m + 1]; ++k) {
      if (k > offsets[m]) {
        EXPECT_LT(columns[k - 1], columns[k]) << "row " << m;
      }
      got(m, static_cast<std::size_t>(columns[k])) = static_cast<long double>(values[k]);
    }
  }
  test::Worst worst(epsilon<T>, 1.0);
  worst.compare(0.0, 0.0, "start");
  for (std::size_t k = 0; k < got.values.size(); ++k)
    worst.compare(static_cast<double>(got.values[k]), static_cast<double>(wanted.values[k]),
                  concat("element ", k));
  EXPECT_TRUE(worst.result());
}

template <class Case>
class Mapping : public testing::Test {
 protected:
  using Space = typename Case::space;
  using T = typename Case::value;
};
TYPED_TEST_SUITE(Mapping, test::SpacesAndPrecisions, test::CaseName);

TYPED_TEST(Mapping, IsTheTable) {
  const typename TestFixture::Space space;
  using T = typename TestFixture::T;
  for (const Size& size : sizes) {
    SCOPED_TRACE(concat(size.pixels, " x ", size.width, " to ", size.sources));
    const Table table = random_table(size.pixels, size.width, size.sources, 7);
    const auto mapping = mapping_in<T>(space, table);
    expect_mapping(space, mapping, mapping_of(table, size.pixels));
  }
}

TYPED_TEST(Mapping, OneOfEachSizeServesManyTables) {
  const typename TestFixture::Space space;
  using T = typename TestFixture::T;
  for (const std::size_t width : {std::size_t(3), std::size_t(20)}) {
    auto mapping = make_mapping<T>(space, 37, 11, width);
    MappingWorkspace<typename TestFixture::Space, T> workspace;
    for (std::uint64_t seed = 1; seed < 5; ++seed) {
      const Table table = random_table(37, width - 1, 11, seed);  // narrower ones fit as well
      const std::vector<std::int64_t> indexes(table.indexes.begin(), table.indexes.end());
      const std::vector<float> weights(table.weights.begin(), table.weights.end());
      Table rounded = table;
      rounded.weights.assign(weights.begin(), weights.end());
      assign_mapping(space, matrix_of(space, 37, width - 1, indexes),
                     matrix_of(space, 37, width - 1, weights), mapping, workspace);
      expect_mapping(space, mapping, mapping_of(rounded, 37));
    }
  }
}

TYPED_TEST(Mapping, SamplesInAnyOrderAddUp) {
  const typename TestFixture::Space space;
  using T = typename TestFixture::T;
  for (const std::size_t width : {std::size_t(1), std::size_t(4), std::size_t(9)}) {
    const std::size_t pixels = 13, samples = 53;
    const Table table = random_table(samples, width, 29, width);
    test::Numbers numbers(99);
    std::vector<int> slim_index(samples);
    std::vector<double> fraction(samples);
    for (std::size_t r = 0; r < samples; ++r) {
      slim_index[r] = static_cast<int>(numbers.below(pixels - 1));  // the last pixel has none
      fraction[r] = numbers.number();
    }
    auto mapping = make_mapping<T>(space, pixels, 29, 16 * width);
    MappingWorkspace<typename TestFixture::Space, T> workspace;
    const SubPixels<typename TestFixture::Space::memory_space> sub_pixels{
        vector_of(space, slim_index), vector_of(space, fraction)};
    for (int again = 0; again < 2; ++again) {
      assign_mapping(space, matrix_of(space, samples, width, table.indexes),
                     matrix_of(space, samples, width, table.weights), sub_pixels, mapping,
                     workspace);
      expect_mapping(space, mapping, mapping_of(table, pixels, slim_index, fraction));
    }
  }
}

/// Beyond half of the last cache, where stores go around it, from rows of any alignment.
TYPED_TEST(Mapping, LargeDenseMatricesHoldTheSame) {
  using Space = typename TestFixture::Space;
  using T = typename TestFixture::T;
  const Space space;
  const std::size_t sources = 1003;
  const std::size_t cache = is_host_execution_v<Space> ? last_cache_bytes() : 1 << 20;
  const std::size_t pixels = cache / (2 * sizeof(T) * sources) + 7;
  const Table table = random_table(pixels, 5, sources, 5);
  const auto mapping = mapping_in<T>(space, table);
  const auto dense = allocate<Matrix<T, typename Space::memory_space>>(space, "glint::test::dense",
                                                                       pixels, sources);
  fill(space, dense, T(-5));
  mapping_matrix(space, mapping, dense);
  const auto got = list_of(space, dense);
  const auto offsets = list_of(space, mapping.offsets), columns = list_of(space, mapping.columns);
  const auto values = list_of(space, mapping.values);
  std::vector<T> row(sources);
  for (std::size_t m = 0; m < pixels; ++m) {
    std::fill(row.begin(), row.end(), T(0));
    for (int k = offsets[m]; k < offsets[m + 1]; ++k)
      row[static_cast<std::size_t>(columns[k])] = values[k];
    const auto begin = got.begin() + static_cast<std::ptrdiff_t>(m * sources);
    ASSERT_TRUE(std::equal(row.begin(), row.end(), begin)) << "row " << m;
  }
}

TYPED_TEST(Mapping, DenseAndTransposeHoldTheSame) {
  const typename TestFixture::Space space;
  using T = typename TestFixture::T;
  using Memory = typename TestFixture::Space::memory_space;
  SourceMapping<Memory, T> by_source;  // one for all sizes
  for (const Size& size : sizes) {
    SCOPED_TRACE(concat(size.pixels, " x ", size.width, " to ", size.sources));
    const Table table = random_table(size.pixels, size.width, size.sources, 5);
    const auto mapping = mapping_in<T>(space, table);
    const auto dense =
        allocate<Matrix<T, Memory>>(space, "glint::test::dense", size.pixels, size.sources);
    fill(space, dense, T(-5));
    mapping_matrix(space, mapping, dense);
    const auto got = list_of(space, dense);
    transpose(space, mapping, by_source);
    const auto offsets = list_of(space, by_source.offsets);
    const auto pixels = list_of(space, by_source.pixels);
    const auto values = list_of(space, by_source.values);
    std::vector<T> from_columns(got.size(), T(0));
    ASSERT_EQ(offsets[0], 0);
    for (std::size_t s = 0; s < size.sources; ++s)
      for (int k = offsets[s]; k < offsets[s + 1]; ++k) {
        if (k > offsets[s]) {
          EXPECT_LT(pixels[k - 1], pixels[k]) << "source " << s;
        }
        from_columns[pixels[k] * size.sources + s] = values[k];
      }
    EXPECT_EQ(got, from_columns);
    const Dense wanted = mapping_of(table, size.pixels);
    for (std::size_t k = 0; k < got.size(); ++k)
      EXPECT_NEAR(got[k], static_cast<double>(wanted.values[k]), 4 * epsilon<T>);
  }
}

TYPED_TEST(Mapping, TransposeProductAndDataVector) {
  const typename TestFixture::Space space;
  using T = typename TestFixture::T;
  using Memory = typename TestFixture::Space::memory_space;
  for (const Size& size : sizes)
    for (const std::size_t columns : {std::size_t(1), std::size_t(31), std::size_t(67)}) {
      SCOPED_TRACE(concat(size.pixels, " x ", size.width, " to ", size.sources));
      const Table table = random_table(size.pixels, size.width, size.sources, 3);
      const auto mapping = mapping_in<T>(space, table);
      test::Numbers numbers(columns);
      std::vector<T> x(size.pixels * columns);
      Dense wide(size.pixels, columns);
      for (std::size_t k = 0; k < x.size(); ++k)
        wide.values[k] = static_cast<long double>(x[k] = static_cast<T>(numbers.number()));
      const auto y = allocate<Matrix<T, Memory>>(space, "glint::test::y", size.sources, columns);
      fill(space, y, std::numeric_limits<T>::quiet_NaN());
      const auto view = matrix_of(space, size.pixels, columns, x);
      transpose_product(space, mapping, view, y);
      const Dense wanted = product(transposed(mapping_of(table, size.pixels)), wide);
      const auto got = list_of(space, y);
      const double scale = 1.0 + static_cast<double>(size.pixels);
      for (std::size_t k = 0; k < got.size(); ++k)
        ASSERT_NEAR(got[k], static_cast<double>(wanted.values[k]), scale * epsilon<T>);

      const auto vector = allocate<Vector<T, Memory>>(space, "glint::test::d", size.sources);
      data_vector(space, mapping, Kokkos::subview(view, Kokkos::ALL, columns / 2), vector);
      const auto sums = list_of(space, vector);
      for (std::size_t s = 0; s < sums.size(); ++s)
        ASSERT_NEAR(sums[s], static_cast<double>(wanted(s, columns / 2)), scale * epsilon<T>);
    }
}

}  // namespace
}  // namespace glint
