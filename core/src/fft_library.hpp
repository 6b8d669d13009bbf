// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_FFT_LIBRARY_HPP
#define GLINT_FFT_LIBRARY_HPP

#include <glint/execution.hpp>
#include <type_traits>

/// Which library transforms for an execution space, and what it needs to know of an instance.

namespace glint::impl {

enum class FftLibrary { none, fftw, cufft, hipfft };

template <class ExecutionSpace, class T>
constexpr FftLibrary fft_library_of() {
#if defined(KOKKOS_ENABLE_CUDA) && defined(GLINT_HAVE_CUFFT)
  if constexpr (std::is_same_v<ExecutionSpace, Kokkos::Cuda>) return FftLibrary::cufft;
#endif
#if defined(KOKKOS_ENABLE_HIP) && defined(GLINT_HAVE_HIPFFT)
  if constexpr (std::is_same_v<ExecutionSpace, Kokkos::HIP>) return FftLibrary::hipfft;
#endif
#if defined(GLINT_HAVE_FFTW)
  if constexpr (is_host_execution_v<ExecutionSpace> && std::is_same_v<T, double>)
    return FftLibrary::fftw;
#endif
#if defined(GLINT_HAVE_FFTW_FLOAT)
  if constexpr (is_host_execution_v<ExecutionSpace> && std::is_same_v<T, float>)
    return FftLibrary::fftw;
#endif
  return FftLibrary::none;
}

/// The stream of a device instance; nothing on the host.
template <class ExecutionSpace>
struct FftStream {
  explicit FftStream(const ExecutionSpace&) {}
  const void* pointer() const { return nullptr; }
};
#if defined(KOKKOS_ENABLE_CUDA)
template <>
struct FftStream<Kokkos::Cuda> {
  explicit FftStream(const Kokkos::Cuda& space) : stream(space.cuda_stream()) {}
  const void* pointer() const { return &stream; }
  cudaStream_t stream;
};
#endif
#if defined(KOKKOS_ENABLE_HIP)
template <>
struct FftStream<Kokkos::HIP> {
  explicit FftStream(const Kokkos::HIP& space) : stream(space.hip_stream()) {}
  const void* pointer() const { return &stream; }
  hipStream_t stream;
};
#endif

}  // namespace glint::impl

#endif
