// SPDX-License-Identifier: BSD-3-Clause
#include <png.h>

#include <cerrno>
#include <cmath>
#include <csetjmp>
#include <cstdio>
#include <glint/image_io.hpp>
#include <memory>
#include <vector>

#include "io_error.hpp"
#include "picture.hpp"

namespace glint {
namespace {

constexpr std::size_t png_side_limit = 1000000;  // libpng's own default limit

// What the C side needs: plain data only, because libpng leaves it by longjmp.
struct Sink {
  std::FILE* file;
  int error_number;
};

void write_bytes(png_structp png, png_bytep bytes, std::size_t count) {
  auto* sink = static_cast<Sink*>(png_get_io_ptr(png));
  errno = 0;
  if (std::fwrite(bytes, 1, count, sink->file) == count) return;
  sink->error_number = errno ? errno : EIO;
  png_error(png, "write failed");
}

void flush_nothing(png_structp) {}
void ignore_warning(png_structp, png_const_charp) {}
[[noreturn]] void jump_back(png_structp png, png_const_charp) { png_longjmp(png, 1); }

// Colours one row of pixels; must not throw.
template <class T>
void colour_row(const T* values, std::size_t count, const impl::Stretch& stretch,
                const impl::ColourMap& map, unsigned char* out) noexcept {
  for (std::size_t column = 0; column < count; ++column) {
    const double level = stretch(static_cast<double>(values[column]));
    impl::Rgb colour{128, 128, 128};
    if (!std::isnan(level)) {
      const auto& ramp = level < 0.0 ? map.negative : map.positive;
      colour = ramp[static_cast<std::size_t>(std::lround(255.0 * std::fabs(level)))];
    }
    for (std::size_t c = 0; c < 3; ++c) out[3 * column + c] = colour[c];
  }
}

// Returns false when libpng gave up. Holds no object with a destructor: see Sink.
template <class T>
bool encode(Sink* sink, const T* pixels, std::size_t ny, std::size_t nx,
            const impl::Stretch& stretch, const impl::ColourMap& map, unsigned char* row) {
  png_structp png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, jump_back, ignore_warning);
  if (!png) return false;
  png_infop info = png_create_info_struct(png);
  if (!info || setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    return false;
  }
  png_set_write_fn(png, sink, write_bytes, flush_nothing);
  png_set_IHDR(png, info, static_cast<png_uint_32>(nx), static_cast<png_uint_32>(ny), 8,
               PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  for (std::size_t k = ny; k-- > 0;) {  // PNG rows go downwards, ours upwards
    colour_row(pixels + k * nx, nx, stretch, map, row);
    png_write_row(png, row);
  }
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return true;
}

}  // namespace

void expect_png_size(const PixelGrid& grid) {
  GLINT_EXPECTS(grid.ny <= png_side_limit && grid.nx <= png_side_limit, "an image of ", grid.ny,
                " x ", grid.nx, " is too large for a PNG, whose sides are at most ",
                png_side_limit);
}

template <class T>
void write_png(AtomicFile& file, const Image<T>& image) {
  const PixelGrid grid{image.extent(0), image.extent(1)};
  validate(grid);
  expect_png_size(grid);
  const impl::Stretch stretch = impl::choose_stretch(image);
  const impl::ColourMap map = impl::make_colour_map();
  std::vector<unsigned char> row(3 * grid.nx);

  errno = 0;
  const auto close = [](std::FILE* open) { std::fclose(open); };
  std::unique_ptr<std::FILE, decltype(close)> out(
      std::fopen(file.temporary().string().c_str(), "wb"), close);
  if (!out) impl::throw_io_error("write", file.path(), errno);
  Sink sink{out.get(), 0};
  const bool encoded = encode(&sink, image.data(), grid.ny, grid.nx, stretch, map, row.data());
  if (sink.error_number) impl::throw_io_error("write", file.path(), sink.error_number);
  GLINT_EXPECTS(encoded, "libpng could not encode the picture ", impl::quoted(file.path()));
  errno = 0;
  if (std::fclose(out.release()) != 0) impl::throw_io_error("write", file.path(), errno);
}

template <class T>
void write_png(const std::filesystem::path& path, const Image<T>& image) {
  AtomicFile file(path);
  write_png(file, image);
  file.commit();
}

#define GLINT_INSTANTIATE(T)                             \
  template void write_png(AtomicFile&, const Image<T>&); \
  template void write_png(const std::filesystem::path&, const Image<T>&);
GLINT_INSTANTIATE(float)
GLINT_INSTANTIATE(double)
#undef GLINT_INSTANTIATE

}  // namespace glint
