// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMAGE_IO_HPP
#define GLINT_IMAGE_IO_HPP

#include <filesystem>
#include <glint/atomic_file.hpp>
#include <glint/image.hpp>
#include <string>

namespace glint {

/// How an image was made; stored as attributes of /image.
struct ImageMetadata {
  std::string units = "flux per pixel";  ///< in the flux unit of the catalogue
  std::string integrator;
  double tolerance = 0.0;
  std::string precision;  ///< "double" or "single"
  std::string backend;
  std::string psf;  ///< file of the PSF the image was convolved with; empty (not stored): none
};

/// Writes the HDF5 dataset /image (NY, NX) in the precision of T (float or double) with the
/// metadata and glint_version as attributes and, when the stack has any planes or rows, /profiles
/// (P, NY, NX), and when there is an error map, /error (NY, NX). Throws Error on a stack or an
/// error map of another frame and on any failure. Synchronous.
///
/// The first form leaves the commit to the caller, who may have several files to complete at once;
/// the second makes the file appear under its name when it is complete.
template <class T>
void write_image(AtomicFile& file, const Image<T>& image, const ImageMetadata& metadata,
                 const ImageStack<T>& stack = {}, const Image<T>& error = {});
template <class T>
void write_image(const std::filesystem::path& path, const Image<T>& image,
                 const ImageMetadata& metadata, const ImageStack<T>& stack = {},
                 const Image<T>& error = {});

/// Reads /image, /error or /profiles, as T (float or double) whatever precision the file has.
/// Throws Error when the file is unreadable or has no such dataset of that rank.
template <class T = double>
Image<T> read_image(const std::filesystem::path& path);
template <class T = double>
Image<T> read_error_map(const std::filesystem::path& path);
template <class T = double>
ImageStack<T> read_image_stack(const std::filesystem::path& path);

ImageMetadata read_image_metadata(const std::filesystem::path& path);

/// Throws Error when an image of the grid is too large for a PNG (1,000,000 pixels a side).
void expect_png_size(const PixelGrid& grid);

/// Writes an 8-bit RGB picture with row 0 at the bottom. Brightness is an asinh stretch of the
/// pixels, black at zero; positive pixels turn from violet through orange to white, negative ones
/// through blue to white; NaN is grey. Throws Error on failure. Synchronous.
template <class T>
void write_png(AtomicFile& file, const Image<T>& image);
template <class T>
void write_png(const std::filesystem::path& path, const Image<T>& image);

}  // namespace glint

#endif
