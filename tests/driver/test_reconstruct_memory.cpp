// SPDX-License-Identifier: BSD-3-Clause
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "reconstruct.hpp"

namespace glint::test {
namespace {

/// The most memory in bytes that a program held; 0 when it failed. Not by way of a shell, whose own
/// memory would count.
std::size_t peak_bytes(const fs::path& directory, std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    const int nowhere = open("/dev/null", O_WRONLY);
    // A sanitizer would keep what has been freed.
    const char* sanitizer = getenv("ASAN_OPTIONS");
    const std::string settings = std::string(sanitizer ? sanitizer : "") + ":quarantine_size_mb=1";
    setenv("ASAN_OPTIONS", settings.c_str(), 1);
    if (nowhere >= 0 && dup2(nowhere, STDOUT_FILENO) >= 0 && chdir(directory.c_str()) == 0)
      execv(arguments[0], arguments.data());
    _exit(127);
  }
  int status = -1;
  struct rusage usage {};
  if (child < 0 || wait4(child, &status, 0, &usage) != child) return 0;
  const bool well = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  return well ? static_cast<std::size_t>(usage.ru_maxrss) * 1024 : 0;
}

TEST(ReconstructSource, MemoryDoesNotGrowWithVisibilities) {
  const TemporaryDirectory directory;
  std::vector<std::size_t> peaks;
  for (const char* count : {"100000", "2000000"}) {
    expect_success(
        run_program(directory.path(), GLINT_SIMULATE_INTERFEROMETER,
                    std::string("--n 8 --sources 4 -o data.h5 --visibilities ") + count));
    peaks.push_back(peak_bytes(directory.path(), {GLINT_RECONSTRUCT_SOURCE, "data.h5", "-o",
                                                  "result.h5", "--chunk", "100000"}));
    ASSERT_GT(peaks.back(), 0U);
    EXPECT_GT(read_output(directory / "result.h5", "data_term")[0], std::stod(count));
  }
  EXPECT_LT(peaks[1], peaks[0] + 20000000) << "the larger file has 96 MB";
}

}  // namespace
}  // namespace glint::test
