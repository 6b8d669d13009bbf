// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_UV_TRACKS_HPP
#define GLINT_UV_TRACKS_HPP

#include <glint/uv_data.hpp>

#include "random.hpp"

/// Where an interferometer measures, and how well.
struct Observation {
  int antennas = 0;  ///< 0: no array, baselines at random
  std::size_t integrations = 0;
  double longest = 0.0;  ///< baseline in wavelengths
};

/// Fills u, v and, up to a common factor, noise_re = noise_im of `data`.
///
/// An array of up to 43 antennas on three spiral arms at latitude -23 degrees follows a source at
/// declination -30 degrees for 8 hours; every pair of antennas gives one visibility an integration
/// (its mirror image at -u, -v says the same and is left out). There are as many antennas as leave
/// 8 integrations. Scaled so that the longest baseline has `longest` wavelengths. The noise of a
/// pair is the geometric mean of its antennas' and grows away from the meridian.
Observation observe_tracks(double longest, Random random, glint::UvData<>& data);

/// Baselines uniform in [0, 1) wavelengths, which see no structure at all.
Observation observe_flat(Random random, glint::UvData<>& data);

#endif
