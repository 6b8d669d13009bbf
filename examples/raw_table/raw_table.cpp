// SPDX-License-Identifier: BSD-3-Clause
//
// The multi-Sersic notebook keeps its three galaxies in a table of its own conventions. This
// program converts the table exactly as the notebook does and prints it as a glint catalogue; the
// output is examples/data/three_galaxies.csv.
//
// glint reads most of this by itself: columns `ellip`, `sersic` and `pa` with pa_convention =
// y_to_x. Only the positions need care. The notebook computes x' = x - (nx - 1)/2 + 1, so a galaxy
// at x = (nx - 1)/2 ends up one pixel right of the centre. A FITS reader counts pixels from 1 and
// would subtract that 1 instead of adding it (origin = one); the two differ by 2 pixels on each
// axis. The +1 is kept here because published numbers for this scene contain it.

#include <array>
#include <charconv>
#include <iostream>
#include <numbers>
#include <string>

namespace {

struct Row {
  double x, y, flux, sersic, ellip, pa, re;
};

constexpr std::array<Row, 3> table{{{30.9, 71.3, 40000.0, 1.1, 0.4, 16.5, 17.0},
                                    {220.0, 65.2, 7000.0, 4.0, 0.1, 52.0, 7.5},
                                    {135.3, 173.6, 5000.0, 2.5, 0.2, 63.5, 3.0}}};
constexpr double nx = 500.0, ny = 500.0;

// The fewest digits that read back as the same double.
std::string digits(double value) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

}  // namespace

int main() {
  std::cout << "# origin = centre\nx,y,flux,re,n,q,theta\n";
  for (const Row& row : table) {
    const double x = row.x - (nx - 1.0) / 2.0 + 1.0;
    const double y = row.y - (ny - 1.0) / 2.0 + 1.0;
    const double q = 1.0 - row.ellip;
    const double theta = (90.0 - row.pa) * std::numbers::pi / 180.0;
    std::cout << digits(x) << ',' << digits(y) << ',' << digits(row.flux) << ',' << digits(row.re)
              << ',' << digits(row.sersic) << ',' << digits(q) << ',' << digits(theta) << '\n';
  }
}
