// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <glint/counter_random.hpp>
#include <glint/detector_timelines.hpp>
#include <glint/execution.hpp>
#include <limits>
#include <support/arrays.hpp>
#include <support/errors.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>

namespace glint {
namespace {

template <class T, class Space>
struct Setting {
  using Memory = typename Space::memory_space;

  Space space;
  std::size_t detectors, samples;
  std::vector<T> gain, source, glitch, offset;

  Setting(std::size_t d, std::size_t t) : detectors(d), samples(t) {
    for (std::size_t k = 0; k < d; ++k) {
      gain.push_back(T(1) + T(0.03) * static_cast<T>(std::sin(3.0 * double(k))));
      offset.push_back(static_cast<T>(k));
    }
    for (std::size_t k = 0; k < t; ++k) {
      source.push_back(static_cast<T>(7.0 * std::sin(0.1256 * double(k))));
      glitch.push_back(k < 100 ? T(0) : static_cast<T>(20.0 * std::exp(-0.33 * double(k - 100))));
    }
  }

  /// The formula, number by number.
  std::vector<T> expected(const TimelineOptions& options) const {
    std::vector<T> signal;
    for (std::size_t d = 0; d < detectors; ++d)
      for (std::size_t t = 0; t < samples; ++t) {
        const T noise =
            random_normal<T>({options.seed, options.first_detector + d}, options.first_sample + t);
        signal.push_back(static_cast<T>(double(gain[d]) * double(source[t]) + double(glitch[t]) +
                                        double(offset[d]) + options.sigma * double(noise)));
      }
    return signal;
  }

  /// `signal` of any layout.
  template <class View>
  void fill_into(const View& signal, const TimelineOptions& options) const {
    detector_timelines(space, test::vector_of(space, gain), test::vector_of(space, source),
                       test::vector_of(space, glitch), test::vector_of(space, offset), signal,
                       options);
    compat::fence(space, "glint::test::filled");
  }

  std::vector<T> computed(const TimelineOptions& options) const {
    const auto signal =
        allocate<Matrix<T, Memory>>(space, "glint::test::signal", detectors, samples);
    fill(space, signal, std::numeric_limits<T>::quiet_NaN());
    fill_into(signal, options);
    return test::list_of(space, signal);
  }
};

template <class Space>
std::vector<TimelineMethod> timeline_methods() {
  if (is_host_execution_v<Space>)
    return {TimelineMethod::automatic, TimelineMethod::points, TimelineMethod::tiles};
  return {TimelineMethod::automatic, TimelineMethod::points};
}

template <class T>
void expect_same(const std::vector<T>& got, const std::vector<T>& wanted, const std::string& what) {
  ASSERT_EQ(got.size(), wanted.size()) << what;
  if (got.empty()) return;
  test::Worst worst(sizeof(T) == 8 ? 2e-15 : 1e-6, 1.0);
  for (std::size_t k = 0; k < got.size(); ++k) worst.compare(got[k], wanted[k], concat(k));
  EXPECT_TRUE(worst.result()) << what;
}

template <class Case>
class DetectorTimelines : public testing::Test {};
TYPED_TEST_SUITE(DetectorTimelines, test::SpacesAndPrecisions, test::CaseName);

TYPED_TEST(DetectorTimelines, AreTheFormula) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  for (const std::size_t samples : {0, 1, 63, 64, 1000, 4099})
    for (const std::size_t detectors : {0, 1, 7}) {
      const Setting<T, Space> setting(detectors, samples);
      for (const TimelineMethod method : timeline_methods<Space>())
        for (const double sigma : {0.0, 0.7}) {
          TimelineOptions options;
          options.sigma = sigma;
          options.seed = 42;
          options.method = method;
          expect_same(setting.computed(options), setting.expected(options),
                      concat(timeline_method_name(method), " ", detectors, " ", samples));
          options.first_detector = 3;
          options.first_sample = 4095 - 64;
          expect_same(setting.computed(options), setting.expected(options),
                      concat(timeline_method_name(method), " later ", detectors, " ", samples));
        }
    }
}

/// To the last bit: each part of a whole that was made alone.
TYPED_TEST(DetectorTimelines, DoNotDependOnHowTheyAreCut) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Setting<T, Space> whole(5, 2500);
  for (const TimelineMethod method : timeline_methods<Space>()) {
    TimelineOptions options;
    options.sigma = 0.7;
    options.seed = 7;
    options.method = method;
    const std::vector<T> all = whole.computed(options);
    for (const auto& [first, count] :
         {std::pair<std::size_t, std::size_t>{0, 1}, {1, 5}, {61, 70}, {2047, 2}, {999, 1501}}) {
      Setting<T, Space> part(2, count);
      part.gain = {whole.gain[2], whole.gain[3]};
      part.offset = {whole.offset[2], whole.offset[3]};
      const auto cut = [&](const std::vector<T>& list) {
        return std::vector<T>(list.begin() + std::ptrdiff_t(first),
                              list.begin() + std::ptrdiff_t(first + count));
      };
      part.source = cut(whole.source);
      part.glitch = cut(whole.glitch);
      options.first_detector = 2;
      options.first_sample = first;
      const std::vector<T> got = part.computed(options);
      std::size_t differences = 0;
      for (std::size_t d = 0; d < 2; ++d)
        for (std::size_t t = 0; t < count; ++t)
          differences += got[d * count + t] != all[(d + 2) * 2500 + first + t] ? 1 : 0;
      EXPECT_EQ(differences, 0U) << timeline_method_name(method) << ' ' << first << ' ' << count;
      options.first_detector = options.first_sample = 0;
    }
  }
}

TYPED_TEST(DetectorTimelines, FillAnyLayout) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  using Memory = typename Space::memory_space;
  const Setting<T, Space> setting(3, 130);
  TimelineOptions options;
  options.sigma = 1.5;
  const auto back = allocate<Matrix<T, Memory>>(setting.space, "glint::test::back", 3, 130);
  const Kokkos::View<T***, Kokkos::LayoutRight, Memory> wide("glint::test::wide", 3, 130, 2);
  for (const TimelineMethod method : timeline_methods<Space>()) {
    options.method = method;
    const auto slice = Kokkos::subview(wide, Kokkos::ALL(), Kokkos::ALL(), 1);
    setting.fill_into(slice, options);
    copy(setting.space, back, slice);
    expect_same(test::list_of(setting.space, back), setting.expected(options), "every other");
    // Rows that are longer than what is filled.
    const Matrix<T, Memory> rows("glint::test::rows", 3, 137);
    const auto middle = Kokkos::subview(rows, Kokkos::ALL(), std::make_pair(5, 135));
    setting.fill_into(middle, options);
    copy(setting.space, back, middle);
    expect_same(test::list_of(setting.space, back), setting.expected(options), "part of rows");
  }
}

TYPED_TEST(DetectorTimelines, RefuseWhatMakesNoSense) {
  using Space = typename TypeParam::space;
  using T = typename TypeParam::value;
  const Setting<T, Space> setting(2, 3);
  const auto refusal = [&](double sigma) {
    TimelineOptions options;
    options.sigma = sigma;
    return test::sentence_of([&] { setting.computed(options); });
  };
  EXPECT_EQ(refusal(-0.5), "detector_timelines: sigma must be a finite number from 0 up, not -0.5");
  EXPECT_THAT(refusal(constants::nan), testing::HasSubstr("not nan"));
  EXPECT_THAT(refusal(constants::infinity), testing::HasSubstr("not inf"));
  Setting<T, Space> bad(2, 3);
  bad.offset.push_back(T(0));
  EXPECT_EQ(test::sentence_of([&] { bad.computed({}); }),
            "detector_timelines: offset has shape (3) where (2) is needed");
}

}  // namespace
}  // namespace glint
