# Finds Kokkos (an existing target first, then a package) and repairs what known packages get wrong,
# so that everything else can rely on Kokkos::kokkos. Also used by glintConfig.cmake.

if(NOT TARGET Kokkos::kokkos)
  # Debian's package warns about compiler extensions it then switches off itself.
  if(NOT DEFINED CMAKE_CXX_EXTENSIONS)
    set(CMAKE_CXX_EXTENSIONS OFF)
  endif()
  find_package(Kokkos QUIET CONFIG)
  if(NOT TARGET Kokkos::kokkos)
    message(FATAL_ERROR
      "glint: Kokkos was not found. Point Kokkos_ROOT at an installation, load its module, or install "
      "a package (Debian: libtrilinos-kokkos-dev).")
  endif()
endif()

# Debian's Trilinos Kokkos names <prefix>/lib/include, which does not exist; its headers are in
# <prefix>/include/trilinos.
function(glint_repair_kokkos_includes)
  get_target_property(imported Kokkos::kokkos IMPORTED)
  get_target_property(directories Kokkos::kokkos INTERFACE_INCLUDE_DIRECTORIES)
  if(NOT imported OR NOT directories)
    return()
  endif()
  set(repaired "")
  foreach(directory IN LISTS directories)
    if(IS_ABSOLUTE "${directory}" AND NOT EXISTS "${directory}")
      find_path(GLINT_KOKKOS_HEADERS Kokkos_Core.hpp
                HINTS ${Kokkos_INCLUDE_DIRS} PATH_SUFFIXES trilinos)
      mark_as_advanced(GLINT_KOKKOS_HEADERS)
      if(GLINT_KOKKOS_HEADERS)
        list(APPEND repaired "${GLINT_KOKKOS_HEADERS}")
      endif()
    else()
      list(APPEND repaired "${directory}")
    endif()
  endforeach()
  list(REMOVE_DUPLICATES repaired)
  set_target_properties(Kokkos::kokkos PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${repaired}")
endfunction()
glint_repair_kokkos_includes()
