// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PSF_IO_HPP
#define GLINT_PSF_IO_HPP

#include <filesystem>
#include <glint/psf_image.hpp>

namespace glint {

/// Reads a point-spread function from an HDF5 file: the dataset /psf (KY, KX), any number type,
/// rows upwards as in images, centre at ((KY-1)/2, (KX-1)/2), with the attributes `oversampling` (a
/// whole number from 1 to 100) and, optional, `normalize` (0 or 1, default 0: the values are used
/// as given).
///
/// Throws Error naming the file and what is wrong with it: unreadable, no dataset /psf, not two
/// dimensions, no pixels, a value that is not finite (row and column), an attribute missing or
/// illegal, a sum that cannot be normalised. Synchronous.
PsfImage read_psf(const std::filesystem::path& path);

}  // namespace glint

#endif
