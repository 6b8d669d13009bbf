// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/mapping.hpp>
#include <limits>
#include <support/errors.hpp>
#include <support/spaces.hpp>
#include <support/tables.hpp>

namespace glint {
namespace {

using test::list_of;
using test::mapping_in;
using test::matrix_of;
using test::random_table;
using test::sentence_of;
using test::Table;
using test::vector_of;

template <class Case>
class MappingRefusals : public testing::Test {
 protected:
  using Space = typename Case::space;
  static std::string complaint(const Table& table) {
    return sentence_of([&] { mapping_in(Space(), table); });
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
  EXPECT_NE(sentence_of([&] {
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
  EXPECT_THAT(sentence_of([&] { mapping_in<float>(Space(), table); }),
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
  EXPECT_EQ(sentence_of([&] { assign(50, 4); }), "accepted");
  EXPECT_EQ(sentence_of([&] { assign(49, 4); }),
            "assign_mapping: indexes has shape (50, 4) where (49, 4) is needed");
  EXPECT_EQ(sentence_of([&] { assign(50, 3); }),
            "assign_mapping: image pixel 0 has more entries than the mapping has room for, which "
            "is 3 a row");
  EXPECT_THAT(sentence_of([&] { make_mapping(space, 100000, 9, 100000); }),
              testing::HasSubstr("are more than 32-bit indices can count"));

  const auto assign_samples = [&](std::vector<int> slim_index, std::vector<double> fraction) {
    auto mapping = make_mapping(space, 5, 9, 200);
    const SubPixels<typename Space::memory_space> sub_pixels{vector_of(space, slim_index),
                                                             vector_of(space, fraction)};
    assign_mapping(space, indexes, weights, sub_pixels, mapping, workspace);
  };
  std::vector<int> slim_index(50, 4);
  std::vector<double> fraction(50, 0.25);
  EXPECT_EQ(sentence_of([&] { assign_samples(slim_index, fraction); }), "accepted");
  slim_index[17] = 5;
  EXPECT_EQ(sentence_of([&] { assign_samples(slim_index, fraction); }),
            "sub-pixel 17: slim_index is 5, but there are 5 image pixels");
  slim_index[17] = -1;
  EXPECT_THAT(sentence_of([&] { assign_samples(slim_index, fraction); }),
              testing::HasSubstr("sub-pixel 17: slim_index is -1"));
  slim_index[17] = 0;
  fraction[3] = std::numeric_limits<double>::infinity();
  EXPECT_EQ(sentence_of([&] { assign_samples(slim_index, fraction); }),
            "sub-pixel 3: fraction is inf, not a finite number");
  fraction.resize(49);
  EXPECT_EQ(sentence_of([&] { assign_samples(slim_index, fraction); }),
            "assign_mapping: fraction has shape (49) where (50) is needed");
}

}  // namespace
}  // namespace glint
