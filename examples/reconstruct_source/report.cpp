// SPDX-License-Identifier: BSD-3-Clause
#include "report.hpp"

#include <glint/compat.hpp>
#include <iomanip>
#include <sstream>

std::string summary(const Options& options, const Report& report) {
  std::ostringstream out;
  const glint::Evidence& terms = report.evidence;
  out << "backend       " << report.backend << ", concurrency " << report.concurrency << ", Kokkos "
      << glint::compat::kokkos_version() << '\n';
  out << "data set      " << options.data_set.string() << ": " << report.visibilities
      << " visibilities";
  if (report.flagged) out << " and " << report.flagged << " flagged";
  out << ", " << report.pixels << " of " << report.side << " x " << report.side << " pixels of "
      << report.pixel_scale << " arcsec\n";
  out << "source        " << report.sources << " pixels, up to " << report.width
      << " to an image pixel\n";
  out << "coefficient   " << report.coefficient;
  if (options.find_coefficient)
    out << (report.coefficient_inside ? ", where the evidence is largest"
                                      : ", the end of the range: the evidence grows on");
  else if (!options.coefficient)
    out << (report.coefficient_of_file
                ? ", the data set's"
                : ", since neither the data set nor --coefficient gives one");
  out << '\n';
  out << "noise         " << glint::noise_weights_name(options.sums.noise)
      << (options.sums.noise == glint::NoiseWeights::real ? ": the real parts' alone in the kernel"
          : report.unequal_noise                          ? ": real and imaginary parts differ"
                                                          : ": equal in real and imaginary parts")
      << '\n';
  out << "kernel        " << glint::kernel_method_name(options.sums.kernel.method)
      << ", longest baseline " << std::setprecision(3) << report.longest
      << " of the pixels' Nyquist limit" << (report.longest > 1.0 ? ", beyond it" : "") << '\n';
  if (!options.checkpoint.path.empty())
    out << "checkpoint    " << options.checkpoint.path.string() << ": " << report.resumed
        << " visibilities were summed already\n";
  out << "curvature     " << curvature_route_name(options.curvature) << '\n';
  out << std::setprecision(10) << "evidence      log likelihood " << terms.log_likelihood << '\n';
  out << "  fit         chi squared " << terms.chi_squared << " of " << terms.data_term
      << ", noise normalization " << terms.noise_normalization << '\n';
  out << "  source      regularization term " << terms.regularization_term << ", from "
      << report.least << " to " << report.largest << '\n';
  out << "  volumes     ln det (F + H) " << terms.logdet_curvature_reg << ", ln det H "
      << terms.logdet_regularization << '\n';
  out << "  check       two ways to chi squared differ by " << std::setprecision(2)
      << report.disagreement << " of the data term\n";
  out << "result        " << options.result.string() << ": " << report.outputs
      << (report.outputs == 1 ? " output\n" : " outputs\n");
  out << report.notes;
  if (!options.picture.empty()) out << "picture       " << options.picture.string() << '\n';
  out << "time         " << std::fixed << std::setprecision(3);
  for (std::size_t k = 0; k < report.seconds.size(); ++k)
    out << (k ? ", " : " ") << report.seconds[k].first << ' ' << report.seconds[k].second << " s";
  out << '\n';
  return out.str();
}
