// SPDX-License-Identifier: BSD-3-Clause
#if defined(GLINT_HAVE_CUSOLVER)
#include <cusolverDn.h>

#include "solve_device_engine.hpp"

namespace glint::impl {
namespace {

struct Api {
  using Handle = cusolverDnHandle_t;
  using Status = cusolverStatus_t;
  using Stream = cudaStream_t;
  static constexpr const char* name = "cuSOLVER";
  static constexpr Status success = CUSOLVER_STATUS_SUCCESS;
  static constexpr auto lower = CUBLAS_FILL_MODE_LOWER;
  static constexpr auto transposed = CUBLAS_OP_T;
  static constexpr auto create = cusolverDnCreate;
  static constexpr auto destroy = cusolverDnDestroy;
  static constexpr auto set_stream = cusolverDnSetStream;
  static constexpr auto cholesky_size = cusolverDnDpotrf_bufferSize;
  static constexpr auto cholesky = cusolverDnDpotrf;
  static constexpr auto cholesky_solve = cusolverDnDpotrs;
  static constexpr auto lu_size = cusolverDnDgetrf_bufferSize;
  static constexpr auto lu = cusolverDnDgetrf;
  static constexpr auto lu_solve = cusolverDnDgetrs;
  static constexpr auto vectors = CUSOLVER_EIG_MODE_VECTOR;
  static constexpr auto eigen_size = cusolverDnDsyevd_bufferSize;
  static constexpr auto eigen = cusolverDnDsyevd;
};

}  // namespace

std::unique_ptr<SolveEngine> make_cusolver() { return std::make_unique<DeviceSolveEngine<Api>>(); }

}  // namespace glint::impl
#endif
