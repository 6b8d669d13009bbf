# SPDX-License-Identifier: BSD-3-Clause
# examples/embed_subdirectory: first on a machine without HDF5, libpng, CLI11, GoogleTest and
# KokkosKernels, then with glint::io, where everything a parent project gets is built. One build
# directory for both, so that the kernels are compiled once.
include("${CMAKE_CURRENT_LIST_DIR}/project.cmake")

set(project "${SOURCE}/examples/embed_subdirectory")
set(packages HDF5 PNG CLI11 GTest)
list(TRANSFORM packages PREPEND -DCMAKE_DISABLE_FIND_PACKAGE_)
set(plain "-DKokkos_DIR=${KOKKOS}" -DGLINT_ENABLE_KOKKOS_KERNELS=OFF)

list(TRANSFORM packages APPEND =ON OUTPUT_VARIABLE absent)
configure_project("${project}" ${plain} ${absent})
build_project(--target glint_embed)
run_program()

list(TRANSFORM packages APPEND =OFF OUTPUT_VARIABLE present)
configure_project("${project}" ${plain} ${present} -DGLINT_ENABLE_IO=ON)
build_project()
run_program()
