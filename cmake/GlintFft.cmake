# The FFT libraries, one target each: glint_fftw on the host, glint_cufft and glint_hipfft on
# devices, made where something was found. Also used by glintConfig.cmake, because users of the
# static glint::core link them.

# FFTW, or MKL, which offers FFTW's interface in one library. GLINT_FFTW_LIBRARY, _FLOAT_LIBRARY and
# _HEADERS name others.
set(glint_fftw_places "${FFTW_ROOT}" "$ENV{FFTW_ROOT}" "${FFTW_DIR}" "$ENV{FFTW_DIR}" "$ENV{MKLROOT}")
find_library(GLINT_FFTW_LIBRARY NAMES fftw3 mkl_rt HINTS ${glint_fftw_places}
             PATH_SUFFIXES lib lib64 lib/intel64)
find_path(GLINT_FFTW_HEADERS fftw3.h HINTS ${glint_fftw_places} PATH_SUFFIXES include include/fftw fftw)
if(GLINT_FFTW_LIBRARY MATCHES "mkl_rt")
  set(GLINT_FFTW_FLOAT_LIBRARY "${GLINT_FFTW_LIBRARY}" CACHE FILEPATH "FFTW in single precision")
else()
  find_library(GLINT_FFTW_FLOAT_LIBRARY NAMES fftw3f HINTS ${glint_fftw_places} PATH_SUFFIXES lib lib64)
endif()
mark_as_advanced(GLINT_FFTW_LIBRARY GLINT_FFTW_FLOAT_LIBRARY GLINT_FFTW_HEADERS)
if(GLINT_FFTW_LIBRARY AND GLINT_FFTW_HEADERS AND NOT TARGET glint_fftw)
  add_library(glint_fftw INTERFACE IMPORTED GLOBAL)
  target_include_directories(glint_fftw INTERFACE "${GLINT_FFTW_HEADERS}")
  target_link_libraries(glint_fftw INTERFACE "${GLINT_FFTW_LIBRARY}")
  if(GLINT_FFTW_FLOAT_LIBRARY AND NOT GLINT_FFTW_FLOAT_LIBRARY STREQUAL GLINT_FFTW_LIBRARY)
    target_link_libraries(glint_fftw INTERFACE "${GLINT_FFTW_FLOAT_LIBRARY}")
  endif()
endif()

if((Kokkos_DEVICES MATCHES "CUDA" OR Kokkos_ENABLE_CUDA) AND NOT TARGET glint_cufft)
  find_package(CUDAToolkit QUIET)
  if(TARGET CUDA::cufft)
    add_library(glint_cufft INTERFACE IMPORTED GLOBAL)
    target_link_libraries(glint_cufft INTERFACE CUDA::cufft)
  endif()
endif()
if((Kokkos_DEVICES MATCHES "HIP" OR Kokkos_ENABLE_HIP) AND NOT TARGET glint_hipfft)
  find_package(hipfft QUIET CONFIG)
  if(TARGET hip::hipfft)
    add_library(glint_hipfft INTERFACE IMPORTED GLOBAL)
    target_link_libraries(glint_hipfft INTERFACE hip::hipfft)
  endif()
endif()
