// SPDX-License-Identifier: BSD-3-Clause
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <glint/uv_sums.hpp>
#include <support/near.hpp>
#include <support/spaces.hpp>
#include <support/visibilities.hpp>

/// Ten million visibilities in chunks that are made as they are needed: memory does not grow, and
/// nothing is lost.

namespace glint {
namespace {

/// Visibility k of a lattice of baselines, `period` of them along each axis. Over whole periods the
/// cosines at any offset that is not a multiple of the period cancel.
template <class Space>
struct LatticeBaselines {
  UvData<typename Space::memory_space> chunk;
  double step;
  std::size_t first, period;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t k = first + index;
    const double length = 1.0 / (static_cast<double>(period) * step);
    chunk.u(index) = static_cast<double>(k % period) * length;
    chunk.v(index) = static_cast<double>(k / period % period) * length;
    chunk.re(index) = 1.0 + static_cast<double>(k / (period * period) % 2);
    chunk.im(index) = 0.5;
    chunk.noise_re(index) = chunk.noise_im(index) = 2.0;
  }
};

std::size_t peak_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
#if defined(__APPLE__)
  return static_cast<std::size_t>(usage.ru_maxrss);
#else
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
#endif
}

template <class Case>
class UvStream : public testing::Test {};
TYPED_TEST_SUITE(UvStream, test::Spaces, test::CaseName);

TYPED_TEST(UvStream, TenMillionVisibilitiesTakeTheMemoryOfAChunk) {
  using Space = typename TypeParam::space;
  const Space space;
  constexpr std::size_t period = 50, count = 4000 * period * period, chunk = 125000;
  static_assert(count == 10000000);
  const SkyGrid grid{3, 4, 0.05};
  UvSums<Space> sums(space, to_space(space, test::all_pixels(grid)));
  const UvData<typename Space::memory_space> data(space, chunk);
  std::size_t before = 0;
  for (std::size_t first = 0; first < count; first += chunk) {
    Kokkos::parallel_for("glint::test::lattice", range(space, chunk),
                         LatticeBaselines<Space>{data, grid.step(), first, period});
    accumulate(space, data, sums);
    if (first == 0) before = peak_bytes();
  }
  // The visibilities would be 480 MB, their tables gigabytes. Some pages of the run-time system.
  EXPECT_LE(peak_bytes() - before, std::size_t(4) << 20);

  EXPECT_EQ(sums.count(), count);
  EXPECT_FALSE(sums.has_hankel());
  const double visibilities = static_cast<double>(count);
  EXPECT_NEAR(sums.data_term() / (visibilities * (2.5 + 0.25) / 4.0), 1.0, 1e-15);
  EXPECT_NEAR(sums.noise_normalization() / (visibilities * 2.0 * std::log(8.0 * constants::pi)),
              1.0, 1e-14);
  const auto compact = test::matrix_numbers(space, sums.compact());
  test::Worst worst(2e-15, 0.25 * visibilities);
  for (std::size_t k = 0; k < compact.size(); ++k)
    worst.compare(compact[k], k == 3 ? 0.25 * visibilities : 0.0, concat("offset ", k));
  EXPECT_TRUE(worst.result());
}

}  // namespace
}  // namespace glint
