include(CMakePackageConfigHelpers)
set(package_directory "${CMAKE_INSTALL_LIBDIR}/cmake/glint")
get_property(libraries GLOBAL PROPERTY GLINT_LIBRARIES)
install(TARGETS ${libraries} EXPORT glintTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT glintTargets NAMESPACE glint:: DESTINATION ${package_directory})
configure_package_config_file(
  "${CMAKE_CURRENT_SOURCE_DIR}/cmake/glintConfig.cmake.in"
  "${CMAKE_CURRENT_BINARY_DIR}/glintConfig.cmake" INSTALL_DESTINATION ${package_directory})
write_basic_package_version_file("${CMAKE_CURRENT_BINARY_DIR}/glintConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/glintConfig.cmake"
              "${CMAKE_CURRENT_BINARY_DIR}/glintConfigVersion.cmake"
              "${CMAKE_CURRENT_SOURCE_DIR}/cmake/GlintKokkos.cmake"
              "${CMAKE_CURRENT_SOURCE_DIR}/cmake/GlintKokkosKernels.cmake"
              "${CMAKE_CURRENT_SOURCE_DIR}/cmake/GlintFft.cmake"
              "${CMAKE_CURRENT_SOURCE_DIR}/cmake/GlintLapack.cmake"
        DESTINATION ${package_directory})
