// SPDX-License-Identifier: BSD-3-Clause
#include "call_everything.hpp"
#include "launches.hpp"

#include <chrono>
#include <future>
#include <glint/backends.hpp>
#include <gtest/gtest.h>
#include <thread>

/// Everything runs on the instance that was passed in, and nothing waits for another one.

namespace {

template <class ExecutionSpace>
void expect_everything_on(const ExecutionSpace& space) {
  const auto catalogue = glint::test::two_galaxies();
  const glint::test::LaunchRecorder recorder;
  glint::test::call_everything(space, catalogue);
  const auto expected = Kokkos::Tools::Experimental::device_id(space);
  std::size_t kernels = 0;
  for (const auto& launch : glint::test::LaunchRecorder::launches()) {
    if (launch.kind != "kernel") continue;
    EXPECT_EQ(launch.device, expected) << "kernel '" << launch.label << "' on another instance";
    ++kernels;
  }
  EXPECT_GT(kernels, 0u);
}

TEST(Instances, KernelsReportTheGivenOne) {
#define GLINT_EXPECT_ON(Space)                              \
  for (const Space& space : glint::compat::partition(Space())) { \
    SCOPED_TRACE(Space::name());                            \
    expect_everything_on(space);                            \
  }
  GLINT_FOR_EACH_SPACE(GLINT_EXPECT_ON)
#undef GLINT_EXPECT_ON
}

/// Occupies its instance until it is told to stop.
struct Busy {
  Kokkos::View<int[2], Kokkos::HostSpace> flags;  // started, stop
  KOKKOS_FUNCTION void operator()(int) const {
    Kokkos::atomic_fetch_add(&flags(0), 1);
    while (Kokkos::atomic_fetch_add(&flags(1), 0) == 0) {
    }
  }
};

/// On host backends all instances report the same number, but each is used by one kernel or fence at
/// a time: whoever uses a busy instance waits, so calls that end have not used it.
template <class ExecutionSpace>
void expect_independence(const ExecutionSpace& given, const ExecutionSpace& busy) {
  const auto catalogue = glint::test::two_galaxies();
  const Kokkos::View<int[2], Kokkos::HostSpace> flags("glint::test::flags");
  std::thread occupant([&] {
    Kokkos::parallel_for("glint::test::busy", Kokkos::RangePolicy<ExecutionSpace>(busy, 0, 1),
                         Busy{flags});
  });
  while (Kokkos::atomic_fetch_add(&flags(0), 0) == 0) std::this_thread::yield();
  auto calls = std::async(std::launch::async,
                          [&] { glint::test::call_everything(given, catalogue); });
  const auto verdict = calls.wait_for(std::chrono::seconds(30));
  Kokkos::atomic_fetch_add(&flags(1), 1);
  occupant.join();
  EXPECT_EQ(verdict, std::future_status::ready) << "glint waited for an instance it was not given";
}

template <class ExecutionSpace>
void expect_independence_of_others(const ExecutionSpace& space) {
  if constexpr (glint::is_host_execution_v<ExecutionSpace>) {
    SCOPED_TRACE(ExecutionSpace::name());
    const auto instances = glint::compat::partition(space);
    if (instances.size() < 2) return;  // one instance only: nothing to confuse it with
    expect_independence(instances[0], instances[1]);
    expect_independence(instances[1], instances[0]);
    expect_independence(instances[0], space);
  }
}

TEST(Instances, CallsDoNotWaitForOthers) {
#define GLINT_EXPECT_INDEPENDENCE(Space) expect_independence_of_others(Space());
  GLINT_FOR_EACH_SPACE(GLINT_EXPECT_INDEPENDENCE)
#undef GLINT_EXPECT_INDEPENDENCE
}

}  // namespace
