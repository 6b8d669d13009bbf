// SPDX-License-Identifier: BSD-3-Clause
#include "report.hpp"

#include <glint/compat.hpp>
#include <glint/memory.hpp>
#include <iomanip>
#include <sstream>

std::string summary(const Options& options, const Report& report) {
  std::ostringstream out;
  out << "backend       " << report.backend << ", concurrency " << report.concurrency << ", Kokkos "
      << glint::compat::kokkos_version() << '\n';
  out << "visibilities  " << options.visibilities << ", " << options.chunk << " at a time, noise "
      << (options.unequal_noise ? "unequal" : "equal") << ", seed " << options.seed << '\n';
  out << "frame         " << options.side << " x " << options.side << " pixels, kernel "
      << glint::kernel_method_name(options.kernel.method) << '\n';
  if (!options.checkpoint.path.empty())
    out << "checkpoint    " << options.checkpoint.path.string() << ": " << report.resumed
        << " visibilities were summed already\n";
  out << std::setprecision(10) << "sums          data term " << report.data_term
      << ", noise normalization " << report.noise_normalization << '\n';
  const double summed = static_cast<double>(options.visibilities - report.resumed);
  out << std::setprecision(3);
  if (summed > 0.0 && report.sum_seconds > 0.0)
    out << "rate          " << summed / report.sum_seconds << " visibilities a second summed, "
        << 1e9 * report.sum_seconds / summed << " ns each\n";
  if (report.peak_bytes > 0)
    out << "memory        " << glint::byte_text(report.peak_bytes) << " at most, "
        << glint::byte_text(report.peak_bytes - report.before_bytes)
        << " of it for the sums and a chunk of " << glint::byte_text(report.chunk_bytes) << '\n';
  out << "result        " << options.result.string() << '\n';
  if (!options.picture.empty()) out << "picture       " << options.picture.string() << '\n';
  out << std::fixed << "time          make " << report.make_seconds << " s, sum "
      << report.sum_seconds << " s, checkpoints " << report.checkpoint_seconds << " s, write "
      << report.write_seconds << " s\n";
  return out.str();
}
