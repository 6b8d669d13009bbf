// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <glint/impl/normalize_long.hpp>
#include <glint/impl/normalize_rows.hpp>
#include <glint/normalize.hpp>
#include <limits>
#include <support/arrays.hpp>
#include <support/errors.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

/// The definition, in extended precision, which no square of a double leaves.
template <class T>
std::vector<T> unit_vectors(const std::vector<T>& v, std::size_t length) {
  std::vector<T> out(v.size());
  for (std::size_t first = 0; first + length <= v.size() && length > 0; first += length) {
    long double squares = 0.0L;
    for (std::size_t k = 0; k < length; ++k)
      squares += static_cast<long double>(v[first + k]) * static_cast<long double>(v[first + k]);
    for (std::size_t k = 0; k < length; ++k)
      out[first + k] =
          squares == 0.0L
              ? v[first + k]
              : static_cast<T>(static_cast<long double>(v[first + k]) / std::sqrt(squares));
  }
  return out;
}

/// Numbers of both signs and of different sizes.
template <class T>
std::vector<T> some_numbers(std::size_t count) {
  std::vector<T> numbers(count);
  for (std::size_t k = 0; k < count; ++k) {
    const double x = static_cast<double>(k);
    numbers[k] = static_cast<T>(std::sin(1.0 + 12.9898 * x) * std::exp(3.0 * std::cos(0.37 * x)));
  }
  return numbers;
}

template <class T>
void expect_units(const std::vector<T>& got, const std::vector<T>& v, std::size_t length,
                  const std::string& what) {
  const std::vector<T> wanted = unit_vectors(v, length);
  ASSERT_EQ(got.size(), wanted.size());
  test::Worst worst(4.0 * static_cast<double>(std::numeric_limits<T>::epsilon()),
                    static_cast<double>(std::numeric_limits<T>::min()));
  for (std::size_t k = 0; k < got.size(); ++k) worst.compare(got[k], wanted[k], concat(k));
  if (got.empty()) return;
  EXPECT_TRUE(worst.result()) << what;
}

constexpr NormalizeMethod methods[] = {NormalizeMethod::automatic, NormalizeMethod::plain,
                                       NormalizeMethod::rows, NormalizeMethod::chunks};

/// (count, length) by every method, out of place and in place.
template <class T, class Space>
void expect_all_methods(const Space& space, const std::vector<T>& v, std::size_t length,
                        const std::string& what) {
  const std::size_t count = length > 0 ? v.size() / length : 3;
  for (const NormalizeMethod method : methods) {
    const std::string which = concat(what, " ", normalize_method_name(method), ", length ", length);
    const auto in = test::matrix_of(space, count, length, v);
    const auto out = test::matrix_of(space, count, length, std::vector<T>(v.size(), T(7)));
    NormalizeWorkspace<Space> workspace;
    normalize(space, in, out, {method}, workspace);
    expect_units(test::list_of(space, out), v, length, which);
    EXPECT_EQ(test::list_of(space, in), v) << which;
    normalize(space, in, {method});
    expect_units(test::list_of(space, in), v, length, which + " in place");
  }
}

template <class Case>
class Normalize : public testing::Test {};
TYPED_TEST_SUITE(Normalize, test::SpacesAndPrecisions, test::CaseName);

TYPED_TEST(Normalize, IsTheDefinition) {
  using T = typename TypeParam::value;
  const typename TypeParam::space space;
  for (const std::size_t length : {0, 1, 2, 3, 4, 5, 16, 32, 33, 64, 1009})
    for (const std::size_t count : {0, 1, 7, 64, 131})
      expect_all_methods(space, some_numbers<T>(count * length), length, concat(count));
  // Several chunks.
  expect_all_methods(space, some_numbers<T>(2 * 40009), 40009, "long");
  expect_all_methods(space, some_numbers<T>(65537), 65537, "one long");
}

TYPED_TEST(Normalize, TakesAnyNumberOfDimensions) {
  using T = typename TypeParam::value;
  using Memory = typename TypeParam::space::memory_space;
  const typename TypeParam::space space;
  const std::vector<T> numbers = some_numbers<T>(2 * 3 * 5 * 7);
  const auto run = [&](const auto& v) {
    const Vector<T, Memory> flat = test::vector_of(space, numbers);
    using View = std::decay_t<decltype(v)>;
    copy(space, Vector<T, Memory>(v.data(), numbers.size()), flat);
    const View out(v.label(), v.layout());
    normalize(space, v, out);
    expect_units(test::list_of(space, Vector<T, Memory>(out.data(), numbers.size())), numbers,
                 v.extent(compat::rank_v<View> - 1), concat(compat::rank_v<View>));
  };
  run(Kokkos::View<T*, Kokkos::LayoutRight, Memory>("glint::test::v", 210));
  run(Kokkos::View<T**, Kokkos::LayoutRight, Memory>("glint::test::v", 70, 3));
  run(Kokkos::View<T***, Kokkos::LayoutRight, Memory>("glint::test::v", 6, 5, 7));
  run(Kokkos::View<T****, Kokkos::LayoutRight, Memory>("glint::test::v", 2, 3, 5, 7));
}

TYPED_TEST(Normalize, TakesAnyStrides) {
  using T = typename TypeParam::value;
  using Memory = typename TypeParam::space::memory_space;
  const typename TypeParam::space space;
  const std::size_t count = 23, length = 5;
  const std::vector<T> numbers = some_numbers<T>(count * length);
  const auto v = test::matrix_of(space, count, length, numbers);
  const Kokkos::View<T**, Kokkos::LayoutLeft, Memory> columns("glint::test::columns", count,
                                                              length);
  normalize(space, v, columns);
  const auto back = test::matrix_of(space, count, length, numbers);
  Kokkos::deep_copy(back, columns);
  expect_units(test::list_of(space, back), numbers, length, "to columns");

  const Kokkos::View<T***, Kokkos::LayoutRight, Memory> wide("glint::test::wide", count, length, 3);
  const auto slice = Kokkos::subview(wide, Kokkos::ALL(), Kokkos::ALL(), 1);
  copy(space, slice, v);
  normalize(space, slice);
  copy(space, back, slice);
  expect_units(test::list_of(space, back), numbers, length, "every third");
  EXPECT_EQ(
      test::sentence_of([&] { normalize(space, slice, {NormalizeMethod::rows}); }),
      "normalize: the method 'rows' needs contiguous arrays, rows one after the other; 'plain' "
      "takes any");
  EXPECT_THAT(test::sentence_of([&] { normalize(space, v, columns, {NormalizeMethod::chunks}); }),
              testing::HasSubstr("'chunks' needs contiguous arrays"));
}

TYPED_TEST(Normalize, LeavesVectorsOfZerosAlone) {
  using T = typename TypeParam::value;
  const typename TypeParam::space space;
  for (const std::size_t length : {1, 2, 3, 4, 7, 50, 20000}) {
    std::vector<T> numbers = some_numbers<T>(70 * std::min<std::size_t>(length, 200));
    numbers.resize((numbers.size() + length - 1) / length * length + length, T(0));
    for (std::size_t k = 0; k < length; ++k) numbers[k] = k % 2 ? T(-0.0) : T(0);
    expect_all_methods(space, numbers, length, "zeros");
  }
}

/// Squares that overflow, vanish, or are not normal numbers, among ordinary vectors.
TYPED_TEST(Normalize, TakesComponentsOfAnySize) {
  using T = typename TypeParam::value;
  const typename TypeParam::space space;
  using Limits = std::numeric_limits<T>;
  for (const std::size_t length : {1, 2, 3, 4, 6, 33, 20011})
    for (const T size : {Limits::max() / T(2), std::sqrt(Limits::max()), std::sqrt(Limits::min()),
                         Limits::min(), T(1000) * Limits::denorm_min()}) {
      std::vector<T> numbers = some_numbers<T>(length * (length > 1000 ? 2 : 80));
      for (std::size_t k = 0; k < length; ++k)
        for (std::size_t row = 1; row < numbers.size() / length; row += 9)
          numbers[row * length + k] = size * static_cast<T>(k % 3 == 0 ? 1.0 : -0.75);
      expect_all_methods(space, numbers, length, concat("size ", size));
    }
}

TYPED_TEST(Normalize, SaysNaNWhereThereIsNoUnitVector) {
  using T = typename TypeParam::value;
  const typename TypeParam::space space;
  const T nan = std::numeric_limits<T>::quiet_NaN(), inf = std::numeric_limits<T>::infinity();
  for (const std::size_t length : {3, 5, 100})
    for (const NormalizeMethod method : methods) {
      std::vector<T> numbers(40 * length, T(2));
      numbers[1] = nan;
      numbers[length + 2] = -inf;
      const auto v = test::matrix_of(space, 40, length, numbers);
      normalize(space, v, {method});
      const std::vector<T> got = test::list_of(space, v);
      for (std::size_t k = 0; k < length; ++k) {
        EXPECT_TRUE(std::isnan(got[k])) << k;
        EXPECT_EQ(std::isnan(got[length + k]), k == 2) << k;
        EXPECT_TRUE(k == 2 || got[length + k] == T(0)) << k;
        EXPECT_NEAR(got[2 * length + k], 1.0 / std::sqrt(static_cast<double>(length)), 1e-6);
      }
    }
}

TYPED_TEST(Normalize, RefusesShapesThatDiffer) {
  using T = typename TypeParam::value;
  const typename TypeParam::space space;
  const auto v = test::matrix_of(space, 2, 3, std::vector<T>(6, T(1)));
  const auto out = test::matrix_of(space, 3, 2, std::vector<T>(6, T(1)));
  EXPECT_EQ(test::sentence_of([&] { normalize(space, v, out); }),
            "normalize: out has shape (3, 2) where (2, 3) is needed");
}

/// What large outputs are written by, whatever the size of this machine's caches.
TYPED_TEST(Normalize, WritesAroundTheCaches) {
  using T = typename TypeParam::value;
  using Space = typename TypeParam::space;
  if constexpr (is_host_execution_v<Space>) {
    const Space space;
    for (const std::size_t length : {1, 2, 3, 4, 5, 100, 1001}) {
      const std::size_t count = length > impl::short_vector ? 19 : 9001;
      const std::vector<T> numbers = some_numbers<T>(count * length);
      std::vector<T> streamed;
      const auto v = test::matrix_of(space, count, length, numbers);
      const auto out = test::matrix_of(space, count, length, std::vector<T>(count * length, T(7)));
      if (length > impl::short_vector) {
        const impl::NormalizeLong<Space, T> work{v.data(), out.data(), count, length, 4, true};
        Kokkos::parallel_for("glint::test::stream", range(space, work.indices()), work);
      } else {
        const impl::NormalizeShort<Space, T> work{v.data(), out.data(), count, length, true};
        Kokkos::parallel_for("glint::test::stream", range(space, work.indices()), work);
      }
      expect_units(test::list_of(space, out), numbers, length, concat("streaming ", length));
    }
  } else {
    EXPECT_FALSE(prefer_streaming<Space>(std::size_t(1) << 40));
  }
}

}  // namespace
}  // namespace glint
