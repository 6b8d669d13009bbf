// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_INTERFEROMETRY_NAMES_HPP
#define GLINT_INTERFEROMETRY_NAMES_HPP

/// The data sets of /inputs by their names in the file.

namespace glint::impl::names {

inline constexpr const char* group = "/inputs";
inline constexpr const char* mask = "mask";
inline constexpr const char* indexes = "pix_indexes_for_sub_slim_index";
inline constexpr const char* weights = "pix_weights_for_sub_slim_index";
inline constexpr const char* neighbours = "neighbors";
inline constexpr const char* uv = "uv_wavelengths";
inline constexpr const char* data = "data";
inline constexpr const char* noise = "noise_map";
inline constexpr const char* flag = "flag";
// Derived from the others.
inline constexpr const char* native = "native_index_for_slim_index";
inline constexpr const char* grid = "grid_radians_2d";
inline constexpr const char* slim_grid = "grid_radians_slim";
inline constexpr const char* sizes = "pix_size_for_sub_slim_index";
inline constexpr const char* neighbour_sizes = "neighbors_sizes";

}  // namespace glint::impl::names

#endif
