// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_LIMITS_HPP
#define GLINT_PERF_LIMITS_HPP

#include <functional>
#include <glint/backends.hpp>
#include <map>
#include <string>
#include <utility>
#include <vector>

/// What the machine can do, measured in the same process, on the same execution space and with the
/// same compiler as what is held against it. Every rate is the best of several ways to reach it
/// and of several samples; a few more are taken every time it is asked for, so that a busy moment
/// of the machine does not make it look slow for good.

namespace glint::perf {

/// Streams of a memory limit: what is read and written in equal parts.
enum class Traffic { read, copy, triad, write };

/// "read" (one array read), "copy" (one read, one written), "triad" (two read, one written),
/// "write".
const std::string& traffic_name(Traffic traffic);

/// The mix nearest to these amounts: triad from 1.5 bytes read per byte written on, read from 4.
Traffic nearest_traffic(double read_bytes, double written_bytes);

class Limits {
 public:
  virtual ~Limits() = default;

  /// Multiplications and additions a second, in fused multiply-adds where the compiled instruction
  /// set has them.
  double flops(bool single);

  /// Exponentials a second with a relative error of at most `error` (0: rounding): glint's own or
  /// the standard library's.
  double exps(bool single, double error);

  /// Bytes a second that are read and written, for arrays of that many bytes in all, so from the
  /// cache that holds them; the footprint is rounded down to a power of two from 16 KiB to 512 MiB.
  double bandwidth(double read_bytes, double written_bytes);

  /// All rates known so far, e.g. "bandwidth_read_65536": bytes a second.
  std::vector<std::pair<std::string, double>> measured() const;

 protected:
  virtual double sample_flops(bool single) = 0;
  virtual double sample_exps(bool single, int degree) = 0;
  virtual double sample_bandwidth(Traffic traffic, std::size_t bytes) = 0;

 private:
  struct Rate {
    double best = 0.0;
    int samples = 0;
  };
  double refresh(const std::string& name, const std::function<double()>& sample);

  std::map<std::string, Rate> rates_;
};

/// The limits of an execution space, one object for the process.
template <class ExecutionSpace>
Limits& limits_of();

#define GLINT_EXTERN(Space) extern template Limits& limits_of<Space>();
GLINT_FOR_EACH_SPACE(GLINT_EXTERN)
#undef GLINT_EXTERN

}  // namespace glint::perf

#endif
