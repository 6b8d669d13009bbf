// SPDX-License-Identifier: BSD-3-Clause
#include "interferometer_derived.hpp"

#include <cmath>

#include "interferometry_names.hpp"
#include "io_error.hpp"

namespace glint::impl {
namespace {

// Compares a dataset, if there is one, to expected(row, rest) a few thousand rows at a time.
template <class T, class Expected, class Agree>
void expect_agreement(const Hdf5Reader& file, const char* name, const Hdf5Shape& shape,
                      const Expected& expected, const Agree& agree) {
  const std::string object = concat(names::group, "/", name);
  if (!file.has(object)) return;
  std::size_t row_length = 1;
  for (std::size_t d = 1; d < shape.size(); ++d) row_length *= shape[d];
  const std::size_t most = 16384 / row_length + 1;
  std::vector<T> rows(std::min(most, shape[0]) * row_length);
  for (std::size_t first = 0; first < shape[0]; first += most) {
    const std::size_t count = std::min(most, shape[0] - first);
    file.read_rows(object, shape, first, count, rows.data());
    for (std::size_t k = 0; k < count * row_length; ++k) {
      const std::size_t row = first + k / row_length, rest = k % row_length;
      GLINT_EXPECTS(agree(rows[k], expected(row, rest)), object, " in ", quoted(file.path()),
                    " does not agree with the other data sets: in row ", row, " it has ", rows[k],
                    " where they give ", expected(row, rest));
    }
  }
}

void expect_attribute(const Hdf5Reader& file, const char* name, std::size_t value) {
  if (!file.has_attribute("/", name)) return;
  const double there = file.number_attribute("/", name);
  GLINT_EXPECTS(there == static_cast<double>(value), "the attribute ", name, " of ",
                quoted(file.path()), " is ", there, " where the data sets give ", value);
}

}  // namespace

std::vector<std::int64_t> kept_pixels(const SourceModel& model) {
  std::vector<std::int64_t> pixels;
  for (std::size_t i = 0; i < model.grid.ny; ++i)
    for (std::size_t j = 0; j < model.grid.nx; ++j)
      if (model.mask(i, j) == 0) {
        pixels.push_back(static_cast<std::int64_t>(i));
        pixels.push_back(static_cast<std::int64_t>(j));
      }
  return pixels;
}

void expect_derived(const Hdf5Reader& file, const SourceModel& model, std::size_t visibilities) {
  const std::size_t n = model.grid.ny, m = model.pixels(), s = model.sources();
  expect_attribute(file, "M", m);
  expect_attribute(file, "K", visibilities);
  expect_attribute(file, "S", s);
  expect_attribute(file, "B", model.indexes.extent(1));
  expect_attribute(file, "P", model.neighbours.extent(1));

  const auto equal = [](std::int64_t a, std::int64_t b) { return a == b; };
  const std::vector<std::int64_t> pixels = kept_pixels(model);
  expect_agreement<std::int64_t>(
      file, names::native, {m, 2},
      [&](std::size_t row, std::size_t part) { return pixels[2 * row + part]; }, equal);
  expect_agreement<std::int64_t>(
      file, names::sizes, {m},
      [&](std::size_t row, std::size_t) { return row_size(model.indexes, row); }, equal);
  expect_agreement<std::int64_t>(
      file, names::neighbour_sizes, {s},
      [&](std::size_t row, std::size_t) { return row_size(model.neighbours, row); }, equal);

  const auto near = [step = model.grid.step()](double a, double b) {
    return std::fabs(a - b) <= 1e-6 * step;  // NaN does not agree
  };
  expect_agreement<double>(
      file, names::grid, {n, n, 2},
      [&](std::size_t row, std::size_t rest) {
        return rest % 2 == 0 ? model.grid.y(static_cast<double>(row))
                             : model.grid.x(static_cast<double>(rest / 2));
      },
      near);
  expect_agreement<double>(
      file, names::slim_grid, {m, 2},
      [&](std::size_t row, std::size_t part) {
        const auto place = static_cast<double>(pixels[2 * row + part]);
        return part == 0 ? model.grid.y(place) : model.grid.x(place);
      },
      near);
}

}  // namespace glint::impl
