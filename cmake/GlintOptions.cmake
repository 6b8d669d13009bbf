# Options of glint. A parent project gets the libraries only; a top-level build gets everything that
# runs without extra packages.
option(GLINT_ENABLE_IO "Build glint::io (needs HDF5 and libpng)" ON)
option(GLINT_ENABLE_EXAMPLES "Build the drivers and examples (needs glint::io and CLI11)"
       ${PROJECT_IS_TOP_LEVEL})
option(GLINT_ENABLE_TESTS "Build the tests (needs GoogleTest)" OFF)
option(GLINT_ENABLE_PERF "Build the benchmarks (needs Google Benchmark)" OFF)
option(GLINT_ENABLE_MPI "Build glint::nodes, several processes that share a job (needs MPI)" OFF)
option(GLINT_ENABLE_KOKKOS_KERNELS "Look for KokkosKernels" ON)
option(GLINT_ENABLE_LAPACK "Look for LAPACK, cuSOLVER and hipSOLVER" ON)
option(GLINT_ENABLE_FFTW "Look for FFTW (GPL, so a choice of whoever builds)" ON)

set(GLINT_ARCH "none" CACHE STRING
    "Host instruction set of glint's own code: native (this machine's) or none (the compiler's default)")
set_property(CACHE GLINT_ARCH PROPERTY STRINGS native none)
if(NOT GLINT_ARCH MATCHES "^(native|none)$")
  message(FATAL_ERROR "GLINT_ARCH is '${GLINT_ARCH}'; legal values are native and none")
endif()

option(GLINT_WARNINGS_AS_ERRORS "Stop at compiler warnings in glint's own code" OFF)
set(GLINT_SANITIZE "" CACHE STRING "Sanitizers for glint's own code, e.g. address,undefined")

if(PROJECT_IS_TOP_LEVEL AND NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
if(GLINT_ENABLE_EXAMPLES AND NOT GLINT_ENABLE_IO)
  message(STATUS "glint: the drivers need glint::io, so GLINT_ENABLE_IO=OFF switches them off")
  set(GLINT_ENABLE_EXAMPLES OFF)
endif()
