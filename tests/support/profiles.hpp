// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_PROFILES_HPP
#define GLINT_TESTS_PROFILES_HPP

#include <glint/model.hpp>
#include <support/galaxies.hpp>
#include <utility>

/// Catalogues of profiles of all kinds, and their images on the host.

namespace glint::test {

struct Shaped {
  Galaxy galaxy;
  ProfileKind kind = ProfileKind::sersic;
  std::vector<std::pair<ExtraColumn, double>> extra = {};

  std::string text() const {
    std::string words = concat(profile_kind_names[static_cast<int>(kind)], " ", galaxy.text());
    for (const auto& [column, value] : extra)
      words += concat(" ", extra_column_rules[static_cast<int>(column)].name, " ", value);
    return words;
  }
};

inline Catalogue<> make_catalogue(const std::vector<Shaped>& rows) {
  std::vector<Galaxy> galaxies;
  for (const Shaped& row : rows) galaxies.push_back(row.galaxy);
  Catalogue<> catalogue = make_catalogue(galaxies);
  catalogue.add({});
  for (std::size_t p = 0; p < rows.size(); ++p) {
    catalogue.kind(p) = rows[p].kind;
    for (const auto& [column, value] : rows[p].extra) {
      catalogue.add({column});
      catalogue[column](p) = value;
    }
  }
  return catalogue;
}

template <class Space, class T = double>
Image<T> rendered(const std::vector<Shaped>& rows, const PixelGrid& grid,
                  const RenderOptions& options = {}) {
  const Space space;
  const auto model = prepare_model(space, make_catalogue(rows));
  const auto image = make_image<T>(space, grid, "glint::test::image");
  render(space, grid, model, image, options);
  const Image<T> host("glint::test::host", grid.ny, grid.nx);
  copy(space, host, image);
  compat::fence(space, "glint::test::rendered");
  return host;
}

template <class Space, class T = double>
ImageStack<T> rendered_stack(const std::vector<Shaped>& rows, const PixelGrid& grid,
                             const RenderOptions& options = {}) {
  const Space space;
  const auto model = prepare_model(space, make_catalogue(rows));
  const auto stack = allocate<ImageStack<T, typename Space::memory_space>>(
      space, "glint::test::stack", rows.size(), grid.ny, grid.nx);
  render_stack(space, grid, model, stack, options);
  const ImageStack<T> host("glint::test::host", rows.size(), grid.ny, grid.nx);
  copy(space, host, stack);
  compat::fence(space, "glint::test::rendered_stack");
  return host;
}

/// Every law, shape and addition at least once; off every symmetry, the centre inside the frame.
inline std::vector<Shaped> all_shapes() {
  using K = ProfileKind;
  using E = ExtraColumn;
  const auto galaxy = [](double re, double n, double q, double theta) {
    return Galaxy{100.0, re, n, 0.3, -0.7, q, theta};
  };
  return {
      {galaxy(2.0, 0.0, 0.7, 0.4), K::moffat, {{E::beta, 2.5}}},
      {galaxy(1.1, 0.0, 1.0, 0.0), K::moffat, {{E::beta, 4.7}}},
      {galaxy(3.0, 0.0, 0.5, 2.0), K::moffat, {{E::beta, 1.3}}},
      {galaxy(5.0, 4.0, 0.6, 0.3),
       K::core_sersic,
       {{E::alpha, 2}, {E::gamma, 0.3}, {E::r_break, 1}}},
      {galaxy(3.0, 2.0, 0.4, -0.3),
       K::core_sersic,
       {{E::alpha, 50}, {E::gamma, 1.2}, {E::r_break, 1.5}}},
      {galaxy(1.3, 0.0, 0.8, 1.0), K::king, {{E::r_out, 5.2}}},
      {galaxy(0.7, 0.0, 0.5, 1.0), K::king, {{E::r_out, 6.1}, {E::alpha, 0.9}}},
      {galaxy(5.3, 0.0, 0.35, 0.5), K::ferrer, {{E::alpha, 2.3}, {E::beta, 0.4}}},
      {galaxy(4.1, 0.0, 0.9, 0.5), K::ferrer, {{E::alpha, 0.5}, {E::beta, -3}}},
      {galaxy(2.0, 1.0, 0.6, 0.8), K::sersic, {{E::r_truncation, 4.3}}},
      {galaxy(3.0, 5.0, 0.3, -0.8), K::sersic, {{E::r_truncation, 5.1}}},
      {galaxy(2.0, 4.0, 0.7, 0.8), K::sersic, {{E::r_soft, 0.1}}},
      {galaxy(2.0, 2.0, 0.4, 0.8), K::sersic, {{E::r_soft, 1.7}, {E::r_truncation, 6}}},
      {galaxy(2.5, 1.0, 0.5, 0.6), K::sersic, {{E::boxiness, 1.3}}},
      {galaxy(2.5, 4.0, 0.6, 0.6), K::sersic, {{E::boxiness, -0.7}}},
      {galaxy(2.5, 1.5, 0.7, 0.6), K::sersic, {{E::f1, 0.2}, {E::f3, -0.1}, {E::phase1, 0.5}}},
      {galaxy(2.5, 3.0, 0.5, 0.6),
       K::sersic,
       {{E::f4, 0.15}, {E::phase4, 0.2}, {E::boxiness, 0.5}}},
      {galaxy(2.5, 1.0, 0.6, 0.9), K::sersic, {{E::asymmetry, 0.6}, {E::asymmetry_angle, 0.7}}},
      {galaxy(2.5, 0.0, 0.4, 0.9), K::gaussian, {{E::boxiness, 2}, {E::asymmetry, -0.9}}},
      {galaxy(3.0, 0.0, 0.6, 0.2),
       K::moffat,
       {{E::beta, 3}, {E::r_truncation, 4}, {E::boxiness, 1}, {E::f6, 0.05}, {E::asymmetry, 0.3}}},
  };
}

}  // namespace glint::test

#endif
