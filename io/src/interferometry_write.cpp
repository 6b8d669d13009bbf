// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <glint/interferometry_io.hpp>
#include <glint/version.hpp>

#include "interferometer_derived.hpp"
#include "interferometry_names.hpp"
#include "io_error.hpp"

namespace glint {
namespace {

namespace names = impl::names;

std::int64_t whole(std::size_t value) { return static_cast<std::int64_t>(value); }

// Two columns as the rows of a (K, 2) dataset.
void write_pairs(Hdf5Writer& file, const char* name, const char* doc, const Vector<double>& one,
                 const Vector<double>& two) {
  const std::string object = concat(names::group, "/", name);
  file.streamed<double>(object, {one.extent(0), 2},
                        [=](std::size_t first, std::size_t count, double* rows) {
                          for (std::size_t k = 0; k < count; ++k) {
                            rows[2 * k] = one(first + k);
                            rows[2 * k + 1] = two(first + k);
                          }
                        });
  file.attribute(object, "doc", doc);
}

void write_grids(Hdf5Writer& file, const SkyGrid& grid, const std::vector<std::int64_t>& pixels) {
  const auto object = [](const char* name) { return concat(names::group, "/", name); };
  file.streamed<double>(object(names::grid), {grid.ny, grid.nx, 2},
                        [grid](std::size_t first, std::size_t count, double* rows) {
                          for (std::size_t i = 0; i < count; ++i)
                            for (std::size_t j = 0; j < grid.nx; ++j) {
                              *rows++ = grid.y(static_cast<double>(first + i));
                              *rows++ = grid.x(static_cast<double>(j));
                            }
                        });
  file.attribute(object(names::grid), "doc", "(N, N, 2); y and x of every pixel centre, radians");
  file.streamed<double>(object(names::slim_grid), {pixels.size() / 2, 2},
                        [grid, &pixels](std::size_t first, std::size_t count, double* rows) {
                          for (std::size_t m = first; m < first + count; ++m) {
                            *rows++ = grid.y(static_cast<double>(pixels[2 * m]));
                            *rows++ = grid.x(static_cast<double>(pixels[2 * m + 1]));
                          }
                        });
  file.attribute(object(names::slim_grid), "doc", "(M, 2); y and x of the kept pixels, radians");
}

void write_sizes(Hdf5Writer& file, const char* name, const char* doc,
                 const Matrix<std::int64_t>& table) {
  const std::string object = concat(names::group, "/", name);
  file.streamed<std::int64_t>(object, {table.extent(0)},
                              [table](std::size_t first, std::size_t count, std::int64_t* rows) {
                                for (std::size_t k = 0; k < count; ++k)
                                  rows[k] = impl::row_size(table, first + k);
                              });
  file.attribute(object, "doc", doc);
}

std::uint64_t data_bytes(const SourceModel& model, std::size_t visibilities) {
  const std::uint64_t m = model.pixels(), s = model.sources(), n = model.grid.ny;
  return 48 * visibilities + 17 * n * n + m * (16 * model.indexes.extent(1) + 40) +
         s * (8 * model.neighbours.extent(1) + 8);
}

}  // namespace

void write_data_set(AtomicFile& target, const SourceModel& model, const UvData<>& visibilities) {
  validate(model);
  validate(visibilities);
  GLINT_EXPECTS(visibilities.size() > 0, "a data set needs at least one visibility");
  const std::vector<std::int64_t> pixels = impl::kept_pixels(model);
  Hdf5Writer file(target, data_bytes(model, visibilities.size()));
  file.attribute("/", "N", whole(model.grid.ny));
  file.attribute("/", "M", whole(model.pixels()));
  file.attribute("/", "K", whole(visibilities.size()));
  file.attribute("/", "S", whole(model.sources()));
  file.attribute("/", "B", whole(model.indexes.extent(1)));
  file.attribute("/", "P", whole(model.neighbours.extent(1)));
  file.attribute("/", "pixel_scale_arcsec", model.grid.pixel_scale);
  file.attribute("/", "coefficient", model.coefficient);
  file.attribute("/", "glint_version", GLINT_VERSION);

  file.group(names::group);
  const auto add = [&file](const char* name, const auto& matrix, const char* doc) {
    const std::string object = concat(names::group, "/", name);
    file.dataset(object, {matrix.extent(0), matrix.extent(1)}, matrix.data());
    file.attribute(object, "doc", doc);
  };
  add(names::mask, model.mask, "(N, N); 1 = masked out, row 0 at the top");
  add(names::indexes, model.indexes, "(M, B); source pixels of a kept pixel, then -1");
  add(names::weights, model.weights, "(M, B); their shares of its brightness");
  add(names::neighbours, model.neighbours, "(S, P); neighbours of a source pixel, then -1");
  write_pairs(file, names::uv, "(K, 2); u and v in wavelengths", visibilities.u, visibilities.v);
  write_pairs(file, names::data, "(K, 2); real and imaginary part", visibilities.re,
              visibilities.im);
  write_pairs(file, names::noise, "(K, 2); standard deviations of the two parts",
              visibilities.noise_re, visibilities.noise_im);

  const std::string native = concat(names::group, "/", names::native);
  file.dataset(native, {pixels.size() / 2, 2}, pixels.data());
  file.attribute(native, "doc", "(M, 2); row and column of the kept pixels");
  write_sizes(file, names::sizes, "(M); source pixels of a kept pixel", model.indexes);
  write_sizes(file, names::neighbour_sizes, "(S); neighbours of a source pixel", model.neighbours);
  write_grids(file, model.grid, pixels);
  file.finish();
}

void write_data_set(const std::filesystem::path& path, const SourceModel& model,
                    const UvData<>& visibilities) {
  AtomicFile file(path);
  write_data_set(file, model, visibilities);
  file.commit();
}

}  // namespace glint
