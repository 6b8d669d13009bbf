// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_CONTRACT_MAPPING_EVERYTHING_HPP
#define GLINT_TESTS_CONTRACT_MAPPING_EVERYTHING_HPP

#include <glint/data_vector.hpp>
#include <glint/mapping.hpp>
#include <glint/regularization.hpp>
#include <glint/w_curvature.hpp>
#include <support/tables.hpp>

/// Mappings of source pixels and what is made of them, for call_everything().

namespace glint::test {

/// What mapping_everything() works with.
template <class T, class ExecutionSpace>
struct MappingScene {
  using Memory = typename ExecutionSpace::memory_space;
  static constexpr std::size_t pixels = 14, sources = 9, width = 12;

  Table table = random_table(pixels, width, sources, 1);
  Matrix<int, Memory> indexes, neighbours;
  Matrix<double, Memory> weights;
  SubPixels<Memory> sub_pixels;
  Matrix<T, Memory> dense, product, square;
  Vector<T, Memory> image, vector;
  SkyPixels<Memory> sky;  // a row of the frame
  Matrix<double, Memory> kernel, preload;
  Matrix<T, Memory> w;

  explicit MappingScene(const ExecutionSpace& space)
      : indexes(matrix_of(space, pixels, width, table.indexes)),
        neighbours(matrix_of(space, sources, 2, std::vector<int>(2 * sources, -1))),
        weights(matrix_of(space, pixels, width, table.weights)),
        dense(allocate<Matrix<T, Memory>>(space, "glint::test::dense", pixels, sources)),
        product(allocate<Matrix<T, Memory>>(space, "glint::test::product", sources, sources)),
        square(allocate<Matrix<T, Memory>>(space, "glint::test::square", sources, sources)),
        image(allocate<Vector<T, Memory>>(space, "glint::test::image", pixels)),
        vector(allocate<Vector<T, Memory>>(space, "glint::test::vector", sources)) {
    sub_pixels = {vector_of(space, std::vector<int>(pixels, 1)),
                  vector_of(space, std::vector<double>(pixels, 0.5))};
    fill(space, image, T(1));
    sky.grid = {1, pixels, 0.1};
    sky.row = vector_of(space, std::vector<int>(pixels, 0));
    std::vector<int> column(pixels);
    for (std::size_t m = 0; m < pixels; ++m) column[m] = static_cast<int>(m);
    sky.column = vector_of(space, column);
    kernel = matrix_of(space, 1, 2 * pixels - 1, std::vector<double>(2 * pixels - 1, 1.0));
    preload = matrix_of(space, 2, 2 * pixels, std::vector<double>(4 * pixels, 1.0));
    w = matrix_of(space, pixels, pixels, std::vector<T>(pixels * pixels, T(1)));
  }
};

/// All of it with memory that is handed over.
template <class T, class ExecutionSpace>
struct MappingCalls {
  using Memory = typename ExecutionSpace::memory_space;

  SparseMapping<Memory, T> mapping, wide;
  MappingWorkspace<ExecutionSpace, T> workspace;
  SourceMapping<Memory, T> by_source;
  WCurvatureWorkspace<ExecutionSpace, T> curvature;

  explicit MappingCalls(const ExecutionSpace& space)
      : mapping(make_mapping<T>(space, 14, 9, 12)), wide(make_mapping<T>(space, 2, 9, 168)) {}

  void run(const ExecutionSpace& space, const MappingScene<T, ExecutionSpace>& scene) {
    assign_mapping(space, scene.indexes, scene.weights, scene.sub_pixels, wide, workspace);
    assign_mapping(space, scene.indexes, scene.weights, mapping, workspace);
    mapping_matrix(space, mapping, scene.dense);
    transpose(space, mapping, by_source);
    transpose_product(space, by_source, scene.dense, scene.product);
    data_vector(space, by_source, scene.image, scene.vector);
    check_neighbours(space, scene.neighbours);
    constant_regularization(space, 1.0, scene.neighbours, scene.square);
    add_constant_regularization(space, 1.0, scene.neighbours, scene.square);
    run_curvature(space, scene);
  }

  void run_curvature(const ExecutionSpace& space, const MappingScene<T, ExecutionSpace>& scene) {
    const auto& kernel = scene.kernel;
    const auto& out = scene.square;
    omega(space, kernel, kernel, scene.sky, mapping, scene.dense, curvature.omega);
    curvature_from_compact_products(space, kernel, scene.sky, mapping, out, curvature);
    curvature_from_compact_products(space, kernel, kernel, scene.sky, mapping, out, curvature);
    curvature_from_compact_pairs(space, kernel, scene.sky, mapping, out, curvature);
    curvature_from_preload(space, scene.preload, scene.sky, mapping, out, curvature);
    // KokkosKernels labels its launches itself.
    for (const WCurvature method : {WCurvature::dense, WCurvature::sparse, WCurvature::products})
      curvature_from_w(space, scene.w, mapping, out, {method, Linalg::plain}, curvature);
  }
};

template <class T, class ExecutionSpace>
void mapping_everything(const ExecutionSpace& space) {
  const MappingScene<T, ExecutionSpace> scene(space);
  MappingCalls<T, ExecutionSpace> calls(space);
  calls.run(space, scene);
  transpose_product(space, calls.mapping, scene.dense, scene.product);
  data_vector(space, calls.mapping, scene.image, scene.vector);
  omega(space, scene.kernel, scene.sky, calls.mapping, scene.dense);
}

}  // namespace glint::test

#endif
