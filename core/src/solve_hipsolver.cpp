// SPDX-License-Identifier: BSD-3-Clause
#if defined(GLINT_HAVE_HIPSOLVER)
#include <hipsolver/hipsolver.h>

#include "solve_device_engine.hpp"

namespace glint::impl {
namespace {

struct Api {
  using Handle = hipsolverHandle_t;
  using Status = hipsolverStatus_t;
  using Stream = hipStream_t;
  static constexpr const char* name = "hipSOLVER";
  static constexpr Status success = HIPSOLVER_STATUS_SUCCESS;
  static constexpr auto lower = HIPSOLVER_FILL_MODE_LOWER;
  static constexpr auto transposed = HIPSOLVER_OP_T;
  static constexpr auto create = hipsolverDnCreate;
  static constexpr auto destroy = hipsolverDnDestroy;
  static constexpr auto set_stream = hipsolverDnSetStream;
  static constexpr auto cholesky_size = hipsolverDnDpotrf_bufferSize;
  static constexpr auto cholesky = hipsolverDnDpotrf;
  static constexpr auto cholesky_solve = hipsolverDnDpotrs;
  static constexpr auto lu_size = hipsolverDnDgetrf_bufferSize;
  static constexpr auto lu = hipsolverDnDgetrf;
  static constexpr auto lu_solve = hipsolverDnDgetrs;
  static constexpr auto vectors = HIPSOLVER_EIG_MODE_VECTOR;
  static constexpr auto eigen_size = hipsolverDnDsyevd_bufferSize;
  static constexpr auto eigen = hipsolverDnDsyevd;
};

}  // namespace

std::unique_ptr<SolveEngine> make_hipsolver() { return std::make_unique<DeviceSolveEngine<Api>>(); }

}  // namespace glint::impl
#endif
