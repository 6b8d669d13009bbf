// SPDX-License-Identifier: BSD-3-Clause
#include "uv_tracks.hpp"

#include <algorithm>
#include <cmath>
#include <glint/constants.hpp>
#include <vector>

namespace {

constexpr double degree = glint::constants::pi / 180.0;
constexpr double latitude = -23.0 * degree, declination = -30.0 * degree;
constexpr double hours = 8.0;

// In the equatorial frame: X towards the meridian, Y east, Z to the pole.
struct Antenna {
  double x, y, z, noise;
};

std::vector<Antenna> make_array(int count, Random& random) {
  std::vector<Antenna> antennas;
  const int arms = 3, places = (count + arms - 1) / arms;
  for (int a = 0; a < count; ++a) {
    const double along = (a / arms + random.uniform(0.1, 0.9)) / places;
    const double radius = std::pow(100.0, along - 1.0);  // the innermost at a hundredth
    const double angle =
        2.0 * glint::constants::pi * (a % arms) / arms + 1.5 * along + random.uniform(-0.2, 0.2);
    const double east = radius * std::cos(angle), north = radius * std::sin(angle);
    const double up = 0.01 * radius * random.uniform(-1.0, 1.0);
    antennas.push_back({up * std::cos(latitude) - north * std::sin(latitude), east,
                        north * std::cos(latitude) + up * std::sin(latitude),
                        random.uniform(0.8, 1.25)});
  }
  return antennas;
}

int pairs(int antennas) { return antennas * (antennas - 1) / 2; }

}  // namespace

Observation observe_tracks(double longest, Random random, glint::UvData<>& data) {
  const std::size_t count = data.size();
  Observation observation;
  int& antennas = observation.antennas = 43;
  while (antennas > 3 && 8 * static_cast<std::size_t>(pairs(antennas)) > count) --antennas;
  const auto array = make_array(antennas, random);
  const auto baselines = static_cast<std::size_t>(pairs(antennas));
  observation.integrations = (count + baselines - 1) / baselines;

  double reached = 0.0;
  std::size_t k = 0;
  for (std::size_t time = 0; time < observation.integrations; ++time) {
    const double share =
        (static_cast<double>(time) + 0.5) / static_cast<double>(observation.integrations) - 0.5;
    const double hour_angle = hours * 15.0 * degree * share;
    const double s = std::sin(hour_angle), c = std::cos(hour_angle);
    const double airmass = 1.0 + 1.6 * share * share;
    for (std::size_t a = 0; a < array.size(); ++a)
      for (std::size_t b = a + 1; b < array.size() && k < count; ++b, ++k) {
        const double x = array[b].x - array[a].x, y = array[b].y - array[a].y;
        const double z = array[b].z - array[a].z;
        data.u(k) = s * x + c * y;
        data.v(k) = std::sin(declination) * (s * y - c * x) + std::cos(declination) * z;
        reached = std::max(reached, data.u(k) * data.u(k) + data.v(k) * data.v(k));
        data.noise_re(k) = data.noise_im(k) = airmass * std::sqrt(array[a].noise * array[b].noise);
      }
  }
  // A little less, so that rounding does not lead beyond.
  const double scale = longest * (1.0 - 1e-12) / std::sqrt(reached);
  for (k = 0; k < count; ++k) {
    data.u(k) *= scale;
    data.v(k) *= scale;
  }
  observation.longest = longest;
  return observation;
}

Observation observe_flat(Random random, glint::UvData<>& data) {
  Observation observation;
  double reached = 0.0;
  for (std::size_t k = 0; k < data.size(); ++k) {
    data.u(k) = random.uniform();
    data.v(k) = random.uniform();
    reached = std::max(reached, std::hypot(data.u(k), data.v(k)));
    data.noise_re(k) = data.noise_im(k) = random.uniform(0.7, 1.3);
  }
  observation.longest = reached;
  return observation;
}
