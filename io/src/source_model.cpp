// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>
#include <glint/interferometry_io.hpp>

#include "interferometry_names.hpp"
#include "visibility_checks.hpp"

namespace glint {
namespace {

namespace names = impl::names;

std::size_t count_kept(const SourceModel& model) {
  const auto& mask = model.mask;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < mask.extent(0); ++i)
    for (std::size_t j = 0; j < mask.extent(1); ++j) {
      GLINT_EXPECTS(mask(i, j) <= 1, names::mask, shape_text(std::array{i, j}), " is ",
                    static_cast<int>(mask(i, j)), ", but it must be 0 (kept) or 1 (masked)");
      kept += mask(i, j) == 0;
    }
  GLINT_EXPECTS(kept > 0, names::mask, " keeps no pixel");
  return kept;
}

/// The number of entries of a row before its padding. Throws Error on an entry outside -1 to S - 1
/// and on an entry after a -1.
std::size_t expect_row(const char* name, const Matrix<std::int64_t>& table, std::size_t row,
                       std::size_t sources) {
  std::size_t size = 0;
  while (size < table.extent(1) && table(row, size) != -1) ++size;
  for (std::size_t b = 0; b < table.extent(1); ++b) {
    const std::int64_t entry = table(row, b);
    GLINT_EXPECTS(entry >= -1 && entry < static_cast<std::int64_t>(sources), name,
                  shape_text(std::array{row, b}), " is ", entry, ", but with ", sources,
                  " source pixels it must be from -1 (none) to ", sources - 1);
    GLINT_EXPECTS(b <= size || entry == -1, name, shape_text(std::array{row, b}), " is ", entry,
                  " after a -1 in column ", size, ", but -1 may only end a row");
  }
  return size;
}

void expect_neighbours(const SourceModel& model) {
  const auto& table = model.neighbours;
  const std::size_t sources = table.extent(0);
  std::vector<std::size_t> sizes(sources);
  std::vector<std::int64_t> sorted(table.size());
  const auto row_begin = [&](std::size_t s) {
    return sorted.begin() + static_cast<std::ptrdiff_t>(s * table.extent(1));
  };
  const auto row_end = [&](std::size_t s) {
    return row_begin(s) + static_cast<std::ptrdiff_t>(sizes[s]);
  };
  for (std::size_t s = 0; s < sources; ++s) {
    sizes[s] = expect_row(names::neighbours, table, s, sources);
    for (std::size_t p = 0; p < sizes[s]; ++p)
      row_begin(s)[static_cast<std::ptrdiff_t>(p)] = table(s, p);
    std::sort(row_begin(s), row_end(s));
    const auto twice = std::adjacent_find(row_begin(s), row_end(s));
    GLINT_EXPECTS(twice == row_end(s), names::neighbours, " lists ", *twice,
                  " twice among the neighbours of source pixel ", s);
  }
  for (std::size_t s = 0; s < sources; ++s)
    for (std::size_t p = 0; p < sizes[s]; ++p) {
      const auto other = static_cast<std::size_t>(table(s, p));
      GLINT_EXPECTS(other != s, names::neighbours, shape_text(std::array{s, p}),
                    " makes source pixel ", s, " its own neighbour");
      GLINT_EXPECTS(
          std::binary_search(row_begin(other), row_end(other), static_cast<std::int64_t>(s)),
          names::neighbours, " is not symmetric: ", other, " is a neighbour of ", s, ", but ", s,
          " is none of ", other);
    }
}

}  // namespace

void validate(const SourceModel& model) {
  GLINT_EXPECTS(model.grid.ny == model.grid.nx, "the frame must be square, not ", model.grid.ny,
                " x ", model.grid.nx);
  validate(model.grid);
  GLINT_EXPECTS(std::isfinite(model.coefficient) && model.coefficient >= 0.0,
                "the regularization coefficient is ", model.coefficient,
                ", but it must be a number from 0 up");
  expect_shape("validate", names::mask, model.mask,
               std::array<std::size_t, 2>{model.grid.ny, model.grid.nx});
  const std::size_t kept = count_kept(model);
  const std::size_t width = model.indexes.extent(1);
  GLINT_EXPECTS(model.indexes.extent(0) == kept, names::indexes, " has ", model.indexes.extent(0),
                " rows where the mask keeps ", kept, " pixels");
  GLINT_EXPECTS(width > 0, names::indexes, " has no columns");
  GLINT_EXPECTS(shape_of(model.weights) == shape_of(model.indexes), names::weights, " has shape ",
                shape_text(shape_of(model.weights)), " where ", names::indexes, " has ",
                shape_text(shape_of(model.indexes)));
  const std::size_t sources = model.sources();
  GLINT_EXPECTS(sources > 0 && sources < (std::size_t{1} << 31), names::neighbours,
                " must have from 1 to 2147483647 rows, one a source pixel, not ", sources);
  for (std::size_t m = 0; m < kept; ++m) {
    const std::size_t size = expect_row(names::indexes, model.indexes, m, sources);
    for (std::size_t b = 0; b < size; ++b)
      GLINT_EXPECTS(std::isfinite(model.weights(m, b)), names::weights,
                    shape_text(std::array{m, b}), " is ", model.weights(m, b),
                    ", but it must be finite");
  }
  expect_neighbours(model);
}

void validate(const UvData<>& visibilities, std::size_t first) {
  expect_equal_columns("validate", visibilities);
  impl::validate_visibilities(visibilities, [first](std::size_t k) { return first + k; });
}

}  // namespace glint
