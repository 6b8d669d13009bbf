// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/hdf5_file.hpp>
#include <glint/memory.hpp>
#include <glint/psf_io.hpp>

#include "io_error.hpp"

namespace glint {

PsfImage read_psf(const std::filesystem::path& path) {
  const std::string name = "/psf", what = name + " in " + impl::quoted(path);
  const Hdf5Reader file(path);
  GLINT_EXPECTS(file.has(name), "the HDF5 file ", impl::quoted(path), " has no dataset ", name);
  const Hdf5Shape shape = file.shape(name);
  GLINT_EXPECTS(shape.size() == 2, what, " has ", shape.size(), " dimensions where 2 are needed");
  GLINT_EXPECTS(shape[0] > 0 && shape[1] > 0, what, " has no pixels: its shape is ", shape[0],
                " x ", shape[1]);
  expect_memory(what, array_bytes(what, {shape[0], shape[1]}, sizeof(double)));

  GLINT_EXPECTS(file.has_attribute(name, "oversampling"), what, " has no attribute oversampling");
  const double oversampling = file.number_attribute(name, "oversampling");
  GLINT_EXPECTS(
      oversampling >= 1.0 && oversampling <= 100.0 && oversampling == std::floor(oversampling),
      "the attribute oversampling of ", what, " is ", oversampling,
      ", but it must be a whole number from 1 to 100");
  double normalize = 0.0;
  if (file.has_attribute(name, "normalize")) normalize = file.number_attribute(name, "normalize");
  GLINT_EXPECTS(normalize == 0.0 || normalize == 1.0, "the attribute normalize of ", what, " is ",
                normalize, ", but it must be 0 or 1");

  PsfImage psf;
  psf.values = Image<double>("glint::read_psf::values", shape[0], shape[1]);
  file.read(name, shape, psf.values.data());
  psf.oversampling = static_cast<std::size_t>(oversampling);
  psf.normalize = normalize == 1.0;
  try {
    validate(psf);
  } catch (const Error& error) {
    throw Error(concat(impl::quoted(path), ": ", error.sentence()));
  }
  return psf;
}

}  // namespace glint
