// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>

#include <glint/fft.hpp>
#include <glint/predict_visibilities.hpp>
#include <support/errors.hpp>
#include <support/near.hpp>
#include <support/predictions.hpp>
#include <support/spaces.hpp>
#include <tuple>

/// Model visibilities by non-uniform Fourier transform.

namespace glint {
namespace {

using Problem = test::Prediction;

template <class C>
struct NufftPredict : testing::Test {
  using Space = typename C::space;
  using List = Vector<double, typename Space::memory_space>;
  Space space;
  PredictWorkspace<Space> workspace;

  /// Real parts, then imaginary parts.
  std::vector<double> predict(const Problem& problem, PredictMethod method, double tolerance) {
    return predict(space, problem, method, tolerance);
  }
  std::vector<double> predict(const Space& instance, const Problem& problem, PredictMethod method,
                              double tolerance) {
    const auto put = [&](const std::vector<double>& values) {
      return upload(instance, "glint::test::values", values);
    };
    const std::size_t count = problem.u.size();
    const List all = put(std::vector<double>(2 * count, constants::nan));
    PredictOptions options;
    options.method = method;
    options.tolerance = tolerance;
    predict_visibilities(
        instance, to_space(instance, problem.pixels), put(problem.image), put(problem.u),
        put(problem.v), Kokkos::subview(all, std::make_pair(std::size_t(0), count)),
        Kokkos::subview(all, std::make_pair(count, 2 * count)), options, workspace);
    compat::fence(instance, "glint::test::predict");
    const auto copy = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), all);
    return {copy.data(), copy.data() + copy.extent(0)};
  }

  void expect_close(const std::vector<double>& got, const std::vector<double>& wanted, double total,
                    double tolerance, const std::string& what) {
    ASSERT_EQ(got.size(), wanted.size()) << what;
    test::Worst worst(tolerance, total);
    for (std::size_t k = 0; k < got.size(); ++k) worst.compare(got[k], wanted[k], concat(k));
    EXPECT_TRUE(worst.result()) << what;
  }

  /// False, after a look at the refusal, in builds without an FFT library.
  bool transforms() {
    if (!fft_library<Space>().empty()) return true;
    EXPECT_EQ(
        test::sentence_of([&] { predict(Problem(3, 4, 5, 1.0), PredictMethod::nufft, 1e-6); }),
        concat("the method 'nufft' needs an FFT library, and this build of glint has none for "
               "the backend '",
               backend_name<Space>(), "'; 'separable' needs none"));
    return false;
  }
};
TYPED_TEST_SUITE(NufftPredict, test::Spaces, test::CaseName);

TYPED_TEST(NufftPredict, KeepsEveryTolerance) {
  if (!this->transforms()) return;
  for (const auto& [ny, nx, count] : {std::tuple<std::size_t, std::size_t, std::size_t>{1, 1, 3},
                                      {1, 8, 20},
                                      {7, 1, 20},
                                      {2, 3, 1},
                                      {16, 23, 60},
                                      {31, 12, 60},
                                      {33, 64, 60}}) {
    const Problem problem(ny, nx, count, 2e6);
    std::vector<double> wanted(2 * count);
    for (std::size_t k = 0; k < count; ++k) {
      const auto [re, im] = problem.visibility(k);
      wanted[k] = static_cast<double>(re), wanted[count + k] = static_cast<double>(im);
    }
    for (const double tolerance :
         {1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13})
      this->expect_close(this->predict(problem, PredictMethod::nufft, tolerance), wanted,
                         problem.total, tolerance, concat(ny, " x ", nx, ", ", tolerance));
  }
}

TYPED_TEST(NufftPredict, KeepsItsDigitsOnLongBaselinesAndLargeFrames) {
  if (!this->transforms()) return;
  for (const auto& [ny, nx, longest] : {std::tuple<std::size_t, std::size_t, double>{30, 31, 4e11},
                                        {300, 251, 1e7},
                                        {20, 22, 0.0}}) {
    const Problem problem(ny, nx, 500, longest);
    this->expect_close(this->predict(problem, PredictMethod::nufft, 1e-13),
                       this->predict(problem, PredictMethod::separable, 1e-13), problem.total,
                       1.2e-13, concat(ny, " x ", nx, ", ", longest));
  }
}

/// Several chunks; and instances have different numbers of threads.
TYPED_TEST(NufftPredict, IsTheSameToTheLastBitForAnyNumberOfThreads) {
  if (!this->transforms()) return;
  using Space = typename TypeParam::space;
  const Problem problem(12, 9, 270000, 4e6);
  const auto wanted = this->predict(problem, PredictMethod::nufft, 1e-10);
  this->expect_close(wanted, this->predict(problem, PredictMethod::separable, 1e-10), problem.total,
                     1e-10, "chunks");
  for (const Space& instance : compat::partition(Space()))
    EXPECT_EQ(this->predict(instance, problem, PredictMethod::nufft, 1e-10), wanted);
}

TYPED_TEST(NufftPredict, AreWithinTheToleranceWhateverIsChosen) {
  const Problem few(64, 64, 40, 2e6), many(64, 64, 20000, 2e6);
  EXPECT_EQ(this->predict(few, PredictMethod::automatic, 1e-6),
            this->predict(few, PredictMethod::separable, 1e-6));
  this->expect_close(this->predict(many, PredictMethod::automatic, 1e-6),
                     this->predict(many, PredictMethod::separable, 1e-6), many.total, 1e-6, "many");
}

TYPED_TEST(NufftPredict, IllegalOptionsAreRefused) {
  const Problem problem(3, 4, 5, 1.0);
  EXPECT_EQ(test::sentence_of([&] { this->predict(problem, PredictMethod::nufft, 1e-14); }),
            "the tolerance of predicted visibilities must lie in 1e-13 to 0.1, not 1e-14");
  EXPECT_EQ(test::sentence_of([&] { this->predict(problem, PredictMethod::automatic, 0.2); }),
            "the tolerance of predicted visibilities must lie in 1e-15 to 0.1, not 0.2");
  EXPECT_EQ(predict_method_name(PredictMethod::nufft), "nufft");
}

}  // namespace
}  // namespace glint
