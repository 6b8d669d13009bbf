// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_CONTRACT_LAUNCHES_HPP
#define GLINT_TESTS_CONTRACT_LAUNCHES_HPP

#include <Kokkos_Core.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace glint::test {

/// Something Kokkos tells its tools: what it is ("kernel", "allocation", "region", "fence"), its
/// label, and for kernels and fences the device and instance it runs on.
struct Launch {
  std::string kind, label;
  std::uint32_t device = 0;
};

/// Records everything Kokkos reports while it lives. One at a time: the callbacks are plain
/// functions.
class LaunchRecorder {
 public:
  LaunchRecorder() : before_(Kokkos::Tools::Experimental::get_callbacks()) {
    namespace tools = Kokkos::Tools::Experimental;
    launches().clear();
    const auto kernel = [](const char* label, const std::uint32_t device, std::uint64_t*) {
      launches().push_back({"kernel", label, device});
    };
    tools::set_begin_parallel_for_callback(kernel);
    tools::set_begin_parallel_reduce_callback(kernel);
    tools::set_begin_parallel_scan_callback(kernel);
    tools::set_begin_fence_callback(
        [](const char* label, const std::uint32_t device, std::uint64_t*) {
          launches().push_back({"fence", label, device});
        });
    tools::set_push_region_callback([](const char* label) {
      launches().push_back({"region", label});
    });
    tools::set_allocate_data_callback(
        [](const Kokkos::Tools::SpaceHandle, const char* label, const void*, const std::uint64_t) {
          launches().push_back({"allocation", label});
        });
  }
  ~LaunchRecorder() { Kokkos::Tools::Experimental::set_callbacks(before_); }
  LaunchRecorder(const LaunchRecorder&) = delete;
  LaunchRecorder& operator=(const LaunchRecorder&) = delete;

  static std::vector<Launch>& launches() {
    static std::vector<Launch> all;
    return all;
  }

 private:
  Kokkos::Tools::Experimental::EventSet before_;
};

}  // namespace glint::test

#endif
