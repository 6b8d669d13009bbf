// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/build_radial_table.hpp>
#include <glint/memory.hpp>
#include <glint/model.hpp>
#include <glint/region.hpp>

#include "model_rows.hpp"

namespace glint {
namespace impl {

/// The radial table of every profile, and its amplitude; finds the first that has no table.
template <class ExecutionSpace>
struct BuildShaped {
  using Memory = typename ExecutionSpace::memory_space;
  Vector<ShapedProfile, Memory> profiles;
  Vector<double, Memory> tables;

  KOKKOS_FUNCTION void operator()(std::size_t p, std::size_t& first_bad) const {
    ShapedProfile profile = profiles(p);
    profile.table = build_radial_table(profile.law, &tables(p * RadialTable::doubles));
    const double solid_angle = profile.isophote.solid_angle();
    profile.amplitude =
        2.0 * profile.flux * profile.isophote.ellipse.det / (solid_angle * profile.table.total);
    profiles(p) = profile;
    const bool good = profile.table.total > 0.0 && solid_angle > 0.0;
    if (!good && p < first_bad) first_bad = p;
  }
};

template <class T>
using HostVector =
    Kokkos::View<T*, Kokkos::LayoutRight, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>;

/// A column on the host once the next fence has passed; NaN (or 0) where it is absent.
template <class T, class ExecutionSpace, class Column>
std::vector<T> download(const ExecutionSpace& space, const Column& column, std::size_t rows,
                        T absent) {
  std::vector<T> values(rows, absent);
  if (column.extent(0) != 0) copy(space, HostVector<T>(values.data(), rows), column);
  return values;
}

template <class ExecutionSpace, class T>
Vector<T, typename ExecutionSpace::memory_space> upload(const ExecutionSpace& space,
                                                        const std::string& label,
                                                        std::vector<T>& values) {
  const auto target =
      allocate<Vector<T, typename ExecutionSpace::memory_space>>(space, label, values.size());
  copy(space, target, HostVector<T>(values.data(), values.size()));
  return target;
}

template <class ExecutionSpace, class Memory>
std::vector<ModelRow> download_rows(const ExecutionSpace& space,
                                    const Catalogue<Memory>& catalogue) {
  const std::size_t count = catalogue.size();
  const auto column = [&](const auto& values) {
    return download<double>(space, values, count, constants::nan);
  };
  const auto x = column(catalogue.x), y = column(catalogue.y), flux = column(catalogue.flux),
             re = column(catalogue.re), n = column(catalogue.n), q = column(catalogue.q),
             theta = column(catalogue.theta);
  const auto kind = download<ProfileKind>(space, catalogue.kind, count, ProfileKind::sersic);
  std::vector<std::vector<double>> extra;
  for (int k = 0; k < extra_columns; ++k) extra.push_back(column(catalogue.extra[k]));
  compat::fence(space, "glint::prepare_model::columns");
  std::vector<ModelRow> rows(count);
  for (std::size_t p = 0; p < count; ++p) {
    rows[p] = {x[p], y[p], flux[p], re[p], n[p], q[p], theta[p], kind[p], {}};
    for (int k = 0; k < extra_columns; ++k) rows[p].extra[k] = extra[k][p];
  }
  return rows;
}

/// The plain rows through prepare(), Gaussians as Sersic profiles of index 1/2.
template <class ExecutionSpace>
SersicProfiles<ExecutionSpace> prepare_plain_rows(const ExecutionSpace& space,
                                                  const std::vector<ModelRow>& rows,
                                                  const std::vector<std::size_t>& plain) {
  std::vector<double> values[7];
  for (const std::size_t p : plain) {
    const ModelRow& row = rows[p];
    const double n = row.kind == ProfileKind::gaussian ? 0.5 : row.n;
    const double all[7] = {row.x, row.y, row.flux, row.re, n, row.q, row.theta};
    for (int c = 0; c < 7; ++c) values[c].push_back(all[c]);
  }
  Catalogue<typename ExecutionSpace::memory_space> part;
  part.x = upload(space, "glint::prepare_model::x", values[0]);
  part.y = upload(space, "glint::prepare_model::y", values[1]);
  part.flux = upload(space, "glint::prepare_model::flux", values[2]);
  part.re = upload(space, "glint::prepare_model::re", values[3]);
  part.n = upload(space, "glint::prepare_model::n", values[4]);
  part.q = upload(space, "glint::prepare_model::q", values[5]);
  part.theta = upload(space, "glint::prepare_model::theta", values[6]);
  SersicProfiles<ExecutionSpace> profiles = prepare_sersic(space, part);
  compat::fence(space, "glint::prepare_model::plain_rows");  // `values` ends here
  return profiles;
}

template <class ExecutionSpace>
Model<ExecutionSpace> prepare_mixed(
    const ExecutionSpace& space,
    const Catalogue<typename ExecutionSpace::memory_space>& catalogue) {
  const ScopedRegion region("glint::prepare_model");
  const std::vector<ModelRow> rows = download_rows(space, catalogue);
  Model<ExecutionSpace> model;
  std::vector<std::size_t> plain, shaped_rows;
  std::vector<ShapedProfile> shaped;
  for (std::size_t p = 0; p < rows.size(); ++p) {
    expect_legal(rows[p], p);
    if (is_plain(rows[p])) {
      model.host_place.push_back(static_cast<std::int64_t>(plain.size()));
      plain.push_back(p);
    } else {
      model.host_place.push_back(-1 - static_cast<std::int64_t>(shaped.size()));
      shaped.push_back(make_shaped_profile(rows[p]));
      shaped_rows.push_back(p);
    }
  }
  model.sersic = prepare_plain_rows(space, rows, plain);
  if (shaped.empty()) {
    model.host_place.clear();
    return model;
  }

  const std::string what = concat("the radial tables of ", shaped.size(), " profiles");
  expect_memory(what, array_bytes(what, {shaped.size(), RadialTable::doubles}, sizeof(double)));
  model.shaped = upload(space, "glint::prepare_model::profiles", shaped);
  model.shaped_rows = upload(space, "glint::prepare_model::rows", shaped_rows);
  model.place = upload(space, "glint::prepare_model::place", model.host_place);
  model.tables = allocate<decltype(model.tables)>(space, "glint::prepare_model::tables",
                                                  shaped.size() * RadialTable::doubles);
  std::size_t bad = 0;
  Kokkos::parallel_reduce("glint::prepare_model::tables", range(space, shaped.size()),
                          BuildShaped<ExecutionSpace>{model.shaped, model.tables},
                          Kokkos::Min<std::size_t>(bad));
  compat::fence(space, "glint::prepare_model::finished");  // the vectors end here
  if (bad < shaped.size()) {
    const std::size_t row = shaped_rows[bad];
    throw Error(concat("catalogue row ", row, ": the parameters of this ",
                       profile_kind_names[static_cast<int>(rows[row].kind)],
                       " profile are so extreme that its flux cannot be tabulated"));
  }
  return model;
}

}  // namespace impl

#define GLINT_INSTANTIATE(Space)                    \
  template Model<Space> impl::prepare_mixed<Space>( \
      const Space&, const Catalogue<typename Space::memory_space>&);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
