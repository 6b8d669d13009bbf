# SPDX-License-Identifier: BSD-3-Clause
# Rules that the sources' text shows. Reports every breach, then fails.
set(breaches 0)
function(breach)
  string(JOIN "" text ${ARGV})
  message("${text}")
  math(EXPR count "${breaches} + 1")
  set(breaches ${count} PARENT_SCOPE)
endfunction()

# matches_in(<variable> <file> <regex>): the text itself, since file(STRINGS) splits at brackets.
function(matches_in variable file regex)
  file(READ "${ROOT}/${file}" text)
  string(REGEX MATCHALL "${regex}" found "${text}")
  set(${variable} "${found}" PARENT_SCOPE)
endfunction()

set(sources "")
foreach(directory core kernels io tests examples perf)
  file(GLOB_RECURSE found RELATIVE "${ROOT}" "${ROOT}/${directory}/*.hpp"
       "${ROOT}/${directory}/*.cpp" "${ROOT}/${directory}/*.in")
  list(APPEND sources ${found})
endforeach()

foreach(file IN LISTS sources)
  matches_in(found "${file}" "KOKKOS_VERSION")
  if(found AND NOT file STREQUAL "core/glint/compat.hpp")
    breach("${file} mentions KOKKOS_VERSION; only core/glint/compat.hpp may")
  endif()

  matches_in(found "${file}" "KOKKOS_ENABLE_(SERIAL|OPENMP|THREADS|CUDA|HIP|SYCL)")
  if(found AND NOT file MATCHES "^core/")
    breach("${file} mentions ${found}; outside core, use glint/backends.hpp")
  endif()

  # kernels -> core <- io, and kernels/nodes on top
  if(file MATCHES "^(core|kernels|io)/(nodes/)?")
    set(room "${CMAKE_MATCH_1}")
    set(annex "${CMAKE_MATCH_1}/${CMAKE_MATCH_2}")
    matches_in(includes "${file}" "#include <glint/[^>]+>")
    foreach(include IN LISTS includes)
      string(REGEX REPLACE ".*<(.*)>" "\\1" header "${include}")
      if(NOT EXISTS "${ROOT}/${room}/${header}" AND NOT EXISTS "${ROOT}/${annex}${header}" AND
         NOT EXISTS "${ROOT}/core/${header}" AND NOT EXISTS "${ROOT}/core/${header}.in")
        breach("${file} includes ${header}, which is neither in ${room} nor in core")
      endif()
    endforeach()
  endif()

  if(file MATCHES "^(core|kernels|kernels/nodes|io)/glint/(.*[.]hpp)$")
    string(MAKE_C_IDENTIFIER "GLINT_${CMAKE_MATCH_2}" guard)
    string(TOUPPER "${guard}" guard)
    matches_in(found "${file}" "#ifndef ${guard}\n#define ${guard}\n")
    if(NOT found)
      breach("${file} has no include guard ${guard}")
    endif()
  endif()

  if(NOT file MATCHES "[.]in$")
    matches_in(found "${file}" "^// SPDX-License-Identifier: BSD-3-Clause\n")
    if(NOT found)
      breach("${file} does not start with the licence line")
    endif()
  endif()
endforeach()

# Local links of the pages lead somewhere.
file(GLOB pages RELATIVE "${ROOT}" "${ROOT}/*.md" "${ROOT}/docs/*.md" "${ROOT}/examples/*.md"
     "${ROOT}/perf/*.md" "${ROOT}/tests/*.md")
foreach(page IN LISTS pages)
  get_filename_component(directory "${ROOT}/${page}" DIRECTORY)
  file(READ "${ROOT}/${page}" text)
  string(REGEX REPLACE "```[^`]*```|`[^`]*`" "" text "${text}")
  string(REPLACE "](" "<link>" text "${text}")
  string(REGEX REPLACE "[][;]" "" text "${text}") # brackets would join list elements
  string(REGEX MATCHALL "<link>[^)# ]+" links "${text}")
  foreach(link IN LISTS links)
    string(REPLACE "<link>" "" target "${link}")
    if(NOT target MATCHES "^[a-z]+:" AND NOT EXISTS "${directory}/${target}")
      breach("${page} links to ${target}, which does not exist")
    endif()
  endforeach()
endforeach()

if(breaches)
  message(FATAL_ERROR "${breaches} breaches")
endif()
list(LENGTH sources count)
message("${count} sources and these pages keep the rules: ${pages}")
