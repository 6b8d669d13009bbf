// SPDX-License-Identifier: BSD-3-Clause
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include <glint/image_io.hpp>
#include <iostream>

#include "driver.hpp"

namespace glint::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string header = "x,y,flux,re,n,q,theta\n";

/// A previous result that is easy to tell from a new one.
void write_previous(const fs::path& path) {
  Image<double> image("image", 2, 2);
  Kokkos::deep_copy(image, 7.0);
  write_image(path, image, ImageMetadata());
}

bool is_previous(const fs::path& path) {
  const Image<double> image = read_image(path);
  return image.extent(0) == 2 && image(1, 1) == 7.0;
}

TEST(DriverInterruptions, FileSizeLimitSaysSoAndLeavesNothing) {
  const TemporaryDirectory directory;
  const std::string limited =
      "ulimit -f 400 && '" + driver + "' " + three_galaxies + " --size 300 300 -o image.h5";
  expect_refusal(run_shell(directory.path(), limited), "'image.h5': file too large");
  EXPECT_THAT(directory.contents(), IsEmpty());
  write_previous(directory / "image.h5");
  expect_refusal(run_shell(directory.path(), limited), "'image.h5': file too large");
  EXPECT_TRUE(is_previous(directory / "image.h5"));
  EXPECT_THAT(directory.contents(), ElementsAre("image.h5"));
}

/// A small disk of its own, where the tests may mount one.
class SmallDisk {
 public:
  explicit SmallDisk(const fs::path& path) : path_(path.string()) {
    fs::create_directory(path);
    mounted_ = std::system(("mount -t tmpfs -o size=1m none '" + path_ + "' 2>&1").c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_ && std::system(("umount '" + path_ + "'").c_str()) != 0)
      ADD_FAILURE() << "cannot unmount " << path_;
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }

 private:
  std::string path_;
  bool mounted_ = false;
};

TEST(DriverInterruptions, FullDiskSaysSoAndLeavesNothing) {
  const TemporaryDirectory directory;
  const SmallDisk disk(directory / "disk");
  if (!disk.mounted()) {
    // Mounting is for root. The limit on file size above takes the same way through the driver;
    // what is left to check is that nobody wrote anything here.
    std::cout << "no right to mount a small disk: only the file-size limit is tested\n";
    EXPECT_THAT(directory.contents(), ElementsAre("disk"));
    return;
  }
  const auto contents_are = [&](const std::set<std::string>& names) {
    EXPECT_EQ(directory.contents(), names);
  };
  const std::string no_space = "no space left on device";
  const std::string large = three_galaxies + " --size 400 400 -o disk/image.h5";
  expect_refusal(run_driver(directory.path(), large), "'disk/image.h5': " + no_space);
  contents_are({"disk"});

  write_previous(directory / "disk/image.h5");
  expect_refusal(run_driver(directory.path(), large), no_space);
  EXPECT_TRUE(is_previous(directory / "disk/image.h5"));
  contents_are({"disk", "disk/image.h5"});

  // Filled to the last byte, so that not even the picture or the structure of a file fits.
  const Outcome filled = run_shell(directory.path(), "cat /dev/zero > disk/fill");
  EXPECT_NE(filled.code, 0);
  const std::string small = three_galaxies + " --size 20 20 -o disk/image.h5";
  expect_refusal(run_driver(directory.path(), small), no_space);
  EXPECT_TRUE(is_previous(directory / "disk/image.h5"));
  const std::string picture = three_galaxies + " --size 90 90 -o image.h5 --png disk/image.png";
  expect_refusal(run_driver(directory.path(), picture), "'disk/image.png': " + no_space);
  contents_are({"disk", "disk/image.h5", "disk/fill"});
}

pid_t start_driver(const fs::path& directory, const char* side) {
  const pid_t child = fork();
  if (child != 0) return child;
  const int null = open("/dev/null", O_WRONLY);
  dup2(null, STDOUT_FILENO);
  if (chdir(directory.c_str()) == 0)
    execl(driver.c_str(), driver.c_str(), "none.csv", "--size", side, side, "-o", "image.h5",
          static_cast<char*>(nullptr));
  _exit(127);
}

/// Bytes of the largest temporary file in a directory; 0 without one.
std::uintmax_t temporary_bytes(const fs::path& directory) {
  std::uintmax_t most = 0;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory)) {
    if (entry.path().filename().string().rfind(".glint-", 0) != 0) continue;
    const std::uintmax_t bytes = entry.file_size(error);
    if (!error) most = std::max(most, bytes);
  }
  return most;
}

TEST(DriverInterruptions, KilledWhileWritingLeavesAReadableFile) {
  const TemporaryDirectory directory;
  const fs::path path = directory / "image.h5";
  constexpr std::size_t side = 1500;
  write_text(directory / "none.csv", header);
  int kills_while_writing = 0;
  for (int round = 0; round < 24; ++round) {
    write_previous(path);
    const pid_t child = start_driver(directory.path(), "1500");
    ASSERT_GT(child, 0);
    int status = 0;
    bool running = true;
    // From the moment the file is being written, a little later in every round.
    for (int looks = 0; running && looks < 1 + round * round;) {
      running = waitpid(child, &status, WNOHANG) == 0;
      if (temporary_bytes(directory.path()) > 0) ++looks;
      sched_yield();
    }
    if (running) {
      const bool writing = temporary_bytes(directory.path()) > 0;
      ASSERT_EQ(kill(child, SIGKILL), 0);
      ASSERT_EQ(waitpid(child, &status, 0), child);
      if (WIFSIGNALED(status) && writing) ++kills_while_writing;
    }
    ASSERT_FALSE(WIFEXITED(status) && WEXITSTATUS(status) != 0) << "the driver failed by itself";
    EXPECT_TRUE(is_previous(path) || read_image(path).size() == side * side) << "round " << round;
    for (const auto& entry : fs::directory_iterator(directory.path()))
      if (entry.path().filename() != "none.csv") fs::remove(entry.path());
  }
  EXPECT_GT(kills_while_writing, 0);
}

}  // namespace
}  // namespace glint::test
