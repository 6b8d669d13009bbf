// SPDX-License-Identifier: BSD-3-Clause
#include "report.hpp"

#include <glint/compat.hpp>
#include <iomanip>
#include <sstream>

namespace {

std::string pixels_text(const Options& options, const Report& report) {
  const std::string& name = glint::integrator_name(options.render.integrator);
  if (options.render.integrator == glint::Integrator::centre)
    return "sampled at their centres (" + name + "), not integrated";
  std::ostringstream text;
  const int order = glint::rule_order(options.render);
  if (options.render.integrator == glint::Integrator::refine) {
    text << "refined until each cell's error estimate is below " << options.render.precision_goal
         << " (" << name << "), which ";
    if (report.unmet_cells == 0)
      text << "all reach";
    else
      text << report.unmet_cells << " cells do not reach";
    return text.str();
  }
  if (order) {
    text << "by a rule of " << order << " x " << order << " nodes each (" << name
         << "), whatever its error";
    return text.str();
  }
  text << "integrated to a relative tolerance of " << options.render.tolerance << " (" << name
       << ')';
  if (options.single) text << ", rounded to single precision";
  return text.str();
}

}  // namespace

std::string summary(const Options& options, const Report& report) {
  std::ostringstream out;
  out << "backend    " << report.backend << ", concurrency " << report.concurrency << ", Kokkos "
      << glint::compat::kokkos_version() << '\n';
  out << "catalogue  " << options.catalogue.string() << ": ";
  if (report.profiles == 0)
    out << "empty, so the image is zero everywhere\n";
  else
    out << report.profiles << (report.profiles == 1 ? " profile" : " profiles") << ", total flux "
        << std::setprecision(10) << report.catalogue_flux << '\n';
  out << "image      " << options.image.string() << ": " << options.grid.ny << " x "
      << options.grid.nx << " (NY x NX), " << (options.single ? "single" : "double")
      << (options.stack ? ", with the stack of profiles" : "") << ", total flux "
      << std::setprecision(10) << report.image_flux << '\n';
  if (!report.psf.empty()) {
    out << "psf        " << options.psf.string() << ": " << report.psf;
    if (report.catalogue_flux != 0.0)
      out << "; flux captured: " << std::setprecision(6)
          << 100.0 * report.image_flux / report.catalogue_flux << " %";
    out << '\n';
  }
  out << "pixels     " << pixels_text(options, report) << '\n';
  if (options.error) {
    out << "error      at most " << std::setprecision(3) << report.errors.worst << ", ";
    if (report.errors.unmet == 0)
      out << "every pixel within what was asked for\n";
    else
      out << report.errors.unmet << " of " << options.grid.ny * options.grid.nx
          << " pixels beyond what was asked for, up to " << report.errors.share << " times\n";
  }
  out << std::fixed << std::setprecision(3) << "time       read " << report.read_seconds
      << " s, prepare " << report.prepare_seconds << " s, render " << report.render_seconds
      << " s, write " << report.write_seconds << " s\n";
  return out.str();
}
