// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/data_vector.hpp>
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

template <class Case>
class MappingRefusals : public testing::Test {
 protected:
  using Space = typename Case::space;
  template <class Action>
  static std::string sentence(const Action& action) {
    try {
      action();
    } catch (const Error& error) {
      return error.sentence();
    }
    return "accepted";
  }
  static std::string complaint(const Table& table) {
    return sentence([&] { mapping_in(Space(), table); });
  }
  static Table good() { return random_table(50, 4, 9, 1); }
  static Table with_index(std::size_t row, std::size_t column, int index) {
    Table table = good();
    table.indexes[row * table.width + column] = index;
    return table;
  }
  static Table with_weight(std::size_t row, std::size_t column, double weight) {
    Table table = good();
    table.weights[row * table.width + column] = weight;
    return table;
  }
};
TYPED_TEST_SUITE(MappingRefusals, test::Spaces, test::CaseName);

TYPED_TEST(MappingRefusals, NameRowColumnAndValue) {
  // Rows 0, 3, 6, ... of the table are full.
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(this->complaint(this->good()), "accepted");
  EXPECT_EQ(this->complaint(this->with_index(48, 3, 9)),
            "mapping row 48, column 3: the source index is 9, but it must lie in 0 to 8, or be -1 "
            "for none");
  EXPECT_EQ(this->complaint(this->with_index(21, 0, -2)),
            "mapping row 21, column 0: the source index is -2, but it must lie in 0 to 8, or be "
            "-1 for none");
  const int after = this->good().indexes[6 * 4 + 2];
  EXPECT_EQ(this->complaint(this->with_index(6, 1, -1)),
            concat("mapping row 6, column 2: the source index is ", after,
                   " after a -1 in column 1, but -1 must only be followed by -1"));
  EXPECT_EQ(this->complaint(this->with_weight(9, 1, nan)),
            "mapping row 9, column 1: the weight is nan, not a finite number of the mapping's "
            "type");
  EXPECT_THAT(this->complaint(this->with_weight(9, 1, -1.0 / 0.0)),
              testing::HasSubstr("the weight is -inf"));
  // What stands beside a -1 is of no matter.
  Table padded = this->good();
  for (std::size_t b = 0; b < 4; ++b) padded.indexes[9 * 4 + b] = -1;
  padded.weights[9 * 4 + 1] = nan;
  EXPECT_EQ(this->complaint(padded), "accepted");
  Table two = this->with_index(21, 0, 1000);
  two.indexes[20 * 4] = -7;
  EXPECT_THAT(this->complaint(two), testing::HasSubstr("row 20, column 0: the source index is -7"));
}

TYPED_TEST(MappingRefusals, LeaveTheMappingEmpty) {
  using Space = typename TypeParam::space;
  const Space space;
  auto mapping = mapping_in(space, this->good());
  MappingWorkspace<Space> workspace;
  const Table bad = this->with_index(21, 0, 1000);
  EXPECT_NE(this->sentence([&] {
    assign_mapping(space, matrix_of(space, 50, 4, bad.indexes),
                   matrix_of(space, 50, 4, bad.weights), mapping, workspace);
  }),
            "accepted");
  EXPECT_EQ(list_of(space, mapping.offsets), std::vector<int>(51, 0));
}

TYPED_TEST(MappingRefusals, WeightsTooLargeForFloat) {
  using Space = typename TypeParam::space;
  const Table table = this->with_weight(9, 1, 1e300);
  EXPECT_EQ(this->complaint(table), "accepted");
  EXPECT_THAT(this->sentence([&] { mapping_in<float>(Space(), table); }),
              testing::HasSubstr("row 9, column 1: the weight is 1e+300, not a finite"));
}

TYPED_TEST(MappingRefusals, ShapesRoomAndSamples) {
  using Space = typename TypeParam::space;
  const Space space;
  const Table table = this->good();
  const auto indexes = matrix_of(space, 50, 4, table.indexes);
  const auto weights = matrix_of(space, 50, 4, table.weights);
  MappingWorkspace<Space> workspace;
  const auto assign = [&](std::size_t pixels, std::size_t width) {
    auto mapping = make_mapping(space, pixels, 9, width);
    assign_mapping(space, indexes, weights, mapping, workspace);
  };
  EXPECT_EQ(this->sentence([&] { assign(50, 4); }), "accepted");
  EXPECT_EQ(this->sentence([&] { assign(49, 4); }),
            "assign_mapping: indexes has shape (50, 4) where (49, 4) is needed");
  EXPECT_EQ(this->sentence([&] { assign(50, 3); }),
            "assign_mapping: image pixel 0 has more entries than the mapping has room for, which "
            "is 3 a row");
  EXPECT_THAT(this->sentence([&] { make_mapping(space, 100000, 9, 100000); }),
              testing::HasSubstr("are more than 32-bit indices can count"));

  const auto assign_samples = [&](std::vector<int> slim_index, std::vector<double> fraction) {
    auto mapping = make_mapping(space, 5, 9, 200);
    const SubPixels<typename Space::memory_space> sub_pixels{vector_of(space, slim_index),
                                                             vector_of(space, fraction)};
    assign_mapping(space, indexes, weights, sub_pixels, mapping, workspace);
  };
  std::vector<int> slim_index(50, 4);
  std::vector<double> fraction(50, 0.25);
  EXPECT_EQ(this->sentence([&] { assign_samples(slim_index, fraction); }), "accepted");
  slim_index[17] = 5;
  EXPECT_EQ(this->sentence([&] { assign_samples(slim_index, fraction); }),
            "sub-pixel 17: slim_index is 5, but there are 5 image pixels");
  slim_index[17] = -1;
  EXPECT_THAT(this->sentence([&] { assign_samples(slim_index, fraction); }),
              testing::HasSubstr("sub-pixel 17: slim_index is -1"));
  slim_index[17] = 0;
  fraction[3] = std::numeric_limits<double>::infinity();
  EXPECT_EQ(this->sentence([&] { assign_samples(slim_index, fraction); }),
            "sub-pixel 3: fraction is inf, not a finite number");
  fraction.resize(49);
  EXPECT_EQ(this->sentence([&] { assign_samples(slim_index, fraction); }),
            "assign_mapping: fraction has shape (49) where (50) is needed");
}

}  // namespace
}  // namespace glint
