# SPDX-License-Identifier: BSD-3-Clause
# What the project tests share. -D: SOURCE, BUILD of glint; WORK, an empty directory; COMPILER,
# GENERATOR, KOKKOS, SANITIZE as glint was built.
file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")

function(run_or_stop)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output
                  ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    string(REPLACE ";" " " command "${ARGN}")
    message(FATAL_ERROR "${command}\nended with ${status}:\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

# configure_project(<directory of the project> <cmake arguments...>), unoptimised to be quick.
function(configure_project directory)
  set(flags -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0)
  if(SANITIZE)
    list(APPEND flags -DCMAKE_EXE_LINKER_FLAGS=-fsanitize=${SANITIZE})
  endif()
  run_or_stop("${CMAKE_COMMAND}" -S "${directory}" -B "${WORK}/build" -G "${GENERATOR}"
              "-DCMAKE_CXX_COMPILER=${COMPILER}" ${flags} ${ARGN})
  set(output "${output}" PARENT_SCOPE)
endfunction()

function(build_project)
  run_or_stop("${CMAKE_COMMAND}" --build "${WORK}/build" ${ARGN})
endfunction()

function(run_program)
  run_or_stop("${WORK}/build/glint_embed")
  if(NOT output MATCHES "total flux: .*central pixel: ")
    message(FATAL_ERROR "glint_embed printed:\n${output}")
  endif()
endfunction()
