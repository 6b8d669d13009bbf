// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_ARRAY_PROGRAMMING_TIMELINES_HPP
#define GLINT_ARRAY_PROGRAMMING_TIMELINES_HPP

#include <cstdint>
#include <glint/atomic_file.hpp>
#include <string>
#include <vector>

/// What detectors recorded, and the files it goes to.
struct Timelines {
  std::vector<double> gain, offset;          ///< a detector
  std::vector<double> time, source, glitch;  ///< a sample; time in seconds
  std::vector<double> signal;                ///< detectors x samples, row by row
  double sigma = 0.0;                        ///< of the noise
  std::uint64_t seed = 0;
};

/// HDF5: /signal (D, T) and what it was made from, /gain and /offset (D), /time, /source and
/// /glitch (T); sigma and seed as attributes of /signal.
void write_timelines(glint::AtomicFile& file, const Timelines& timelines);

/// PNG, two panels, time to the right and the first detector at the top of each: an image with a
/// band for each detector, and below it a line for each, moved apart.
void write_picture(glint::AtomicFile& file, const Timelines& timelines);

#endif
