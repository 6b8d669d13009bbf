# How a glint library is made. Architecture flags, warnings and sanitizers stay private to glint's
# own sources; users of the targets inherit none of them.

add_library(glint_private_flags INTERFACE)
target_compile_options(glint_private_flags INTERFACE -Wall -Wextra)
# Without these two no compiler may vectorise a loop that holds a comparison or a square root; they
# change no result, only floating-point flags and errno, which glint never reads.
target_compile_options(glint_private_flags INTERFACE -fno-trapping-math -fno-math-errno)
if(GLINT_WARNINGS_AS_ERRORS)
  target_compile_options(glint_private_flags INTERFACE -Werror)
endif()
if(GLINT_ARCH STREQUAL "native")
  target_compile_options(glint_private_flags INTERFACE -march=native)
endif()
if(GLINT_SANITIZE)
  target_compile_options(glint_private_flags INTERFACE
    -fsanitize=${GLINT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>) # false alarms under sanitizers
  target_link_options(glint_private_flags INTERFACE -fsanitize=${GLINT_SANITIZE})
endif()

# Where Kokkos wants its own CMake language for device code, sources that contain kernels get it.
function(glint_device_sources)
  if(Kokkos_COMPILE_LANGUAGE AND NOT Kokkos_COMPILE_LANGUAGE STREQUAL "CXX")
    set_source_files_properties(${ARGN} PROPERTIES LANGUAGE ${Kokkos_COMPILE_LANGUAGE})
  endif()
endfunction()

# glint_add_library(<room> <sources...>): target glint_<room>, alias glint::<room>, include root
# <room>/ in the build tree and include/ in the install tree.
function(glint_add_library room)
  add_library(glint_${room} STATIC ${ARGN})
  add_library(glint::${room} ALIAS glint_${room})
  glint_device_sources(${ARGN})
  set_target_properties(glint_${room} PROPERTIES
    EXPORT_NAME ${room} POSITION_INDEPENDENT_CODE ON CXX_EXTENSIONS OFF)
  target_compile_features(glint_${room} PUBLIC cxx_std_20)
  target_include_directories(glint_${room} PUBLIC
    $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(glint_${room} PRIVATE $<BUILD_INTERFACE:glint_private_flags>)
  set_property(GLOBAL APPEND PROPERTY GLINT_LIBRARIES glint_${room})
  install(DIRECTORY glint DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
endfunction()

# glint_add_executable(<name> <sources...> LINK <targets...>)
function(glint_add_executable name)
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  add_executable(${name} ${arg_UNPARSED_ARGUMENTS})
  glint_device_sources(${arg_UNPARSED_ARGUMENTS})
  set_target_properties(${name} PROPERTIES CXX_EXTENSIONS OFF)
  target_link_libraries(${name} PRIVATE ${arg_LINK} glint_private_flags)
endfunction()
