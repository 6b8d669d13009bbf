// SPDX-License-Identifier: BSD-3-Clause
#include "call_everything.hpp"
#include "launches.hpp"

#include <glint/backends.hpp>
#include <gtest/gtest.h>
#include <thread>

/// Everything runs on the instance that was passed in, and nothing waits for another one.

namespace {

template <class ExecutionSpace>
void expect_everything_on(const ExecutionSpace& space) {
  const auto catalogue = glint::test::two_galaxies();
  const auto mixture = glint::test::mixed_galaxies();
  const glint::test::LaunchRecorder recorder;
  glint::test::call_everything(space, catalogue, mixture);
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

/// Spins until it is told to stop.
struct Spin {
  Kokkos::View<int[2], Kokkos::HostSpace> flags;  // started, stop
  KOKKOS_FUNCTION void operator()(int) const {
    Kokkos::atomic_fetch_add(&flags(0), 1);
    while (Kokkos::atomic_fetch_add(&flags(1), 0) == 0) {
    }
  }
};

/// A host thread that keeps an instance busy.
template <class ExecutionSpace>
class Occupant {
 public:
  explicit Occupant(const ExecutionSpace& space) : space_(space) { start(); }
  ~Occupant() { stop(); }
  Occupant(const Occupant&) = delete;
  Occupant& operator=(const Occupant&) = delete;

  void start() {
    flags_(0) = flags_(1) = 0;
    thread_ = std::thread([this] {
      Kokkos::parallel_for("glint::test::spin", glint::range(space_, 1), Spin{flags_});
    });
    while (Kokkos::atomic_fetch_add(&flags_(0), 0) == 0) std::this_thread::yield();
  }
  void stop() {
    Kokkos::atomic_fetch_add(&flags_(1), 1);
    if (thread_.joinable()) thread_.join();
  }

 private:
  ExecutionSpace space_;
  Kokkos::View<int[2], Kokkos::HostSpace> flags_{"glint::test::flags"};
  std::thread thread_;
};

/// On host backends all instances report the same number, but a kernel or fence holds its instance:
/// whoever uses a busy one waits until CTest loses patience. Kokkos itself waits for all instances
/// before it frees a View; the occupant makes way for that and for nothing else.
template <class ExecutionSpace>
void call_while_busy(const ExecutionSpace& given, const ExecutionSpace& busy) {
  namespace tools = Kokkos::Tools::Experimental;
  static Occupant<ExecutionSpace>* occupant = nullptr;
  const auto catalogue = glint::test::two_galaxies();
  const auto mixture = glint::test::mixed_galaxies();
  Occupant<ExecutionSpace> owner(busy);
  occupant = &owner;
  const auto before = tools::get_callbacks();
  tools::set_begin_fence_callback(
      [](const char* label, const std::uint32_t, std::uint64_t* makes_way) {
        *makes_way = std::string(label).find("deallocate") != std::string::npos;
        if (*makes_way) occupant->stop();
      });
  tools::set_end_fence_callback([](const std::uint64_t makes_way) {
    if (makes_way) occupant->start();
  });
  glint::test::call_everything(given, catalogue, mixture);
  tools::set_callbacks(before);
}

template <class ExecutionSpace>
void expect_independence(const ExecutionSpace& space) {
  if constexpr (glint::is_host_execution_v<ExecutionSpace>) {
    const auto instances = glint::compat::partition(space);
    if (instances.size() < 2) return;  // one instance only: nothing to confuse it with
    call_while_busy(instances[0], instances[1]);
    call_while_busy(instances[1], instances[0]);
    call_while_busy(instances[0], space);
  }
}

TEST(Instances, CallsDoNotWaitForOthers) {
#define GLINT_EXPECT_INDEPENDENCE(Space) expect_independence(Space());
  GLINT_FOR_EACH_SPACE(GLINT_EXPECT_INDEPENDENCE)
#undef GLINT_EXPECT_INDEPENDENCE
}

}  // namespace
