// SPDX-License-Identifier: BSD-3-Clause
#include "report.hpp"

#include <glint/compat.hpp>
#include <iomanip>
#include <sstream>

std::string summary(const Options& options, const Report& report) {
  std::ostringstream out;
  out << "backend       " << report.backend << ", concurrency " << report.concurrency << ", Kokkos "
      << glint::compat::kokkos_version() << '\n';
  out << "image         " << report.pixels << " of " << options.side << " x " << options.side
      << " pixels of " << report.pixel_scale << " arcsec, Einstein radius "
      << report.einstein_radius << " arcsec\n";
  out << "source        " << options.sources << " pixels with up to " << report.neighbours
      << " neighbours, " << options.width << " to an image pixel, coefficient "
      << report.coefficient << '\n';
  out << "visibilities  " << options.visibilities << " of ";
  if (options.flat)
    out << "baselines uniform in [0, 1) wavelengths";
  else
    out << report.observation.antennas << " antennas in " << report.observation.integrations
        << " integrations, up to " << report.observation.longest << " wavelengths";
  out << "\nnoise         " << report.noise << " of the flux a visibility, real and imaginary part "
      << (options.unequal_noise ? "unequal" : "equal") << '\n';
  out << "data set      " << options.data_set.string() << ", seed " << options.seed << '\n';
  out << std::fixed << std::setprecision(3) << "time          mesh " << report.mesh_seconds
      << " s, visibilities " << report.visibility_seconds << " s, write " << report.write_seconds
      << " s\n";
  return out.str();
}
