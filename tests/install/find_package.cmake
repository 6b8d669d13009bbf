# SPDX-License-Identifier: BSD-3-Clause
# examples/embed against an installation, moved after it was made; the program then runs alone.
include("${CMAKE_CURRENT_LIST_DIR}/project.cmake")

run_or_stop("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${WORK}/made_here")
file(RENAME "${WORK}/made_here" "${WORK}/prefix")
file(COPY "${SOURCE}/examples/embed" DESTINATION "${WORK}/elsewhere")
configure_project("${WORK}/elsewhere/embed" "-Dglint_ROOT=${WORK}/prefix")
build_project()
file(REMOVE_RECURSE "${WORK}/elsewhere" "${WORK}/prefix")
run_program()
