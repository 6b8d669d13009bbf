// SPDX-License-Identifier: BSD-3-Clause
#include <glint/checks.hpp>
#include <glint/hdf5_file.hpp>
#include <glint/image_io.hpp>
#include <glint/memory.hpp>
#include <glint/version.hpp>

#include "io_error.hpp"

namespace glint {
namespace {

// The shape of a dataset that must have `rank` dimensions and fit in memory.
template <class T>
Hdf5Shape readable_shape(const Hdf5Reader& file, const std::string& name, std::size_t rank) {
  const std::string what = name + " in " + impl::quoted(file.path());
  GLINT_EXPECTS(file.has(name), "the HDF5 file ", impl::quoted(file.path()), " has no dataset ",
                name);
  const Hdf5Shape shape = file.shape(name);
  GLINT_EXPECTS(shape.size() == rank, what, " has ", shape.size(), " dimensions where ", rank,
                " are needed");
  std::size_t elements = 1;
  for (const std::size_t extent : shape) elements = array_bytes(what, {extent}, elements);
  expect_memory(what, array_bytes(what, {elements}, sizeof(T)));
  return shape;
}

}  // namespace

template <class T>
void write_image(AtomicFile& target, const Image<T>& image, const ImageMetadata& metadata,
                 const ImageStack<T>& stack, const Image<T>& error) {
  const std::array<std::size_t, 2> frame{stack.extent(1), stack.extent(2)};
  const bool has_stack = stack.extent(0) > 0 || frame[0] > 0;
  GLINT_EXPECTS(!has_stack || frame == shape_of(image), "write_image: the stack has planes of ",
                shape_text(frame), " where the image is ", shape_text(shape_of(image)));
  const bool has_error = error.size() > 0;
  if (has_error) expect_shape("write_image", "error", error, shape_of(image));
  Hdf5Writer file(target,
                  sizeof(T) * (image.size() + (has_stack ? stack.size() : 0) + error.size()));
  file.dataset("/image", {image.extent(0), image.extent(1)}, image.data());
  file.attribute("/image", "units", metadata.units);
  file.attribute("/image", "integrator", metadata.integrator);
  file.attribute("/image", "tolerance", metadata.tolerance);
  file.attribute("/image", "precision", metadata.precision);
  file.attribute("/image", "backend", metadata.backend);
  if (!metadata.psf.empty()) file.attribute("/image", "psf", metadata.psf);
  file.attribute("/image", "glint_version", GLINT_VERSION);
  if (has_stack) {
    file.dataset("/profiles", {stack.extent(0), frame[0], frame[1]}, stack.data());
    file.attribute("/profiles", "units", metadata.units);
  }
  if (has_error) {
    file.dataset("/error", {error.extent(0), error.extent(1)}, error.data());
    file.attribute("/error", "units", metadata.units);
  }
  file.finish();
}

template <class T>
void write_image(const std::filesystem::path& path, const Image<T>& image,
                 const ImageMetadata& metadata, const ImageStack<T>& stack, const Image<T>& error) {
  AtomicFile file(path);
  write_image(file, image, metadata, stack, error);
  file.commit();
}

namespace {

template <class T>
Image<T> read_plane(const std::filesystem::path& path, const std::string& name) {
  const Hdf5Reader file(path);
  const Hdf5Shape shape = readable_shape<T>(file, name, 2);
  Image<T> image("glint::read_image::image", shape[0], shape[1]);
  file.read(name, shape, image.data());
  return image;
}

}  // namespace

template <class T>
Image<T> read_image(const std::filesystem::path& path) {
  return read_plane<T>(path, "/image");
}

template <class T>
Image<T> read_error_map(const std::filesystem::path& path) {
  return read_plane<T>(path, "/error");
}

template <class T>
ImageStack<T> read_image_stack(const std::filesystem::path& path) {
  const Hdf5Reader file(path);
  const Hdf5Shape shape = readable_shape<T>(file, "/profiles", 3);
  ImageStack<T> stack("glint::read_image_stack::stack", shape[0], shape[1], shape[2]);
  file.read("/profiles", shape, stack.data());
  return stack;
}

ImageMetadata read_image_metadata(const std::filesystem::path& path) {
  const Hdf5Reader file(path);
  GLINT_EXPECTS(file.has("/image"), "the HDF5 file ", impl::quoted(path), " has no dataset /image");
  ImageMetadata metadata;
  metadata.units = file.text_attribute("/image", "units");
  metadata.integrator = file.text_attribute("/image", "integrator");
  metadata.tolerance = file.number_attribute("/image", "tolerance");
  metadata.precision = file.text_attribute("/image", "precision");
  metadata.backend = file.text_attribute("/image", "backend");
  if (file.has_attribute("/image", "psf")) metadata.psf = file.text_attribute("/image", "psf");
  return metadata;
}

#define GLINT_INSTANTIATE(T)                                                                     \
  template void write_image(AtomicFile&, const Image<T>&, const ImageMetadata&,                  \
                            const ImageStack<T>&, const Image<T>&);                              \
  template void write_image(const std::filesystem::path&, const Image<T>&, const ImageMetadata&, \
                            const ImageStack<T>&, const Image<T>&);                              \
  template Image<T> read_image(const std::filesystem::path&);                                    \
  template Image<T> read_error_map(const std::filesystem::path&);                                \
  template ImageStack<T> read_image_stack(const std::filesystem::path&);
GLINT_INSTANTIATE(float)
GLINT_INSTANTIATE(double)
#undef GLINT_INSTANTIATE

}  // namespace glint
