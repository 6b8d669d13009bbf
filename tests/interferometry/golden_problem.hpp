// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_GOLDEN_PROBLEM_HPP
#define GLINT_GOLDEN_PROBLEM_HPP

#include <gtest/gtest.h>

#include <cmath>
#include <glint/circular_mask.hpp>
#include <glint/interferometry_io.hpp>
#include <string>
#include <support/functions.hpp>
#include <support/spaces.hpp>
#include <vector>

/// The golden reconstructions of tests/golden/interferometry, in the memory of a space.

namespace glint::test {

inline std::string golden_path(const std::string& name) {
  return std::string(GLINT_GOLDEN_DIRECTORY) + "/interferometry/" + name + ".h5";
}

inline const std::vector<std::string> golden_problems{"n1_k1_single_pixel",
                                                      "n5_k3_one_row",
                                                      "n8_k7_b1",
                                                      "n8_k64_b3pad_blobs",
                                                      "n12_k7_b3pad_annulus",
                                                      "n12_k64_b1_full",
                                                      "n16_k96_b3pad_stiff",
                                                      "n30_k7_b1_circle",
                                                      "n30_k64_b3pad_blobs",
                                                      "n30_k190_b3pad_annulus",
                                                      "n12_k190_b3pad_unequal_noise",
                                                      "sma_n30_k190_b3pad_loaded_sizes"};

/// All elements of a contiguous view of any rank, row-major.
template <class Space, class View>
std::vector<double> all_numbers(const Space& space, const View& view) {
  using T = typename View::non_const_value_type;
  const Vector<T, typename Space::memory_space> flat(const_cast<T*>(view.data()),
                                                     view.size());  // without owning it
  const std::vector<T> numbers = to_host(space, flat);
  return {numbers.begin(), numbers.end()};
}

/// The outputs of a file by their names, to compare with.
class GoldenOutputs {
 public:
  explicit GoldenOutputs(const std::string& name) : file_(golden_path(name)) {}

  std::vector<double> read(const std::string& name) const {
    const std::string place = name == "dirty_image" ? "/inputs/" + name : "/outputs/" + name;
    const Hdf5Shape shape = file_.shape(place);
    std::size_t count = 1;
    for (const std::size_t extent : shape) count *= extent;
    std::vector<double> values(count);
    file_.read(place, shape, values.data());
    return values;
  }

  double number(const std::string& name) const { return read(name).at(0); }

  /// The largest difference of an array from that of the file, over the largest number there. Of
  /// the matrices that the file holds in part: of the rows, of the diagonal where they are square,
  /// and over their own size of the norm and the sum of the whole.
  double error(const std::string& name, const std::vector<double>& values) const {
    if (!file_.has("/outputs/" + name + "_rows")) {
      const std::vector<double> wanted = read(name);
      EXPECT_EQ(values.size(), wanted.size()) << name;
      return worst(values, wanted);
    }
    const std::string rows_name = "/outputs/" + name + "_rows";
    const Hdf5Shape shape = file_.shape(rows_name);
    const std::vector<double> wanted = read(name + "_rows");
    const bool square = file_.has("/outputs/" + name + "_diagonal");
    const std::vector<double> diagonal = square ? read(name + "_diagonal") : std::vector<double>();
    const std::size_t width = shape[1], height = values.size() / width;
    EXPECT_EQ(values.size(), width * height) << name;
    std::vector<double> rows, corner;
    for (const std::size_t row : file_rows(shape[0], height))
      rows.insert(rows.end(), values.begin() + static_cast<std::ptrdiff_t>(row * width),
                  values.begin() + static_cast<std::ptrdiff_t>((row + 1) * width));
    for (std::size_t k = 0; square && k < height; ++k) corner.push_back(values[k * width + k]);
    long double squares = 0.0L, sum = 0.0L;
    double sizes = 0.0;
    for (const double value : values) {
      squares += static_cast<long double>(value) * value;
      sum += value;
      sizes += std::abs(value);
    }
    const double norm = file_.number_attribute(rows_name, "frobenius_norm_of_whole");
    return std::max(
        {worst(rows, wanted), worst(corner, diagonal),
         std::abs(static_cast<double>(std::sqrt(squares)) - norm) / norm,
         std::abs(static_cast<double>(sum) - file_.number_attribute(rows_name, "sum_of_whole")) /
             sizes});
  }

 private:
  // 12 rows at even steps, the last one included; the single values below say whether that is so.
  static std::vector<std::size_t> file_rows(std::size_t count, std::size_t height) {
    std::vector<std::size_t> rows;
    for (std::size_t k = 0; k < count; ++k) rows.push_back(k * (height - 1) / (count - 1));
    return rows;
  }

  static double worst(const std::vector<double>& values, const std::vector<double>& wanted) {
    double difference = 0.0, largest = 0.0;
    for (std::size_t k = 0; k < std::min(values.size(), wanted.size()); ++k) {
      const double here = std::abs(values[k] - wanted[k]);
      difference = here >= difference ? here : std::isnan(here) ? INFINITY : difference;
      largest = std::max(largest, std::abs(wanted[k]));
    }
    return largest > 0.0 ? difference / largest : difference;
  }

  Hdf5Reader file_;
};

/// The inputs in the memory of a space.
template <class ExecutionSpace>
struct GoldenProblem {
  using Memory = typename ExecutionSpace::memory_space;

  ExecutionSpace space;
  InterferometerFile file;
  GoldenOutputs outputs;
  SkyPixels<Memory> pixels;
  UvData<Memory> data;
  Matrix<std::int64_t, Memory> indexes, neighbours;
  Matrix<double, Memory> weights;
  std::size_t sources = 0, width = 0;

  explicit GoldenProblem(const std::string& name) : file(golden_path(name)), outputs(name) {
    const SourceModel& model = file.model();
    pixels = unmasked_pixels(space, on_device(model.mask), model.grid.pixel_scale);
    data = to_space(space, file.visibilities(0, file.count()));
    indexes = on_device(model.indexes);
    weights = on_device(model.weights);
    neighbours = on_device(model.neighbours);
    sources = model.sources();
    width = model.indexes.extent(1);
    compat::fence(space, "glint::test::GoldenProblem");
  }

  const SkyGrid& grid() const { return file.model().grid; }

  Vector<double, Memory> vector(std::size_t count) const {
    return allocate<Vector<double, Memory>>(space, "glint::test::vector", count);
  }
  Matrix<double, Memory> matrix(std::size_t rows, std::size_t columns) const {
    return allocate<Matrix<double, Memory>>(space, "glint::test::matrix", rows, columns);
  }

  /// Error of an array that is in the space's memory.
  template <class View>
  double error(const std::string& name, const View& view) const {
    return outputs.error(name, all_numbers(space, view));
  }

 private:
  template <class T>
  Matrix<T, Memory> on_device(const Matrix<T>& host) const {
    const auto copied =
        allocate<Matrix<T, Memory>>(space, "glint::test::table", host.extent(0), host.extent(1));
    copy(space, copied, host);
    return copied;
  }
};

/// Runs `check(problem)` on every golden problem.
template <class ExecutionSpace, class Check>
void for_each_golden(const Check& check) {
  for (const std::string& name : golden_problems) {
    SCOPED_TRACE(name);
    check(GoldenProblem<ExecutionSpace>(name));
  }
}

}  // namespace glint::test

#endif
