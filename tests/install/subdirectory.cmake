# SPDX-License-Identifier: BSD-3-Clause
# examples/embed_subdirectory on a machine without HDF5, libpng, CLI11 and GoogleTest.
include("${CMAKE_CURRENT_LIST_DIR}/project.cmake")

set(absent "")
foreach(package HDF5 PNG CLI11 GTest)
  list(APPEND absent -DCMAKE_DISABLE_FIND_PACKAGE_${package}=ON)
endforeach()
configure_project("${SOURCE}/examples/embed_subdirectory" "-DKokkos_DIR=${KOKKOS}" ${absent})
build_project(--target glint_embed)
run_program()
