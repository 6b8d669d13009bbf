// SPDX-License-Identifier: BSD-3-Clause
#include "context.hpp"

#include <fstream>
#include <glint/backends.hpp>
#include <glint/error.hpp>
#include <glint/version.hpp>
#include <sstream>
#include <thread>

#include "limits.hpp"

// Told by the build, see CMakeLists.txt.
#ifndef GLINT_BUILD_FLAGS
#define GLINT_BUILD_FLAGS "unknown"
#endif
#ifndef GLINT_COMMIT
#define GLINT_COMMIT "unknown"
#endif

namespace glint::perf {
namespace {

std::string first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  return std::getline(file, line) ? line : "unknown";
}

std::string processor() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  return "unknown";
}

std::string compiler() {
#if defined(__clang__)
  return concat("clang ", __clang_version__);
#elif defined(__GNUC__)
  return concat("gcc ", __VERSION__);
#else
  return "unknown";
#endif
}

}  // namespace

std::vector<std::pair<std::string, std::string>> build_context() {
  std::ostringstream configuration;
  Kokkos::print_configuration(configuration, false);
  std::string threads;
#define GLINT_ADD_THREADS(Space) \
  threads += concat(threads.empty() ? "" : ", ", backend_name<Space>(), " ", Space().concurrency());
  GLINT_FOR_EACH_SPACE(GLINT_ADD_THREADS)
#undef GLINT_ADD_THREADS
  return {{"glint", GLINT_VERSION},
          {"commit", GLINT_COMMIT},
          {"kokkos", compat::kokkos_version()},
          {"kokkos_configuration", configuration.str()},
          {"compiler", compiler()},
          {"flags", GLINT_BUILD_FLAGS},
          {"processor", processor()},
          {"cores", std::to_string(std::thread::hardware_concurrency())},
          {"threads", threads},
          {"governor", first_line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")}};
}

std::vector<std::pair<std::string, double>> measured_limits(const Registry& registry) {
  std::vector<std::pair<std::string, double>> all;
  constexpr double large = 1 << 26;
  const auto add = [&](const std::string& backend, Limits& limits) {
    bool used = false;
    for (const Entry& entry : registry.entries()) used = used || entry.backend == backend;
    if (!used) return;
    for (const bool single : {false, true}) limits.flops(single), limits.exps(single, 0.0);
    limits.bandwidth(large, 0.0);
    limits.bandwidth(large, large);
    limits.bandwidth(2.0 * large, large);
    limits.bandwidth(0.0, large);
    for (const auto& [name, value] : limits.measured())
      all.emplace_back(concat(backend, "_", name), value);
  };
#define GLINT_ADD_LIMITS(Space) add(backend_name<Space>(), limits_of<Space>());
  GLINT_FOR_EACH_SPACE(GLINT_ADD_LIMITS)
#undef GLINT_ADD_LIMITS
  return all;
}

}  // namespace glint::perf
