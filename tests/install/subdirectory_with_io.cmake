# SPDX-License-Identifier: BSD-3-Clause
# examples/embed_subdirectory with glint::io as well: everything a parent project gets is built.
include("${CMAKE_CURRENT_LIST_DIR}/project.cmake")

configure_project("${SOURCE}/examples/embed_subdirectory" "-DKokkos_DIR=${KOKKOS}" -DGLINT_ENABLE_IO=ON)
build_project()
run_program()
