// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_TILES_TILE_RENDERER_HPP
#define GLINT_IMPL_TILES_TILE_RENDERER_HPP

#include <algorithm>
#include <cmath>
#include <glint/impl/render_boundary.hpp>
#include <glint/impl/tiles/tile_cores.hpp>
#include <glint/impl/tiles/tile_setup.hpp>
#include <glint/impl/tiles/tile_sums.hpp>
#include <glint/render.hpp>

namespace glint::impl {

/// One render by tiles.
template <class ExecutionSpace, class Law, class Method>
class TileRenderer {
 public:
  using Main = typename Method::Main;
  using Fine = typename Method::Fine;
  using Real = typename Method::Real;

  TileRenderer(const ExecutionSpace& space, const PixelGrid& grid,
               const Profiles<Law, ExecutionSpace>& profiles, const RenderOptions& options,
               RenderWorkspace<ExecutionSpace>& workspace)
      : space_(space),
        grid_(grid),
        profiles_(profiles),
        options_(options),
        all_(workspace),
        work_(workspace.tiles) {
    constexpr double rounding = std::is_same_v<Real, double> ? 1e-15 : 5e-7;
    rule_ = {static_cast<double>(Main::per_axis), static_cast<double>(Fine::per_axis),
             std::log(options.tolerance), std::log(rounding)};
    auto& sums = work_.template sums<Real>();
    if (sums.main_nodes != Main::per_axis || sums.fine_nodes != Fine::per_axis) {
      sums.main_basis = upload<Real>(space, "glint::render::basis", Main::values());
      sums.fine_basis = upload<Real>(space, "glint::render::basis", Fine::values());
      sums.main_to_main = upload<Real>(space, "glint::render::basis",
                                       hand_down_table(Main::per_axis, Main::per_axis));
      sums.fine_to_main = upload<Real>(space, "glint::render::basis",
                                       hand_down_table(Fine::per_axis, Main::per_axis));
    }
    sums.main_nodes = Main::per_axis, sums.fine_nodes = Fine::per_axis;
    reserve_rules(space, all_);
    grow(space, "glint::render::evaluations", 1, all_.evaluations);
    fill(space, all_.evaluations, 0);
    prepare();
  }

  /// Planes `first` to `last` - 1, profiles `begin` to `end` - 1 of the catalogue.
  template <class T>
  void render(const StridedOutput<T***, ExecutionSpace>& planes, std::size_t first,
              std::size_t last, std::size_t begin, std::size_t end, bool add) {
    sum_planes(last - first, begin, end);
    const StorePixels<ExecutionSpace, T> store{grid_, work_.pixels, planes, first, add};
    Kokkos::parallel_for("glint::render::store",
                         range(space_, (last - first) * grid_.ny * store.runs()), store);
    work_.cleared = grid_;
  }

 private:
  using Memory = typename ExecutionSpace::memory_space;
  static constexpr std::size_t scratch_alignment = 64;  // what get_shmem_aligned may skip

  void sum_planes(std::size_t planes, std::size_t begin, std::size_t end) {
    const std::size_t frame = std::max(grid_.ny, grid_.nx);
    int size = Main::smallest;  // of a quarter of the square that covers the frame
    while (2 * static_cast<std::size_t>(size) < frame) size *= 2;
    reserve_pixels(planes, static_cast<std::size_t>(std::min(size, int(Main::largest))));

    work_.cleared = {};
    TileLevel<ExecutionSpace> level = plant(size, planes, begin, end);
    int turn = 0;
    std::size_t pairs = 4 * (end - begin);
    while (true) {
      judge(level, pairs);
      const std::uint64_t total = count_children(level);
      TileLevel<ExecutionSpace> next =
          level_of(level.size / 2, static_cast<std::size_t>(total >> 32),
                   static_cast<std::size_t>(total & 0xffffffffu), 1 - turn);
      split(level, next, total & 0xffffffffu);
      sum(level, next, turn);
      if (next.tiles == 0) {
        if (level.size == Main::smallest && (total & 0xffffffffu) > 0) add_cores(level, next);
        break;
      }
      level = next;
      turn = 1 - turn;
      pairs = 4 * static_cast<std::size_t>(total & 0xffffffffu);
    }
  }

  void prepare() {
    grow(space_, "glint::render::tile_profiles", profiles_.size(), work_.profiles);
    double largest = 0.0;
    Kokkos::parallel_reduce(
        "glint::render::tile_profiles", range(space_, profiles_.size()),
        PrepareTiles<ExecutionSpace, Law>{profiles_.data, work_.profiles, std::log(options_.floor),
                                          std::log(0.5 * options_.tolerance * options_.floor),
                                          options_.neglect},
        Kokkos::Max<double>(largest));
    int exponent = 0;
    if (std::is_same_v<Real, float> && largest > 0.0) std::frexp(largest, &exponent);
    scale_ = std::ldexp(1.0, -exponent);
  }

  /// Zeros inside the frame, which a completed render leaves behind.
  void reserve_pixels(std::size_t planes, std::size_t tile) {
    const std::size_t rows = (grid_.ny + tile - 1) / tile * tile;
    const std::size_t columns = (grid_.nx + tile - 1) / tile * tile;
    const PixelGrid& cleared = work_.cleared;
    if (work_.pixels.extent(0) < planes || work_.pixels.extent(1) != rows ||
        work_.pixels.extent(2) != columns)
      work_.pixels =
          allocate<Cube<double, Memory>>(space_, "glint::render::pixels", planes, rows, columns);
    else if (cleared.ny == grid_.ny && cleared.nx == grid_.nx)
      return;
    fill(space_, work_.pixels, 0.0);
  }

  TileLevel<ExecutionSpace> level_of(int size, std::size_t tiles, std::size_t candidates,
                                     int turn) {
    grow(space_, "glint::render::tile_records", tiles, work_.records[turn]);
    grow(space_, "glint::render::tile_candidates", candidates, work_.candidates[turn]);
    grow(space_, "glint::render::tile_splits", tiles, work_.splits[turn]);
    grow(space_, "glint::render::tile_fines", tiles, work_.fines[turn]);
    return {size,
            tiles,
            work_.records[turn],
            work_.candidates[turn],
            work_.splits[turn],
            work_.fines[turn]};
  }

  TileLevel<ExecutionSpace> plant(int size, std::size_t planes, std::size_t begin,
                                  std::size_t end) {
    const TileLevel<ExecutionSpace> level = level_of(size, 4 * planes, end - begin, 0);
    grow(space_, "glint::render::pair_tiles", 4 * (end - begin), work_.pair_tiles);
    Kokkos::parallel_for(
        "glint::render::roots", range(space_, end - begin),
        PlantRoots<ExecutionSpace>{level, work_.pair_tiles, static_cast<std::uint32_t>(begin),
                                   static_cast<std::uint32_t>((end - begin) / planes)});
    return level;
  }

  template <class Functor>
  void per_tile(const char* label, std::size_t tiles, int threads, std::size_t scratch,
                const Functor& functor) {
    Kokkos::TeamPolicy<ExecutionSpace, Kokkos::Schedule<Kokkos::Dynamic>> policy(
        space_, static_cast<int>(tiles), team_size<ExecutionSpace>(threads));
    if (scratch > 0) policy.set_scratch_size(0, Kokkos::PerTeam(scratch + scratch_alignment));
    Kokkos::parallel_for(label, policy, functor);
  }

  void judge(const TileLevel<ExecutionSpace>& level, std::size_t pairs) {
    grow(space_, "glint::render::tile_verdicts", pairs, work_.verdicts);
    grow(space_, "glint::render::tile_counts", level.tiles, work_.before);
    const JudgePairs<ExecutionSpace> functor{
        grid_, rule_, level, pairs, work_.pair_tiles, work_.profiles, work_.verdicts};
    Kokkos::parallel_for("glint::render::judge_tiles", range(space_, functor.runs()), functor);
  }

  std::uint64_t count_children(const TileLevel<ExecutionSpace>& level) {
    std::uint64_t total = 0;
    Kokkos::parallel_scan("glint::render::count_tiles", range(space_, level.tiles),
                          CountChildren<ExecutionSpace>{grid_, level, work_.before}, total);
    compat::fence(space_, "glint::render::count_tiles");
    return total;
  }

  void split(const TileLevel<ExecutionSpace>& level, const TileLevel<ExecutionSpace>& next,
             std::size_t splits) {
    grow(space_, "glint::render::pair_tiles", 4 * splits, work_.pair_tiles);
    per_tile("glint::render::split_tiles", level.tiles, 32, 0,
             SplitTiles<ExecutionSpace>{grid_, level, next, work_.verdicts, work_.before,
                                        work_.pair_tiles});
  }

  void sum(const TileLevel<ExecutionSpace>& level, const TileLevel<ExecutionSpace>& next,
           int turn) {
    using Functor = SumTiles<ExecutionSpace, Method>;
    auto& sums = work_.template sums<Real>();
    if (level.hands_down())
      grow(space_, "glint::render::tile_polynomials", next.tiles / 4 * Functor::kept_size,
           sums.polynomials[1 - turn]);
    per_tile("glint::render::sum_tiles", level.tiles, 128, Functor::scratch_bytes(),
             Functor{grid_, level, work_.profiles, work_.verdicts, work_.before, sums.main_basis,
                     sums.fine_basis, sums.main_to_main, sums.fine_to_main, sums.polynomials[turn],
                     sums.polynomials[1 - turn], work_.pixels, scale_, all_.evaluations});
  }

  void add_cores(const TileLevel<ExecutionSpace>& level, const TileLevel<ExecutionSpace>& lists) {
    const CoreTiles<ExecutionSpace> cores{level, work_.before, lists.candidates};
    const std::size_t count = profiles_.size();
    grow(space_, "glint::render::table_cells", count, work_.table_cells);
    grow(space_, "glint::render::table_starts", count, work_.table_starts);
    fill(space_, work_.table_cells, 0u);
    Kokkos::parallel_for(
        "glint::render::measure_tables", range(space_, level.tiles),
        MeasureTables<ExecutionSpace, Law>{grid_, cores, profiles_.data, work_.table_cells});
    std::uint64_t cells = 0;
    Kokkos::parallel_scan("glint::render::place_tables", range(space_, count),
                          PlaceTables<ExecutionSpace>{work_.table_cells, work_.table_starts},
                          cells);
    compat::fence(space_, "glint::render::place_tables");

    // Tables beyond the workspace's 64 MB are made in turns.
    constexpr std::uint64_t room = (std::uint64_t(64) << 20) / sizeof(double) / Law::cell_doubles;
    std::vector<std::uint64_t> starts;
    if (cells > room) {
      starts.resize(count);
      copy(space_,
           Kokkos::View<std::uint64_t*, Kokkos::LayoutRight, Kokkos::HostSpace,
                        Kokkos::MemoryUnmanaged>(starts.data(), count),
           Kokkos::subview(work_.table_starts, std::pair<std::size_t, std::size_t>(0, count)));
      compat::fence(space_, "glint::render::place_tables");
      starts.push_back(cells);
    }
    grow(space_, "glint::render::tables",
         static_cast<std::size_t>(std::min(cells, room)) * Law::cell_doubles, all_.tables);
    std::size_t last = 0;
    for (std::size_t first = 0; first < count; first = last) {
      last = count;
      if (cells > room)
        last = static_cast<std::size_t>(
            std::upper_bound(starts.begin() + first, starts.end(), starts[first] + room) -
            starts.begin() - 1);
      add_cores_of(cores, first, last, cells > room ? starts[first] : 0);
    }
  }

  void add_cores_of(const CoreTiles<ExecutionSpace>& cores, std::size_t first, std::size_t last,
                    std::uint64_t first_cell) {
    using Functor = AddCores<ExecutionSpace, Law>;
    Kokkos::parallel_for(
        "glint::render::tables", range(space_, (last - first) * Law::max_table_cells),
        BuildCoreTables<ExecutionSpace, Law>{profiles_.data, work_.table_cells, work_.table_starts,
                                             all_.tables, first, first_cell});
    per_tile("glint::render::add_cores", cores.level.tiles, 64, Functor::scratch_bytes(),
             Functor{grid_,
                     cores,
                     profiles_.data,
                     work_.table_starts,
                     all_.tables,
                     all_.rules,
                     work_.pixels,
                     first,
                     last,
                     first_cell,
                     {std::log(options_.tolerance), std::log(options_.floor),
                      EdgeDemand::any_flux_error},
                     all_.evaluations});
  }

  const ExecutionSpace& space_;
  const PixelGrid& grid_;
  const Profiles<Law, ExecutionSpace>& profiles_;
  const RenderOptions& options_;
  RenderWorkspace<ExecutionSpace>& all_;
  TileWorkspace<ExecutionSpace>& work_;
  TileRule rule_;
  double scale_ = 1.0;
};

}  // namespace glint::impl

#endif
