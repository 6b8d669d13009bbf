// SPDX-License-Identifier: BSD-3-Clause
#include <sys/stat.h>
#include <unistd.h>

#include <glint/catalogue_io.hpp>

#include "driver.hpp"
#include "io/raw_hdf5.hpp"

namespace glint::test {
namespace {

const std::string header = "x,y,flux,re,n,q,theta\n";
const std::string good_row = "0,0,1,1,1,1,0\n";

/// A directory with a good catalogue in both forms; a refused run must leave it as it is.
class DriverRefusals : public ::testing::Test {
 protected:
  DriverRefusals() {
    write_text(directory_ / "good.csv", header + good_row);
    write_catalogue(directory_ / "good.h5", Catalogue<>(0));
  }

  void refused(const std::string& arguments, const std::string& words) {
    SCOPED_TRACE(arguments);
    const auto before = directory_.contents();
    expect_refusal(run_driver(directory_.path(), arguments), words);
    EXPECT_EQ(directory_.contents(), before);
  }

  void refused_row(const std::string& row, const std::string& words) {
    SCOPED_TRACE(row);
    write_text(directory_ / "bad.csv", header + good_row + row + "\n");
    refused("bad.csv --size 10 10 -o image.h5 --png image.png", words);
  }

  void refused_catalogue(const std::string& name, const std::string& words) {
    refused(name + " --size 10 10 -o image.h5 --png image.png --stack", words);
  }

  TemporaryDirectory directory_;
};

TEST_F(DriverRefusals, FilesThatAreNoCatalogue) {
  refused_catalogue("missing.h5", "'missing.h5' does not exist");
  refused_catalogue("missing.csv", "'missing.csv' does not exist");
  write_text(directory_ / "text.h5", "this is no table");
  refused_catalogue("text.h5", "'text.h5' is not an HDF5 file");
  write_text(directory_ / "noise.dat", std::string("\x7f"
                                                   "ELF\x01\0\0",
                                                   7));
  refused_catalogue("noise.dat", "'noise.dat' is neither HDF5 nor a CSV text");
  const std::string whole = read_text(directory_ / "good.h5");
  write_text(directory_ / "cut.h5", whole.substr(0, whole.size() / 2));
  refused_catalogue("cut.h5", "'cut.h5' is truncated or damaged");
  refused_catalogue(".", "'.' is a directory");
  ASSERT_EQ(mkfifo((directory_ / "pipe").c_str(), 0600), 0);
  refused_catalogue("pipe", "'pipe' is not a regular file");
}

TEST_F(DriverRefusals, ColumnsThatDoNotFit) {
  write_text(directory_ / "bad.csv", "x,y,re,n,q,theta\n");
  refused_catalogue("bad.csv", "has no column flux or mag");
  write_text(directory_ / "bad.csv", "x,y,flux,re,n,q,theta,colour\n");
  refused_catalogue("bad.csv", "unknown column 'colour'; legal columns: x, y, flux, mag");
  write_text(directory_ / "bad.csv", header + "1,2,3\n");
  refused_catalogue("bad.csv", "line 2 of 'bad.csv' has 3 fields where the header has 7");
  {
    RawHdf5 file(directory_ / "bad.h5");
    file.group("/catalogue");
    for (const char* name : {"x", "y", "flux", "re", "n", "q"})
      file.dataset(std::string("/catalogue/") + name, {2}, {1, 1});
  }
  refused_catalogue("bad.h5", "has no column theta or pa");
  {
    RawHdf5 file(directory_ / "bad.h5");
    file.group("/catalogue");
    for (const char* name : {"x", "y", "flux", "re", "n", "q"})
      file.dataset(std::string("/catalogue/") + name, {2}, {1, 1});
    file.dataset("/catalogue/theta", {3}, {0, 0, 0});
  }
  refused_catalogue("bad.h5", "theta has 3");
}

TEST_F(DriverRefusals, ValuesOutsideTheirRange) {
  refused_row("0,0,nan,1,1,1,0", "flux = nan in row 1");
  refused_row("0,0,1,1,1,1,inf", "theta = inf in row 1");
  refused_row("0,0,1,1,0.019,1,0", "0.019");
  refused_row("0,0,1,1,20.5,1,0", "20.5");
  refused_row("0,0,1,1,-1,1,0", "-1");
  refused_row("0,0,1,1,1,0,0", "q");
  refused_row("0,0,1,1,1,-0.25,0", "-0.25");
  refused_row("0,0,1,1,1,1.125,0", "1.125");
  refused_row("0,0,1,0,1,1,0", "re");
  refused_row("0,0,1,-3,1,1,0", "-3");
  refused_row("0,0,1,1,20.5,1,0", "row 1");
}

TEST_F(DriverRefusals, Sizes) {
  for (const char* size : {"0 10", "10 0", "-5 10", "10 -5", "1.5 10", "ten 10", "10 1e3"})
    refused("good.csv -o image.h5 --size " + std::string(size),
            "--size needs two whole numbers of pixels from 1 up (NY NX)");
  refused("good.csv -o image.h5 --size 1000000 1000000",
          "an image of 1000000 x 1000000 pixels needs 8000000000000 bytes");
  refused("good.csv -o image.h5 --precision single --size 1000000 1000000",
          "needs 4000000000000 bytes");
  refused("good.csv -o image.h5 --size 100000000000000000000000000 1000",
          "pixels needs 8e+29 bytes");
  refused("good.csv -o image.h5 --size 18446744073709551615 18446744073709551615", "bytes");
  refused("good.csv -o image.h5 --size 10", "--size");
  refused("good.csv -o image.h5", "the image size is missing: give --size NY NX");
  refused("good.csv -o image.h5 --png image.png --size 1 1000001", "too large for a PNG");
}

TEST_F(DriverRefusals, AStackBeyondMemory) {
  std::string table = header;
  for (int row = 0; row < 100000; ++row) table += good_row;
  write_text(directory_ / "many.csv", table);
  refused("many.csv --size 3000 3000 -o image.h5 --stack",
          "an image of 3000 x 3000 pixels with a stack of 100000 more needs 7200072000000 bytes");
}

TEST_F(DriverRefusals, OutputPaths) {
  const auto both = [&](const std::string& path, const std::string& words) {
    refused("good.csv --size 10 10 -o " + path, words);
    refused("good.csv --size 10 10 -o image.h5 --png " + path, words);
  };
  fs::create_directory(directory_ / "folder");
  ASSERT_EQ(mkfifo((directory_ / "pipe").c_str(), 0600), 0);
  both("missing/image",
       "the directory 'missing' of the output path 'missing/image' does not exist");
  both("folder", "'folder' is a directory");
  both("folder/", "names a directory");
  both("pipe", "'pipe' is not a regular file");
  both("/dev/null", "'/dev/null' is not a regular file");
  both("good.csv/image", "'good.csv/image'");
  both("''", "empty");
  both("good.csv", "'good.csv' is the catalogue itself");
  both("folder/../good.csv", "is the catalogue itself");
  refused("good.csv --size 10 10 -o same --png ./same", "have the same path");
  // Not even root writes here; elsewhere permissions may not stop the one who runs the tests.
  both("/proc/image", "'/proc/image'");
}

TEST_F(DriverRefusals, LeaveAPreviousImageAlone) {
  write_text(directory_ / "image.h5", "previous");
  refused_row("0,0,1,1,99,1,0", "99");
  EXPECT_EQ(read_text(directory_ / "image.h5"), "previous");
}

}  // namespace
}  // namespace glint::test
