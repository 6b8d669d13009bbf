// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/interferometry_io.hpp>
#include <glint/memory.hpp>

#include "interferometer_derived.hpp"
#include "interferometry_names.hpp"
#include "io_error.hpp"
#include "visibility_checks.hpp"

namespace glint {
namespace {

namespace names = impl::names;
using impl::quoted;

std::string full(const char* name) { return concat(names::group, "/", name); }
std::string in_file(const Hdf5Reader& file, const char* name) {
  return concat(full(name), " in ", quoted(file.path()));
}

void expect_present(const Hdf5Reader& file, const char* name) {
  GLINT_EXPECTS(file.has(full(name)), "the data set ", quoted(file.path()), " has no dataset ",
                full(name));
}

// The shape of a dataset of two dimensions, or (K) for one.
Hdf5Shape shape_of_rank(const Hdf5Reader& file, const char* name, std::size_t rank) {
  expect_present(file, name);
  const Hdf5Shape shape = file.shape(full(name));
  GLINT_EXPECTS(shape.size() == rank, in_file(file, name), " has shape ", shape_text(shape),
                ", but it must have ", rank, rank == 1 ? " dimension" : " dimensions");
  return shape;
}

template <class T>
Matrix<T> read_matrix(const Hdf5Reader& file, const char* name) {
  const Hdf5Shape shape = shape_of_rank(file, name, 2);
  const std::string what = in_file(file, name);
  expect_memory(what, array_bytes(what, {shape[0], shape[1]}, sizeof(T)));
  Matrix<T> matrix(concat("glint::InterferometerFile::", name), shape[0], shape[1]);
  file.read(full(name), shape, matrix.data());
  return matrix;
}

double required_attribute(const Hdf5Reader& file, const char* name) {
  GLINT_EXPECTS(file.has_attribute("/", name), "the data set ", quoted(file.path()),
                " has no attribute ", name);
  return file.number_attribute("/", name);
}

SourceModel read_model(const Hdf5Reader& file) {
  GLINT_EXPECTS(file.has(names::group) && file.is_group(names::group), "the HDF5 file ",
                quoted(file.path()), " has no group ", names::group,
                ", so it is not an interferometer data set");
  SourceModel model;
  const double side = required_attribute(file, "N");
  GLINT_EXPECTS(side >= 1.0 && side <= 32768.0 && side == std::floor(side), "the attribute N of ",
                quoted(file.path()), " is ", side,
                ", but it must be a whole number from 1 to 32768");
  model.grid.ny = model.grid.nx = static_cast<std::size_t>(side);
  model.grid.pixel_scale = required_attribute(file, "pixel_scale_arcsec");
  model.mask = read_matrix<std::uint8_t>(file, names::mask);
  const std::size_t n = model.grid.ny;
  GLINT_EXPECTS(model.mask.extent(0) == n && model.mask.extent(1) == n, in_file(file, names::mask),
                " has shape ", shape_text(shape_of(model.mask)), " where the attribute N is ", n);
  model.indexes = read_matrix<std::int64_t>(file, names::indexes);
  model.weights = read_matrix<double>(file, names::weights);
  model.neighbours = read_matrix<std::int64_t>(file, names::neighbours);
  return model;
}

// K, from three datasets that must be (K, 2).
std::size_t expect_visibilities(const Hdf5Reader& file) {
  const std::size_t count = shape_of_rank(file, names::uv, 2)[0];
  GLINT_EXPECTS(count > 0, in_file(file, names::uv), " holds no visibilities");
  for (const char* name : {names::uv, names::data, names::noise}) {
    const Hdf5Shape shape = shape_of_rank(file, name, 2);
    GLINT_EXPECTS((shape == Hdf5Shape{count, 2}), in_file(file, name), " has shape ",
                  shape_text(shape), " where ", shape_text(Hdf5Shape{count, 2}), " is needed");
  }
  return count;
}

}  // namespace

InterferometerFile::InterferometerFile(const std::filesystem::path& path)
    : file_(path), model_(read_model(file_)), count_(expect_visibilities(file_)) {
  has_coefficient_ = file_.has_attribute("/", "coefficient");
  if (has_coefficient_) model_.coefficient = file_.number_attribute("/", "coefficient");
  has_flags_ = file_.has(full(names::flag));
  if (has_flags_) {
    const Hdf5Shape shape = shape_of_rank(file_, names::flag, 1);
    GLINT_EXPECTS(shape[0] == count_ && file_.is_integer(full(names::flag)),
                  in_file(file_, names::flag), " must hold ", count_, " whole numbers, 0 or 1");
  }
  try {
    validate(model_);
  } catch (const Error& error) {
    throw Error(concat(quoted(path), ": ", error.sentence()));
  }
  impl::expect_derived(file_, model_, count_);
  // What stands beside a -1 means nothing and may be anything.
  for (std::size_t m = 0; m < model_.pixels(); ++m)
    for (std::size_t b = 0; b < model_.indexes.extent(1); ++b)
      if (model_.indexes(m, b) == -1) model_.weights(m, b) = 0.0;
}

UvData<> InterferometerFile::visibilities(std::size_t first, std::size_t count) const {
  GLINT_EXPECTS(first <= count_ && count <= count_ - first, "visibilities ", first, " to ",
                first + count, " were asked for where ", quoted(path()), " has ", count_);
  std::vector<std::uint8_t> flags(has_flags_ ? count : 0);
  if (has_flags_) file_.read_rows(full(names::flag), {count_}, first, count, flags.data());
  std::vector<std::size_t> kept;
  kept.reserve(count);
  for (std::size_t k = 0; k < count; ++k) {
    if (has_flags_)
      GLINT_EXPECTS(flags[k] <= 1, in_file(file_, names::flag), " is ", static_cast<int>(flags[k]),
                    " for visibility ", first + k, ", but it must be 0 (used) or 1 (ignored)");
    if (!has_flags_ || flags[k] == 0) kept.push_back(k);
  }

  UvData<> result(kept.size());
  std::vector<double> pairs(2 * count);
  const auto read = [&](const char* name, const Vector<double>& one, const Vector<double>& two) {
    file_.read_rows(full(name), {count_, 2}, first, count, pairs.data());
    for (std::size_t k = 0; k < kept.size(); ++k) {
      one(k) = pairs[2 * kept[k]];
      two(k) = pairs[2 * kept[k] + 1];
    }
  };
  read(names::uv, result.u, result.v);
  read(names::data, result.re, result.im);
  read(names::noise, result.noise_re, result.noise_im);
  try {
    impl::validate_visibilities(result, [&](std::size_t k) { return first + kept[k]; });
  } catch (const Error& error) {
    throw Error(concat(quoted(path()), ": ", error.sentence()));
  }
  return result;
}

}  // namespace glint
