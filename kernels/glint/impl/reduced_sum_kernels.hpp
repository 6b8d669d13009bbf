// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_REDUCED_SUM_KERNELS_HPP
#define GLINT_IMPL_REDUCED_SUM_KERNELS_HPP

#include <glint/execution.hpp>
#include <glint/memory.hpp>
#include <glint/views.hpp>

namespace glint {

enum class ReducedSumMethod {
  automatic,  ///< tiled on hosts, team on devices
  team,       ///< a team of threads to each sum
  tiled,      ///< a thread to several sums, which share what is read
  outer       ///< all M x K terms as an array, then its sums; for contrast, and the oracle
};

/// "automatic", "team", "tiled" or "outer".
inline const char* reduced_sum_method_name(ReducedSumMethod method) {
  constexpr const char* names[] = {"automatic", "team", "tiled", "outer"};
  return names[static_cast<int>(method)];
}

struct ReducedSumOptions {
  ReducedSumMethod method = ReducedSumMethod::automatic;
};

namespace impl {

/// Terms that are added before their sum is added to the others.
inline constexpr std::size_t reduced_sum_block = 256;

/// Threads of a team share one m; each takes a stretch of every block.
template <class ExecutionSpace, class T, class Term>
struct ReducedSumTeam {
  using Member = typename Kokkos::TeamPolicy<ExecutionSpace>::member_type;
  std::size_t terms;
  Term term;
  StridedOutput<T*, ExecutionSpace> f;

  KOKKOS_FUNCTION void operator()(const Member& team) const {
    const std::size_t m = team.league_rank();
    const int threads = team.team_size(), rank = team.team_rank();
    T total(0);
    for (std::size_t first = 0; first < terms; first += reduced_sum_block * threads) {
      const std::size_t room = terms - first, block = reduced_sum_block * threads;
      const std::size_t last = room < block ? terms : first + block;
      T part(0);
      for (std::size_t k = first + rank; k < last; k += threads) part += term(m, k);
      total += part;
    }
    team.team_reduce(Kokkos::Sum<T>(total));
    if (rank == 0) f(m) = total;
  }
};

/// A few neighbouring m per index; on hosts they fill vector registers.
template <class ExecutionSpace, class T, class Term>
struct ReducedSumTiles {
  static constexpr int lanes = is_host_execution_v<ExecutionSpace> ? 32 : 1;
  std::size_t terms;
  Term term;
  StridedOutput<T*, ExecutionSpace> f;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t m = index * lanes, count = f.extent(0);
    T total[lanes] = {};
    for (std::size_t first = 0; first < terms; first += reduced_sum_block) {
      const std::size_t room = terms - first;
      const std::size_t last = room < reduced_sum_block ? terms : first + reduced_sum_block;
      T part[lanes] = {};
      for (std::size_t k = first; k < last; ++k)
        for (int i = 0; i < lanes; ++i) part[i] += term(m + i, k);
      for (int i = 0; i < lanes; ++i) total[i] += part[i];
    }
    for (int i = 0; i < lanes; ++i)
      if (m + i < count) f(m + i) = total[i];
  }
};

/// A row of terms per index on hosts, a term on devices.
template <class ExecutionSpace, class T, class Term>
struct OuterTerms {
  OutputMatrix<T, ExecutionSpace> outer;
  Term term;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t terms = outer.extent(1);
    if constexpr (is_host_execution_v<ExecutionSpace>) {
      T* const row = outer.data() + index * terms;
      for (std::size_t k = 0; k < terms; ++k) row[k] = term(index, k);
    } else {
      outer.data()[index] = term(index / terms, index % terms);
    }
  }
};

template <class ExecutionSpace, class T>
struct OuterRow {
  OutputMatrix<T, ExecutionSpace> outer;
  KOKKOS_FUNCTION T operator()(std::size_t m, std::size_t k) const { return outer(m, k); }
};

template <class ExecutionSpace, class T, class Term>
void launch_team(const ExecutionSpace& space, const char* label, std::size_t terms,
                 const Term& term, const StridedOutput<T*, ExecutionSpace>& f) {
  Kokkos::parallel_for(label,
                       Kokkos::TeamPolicy<ExecutionSpace>(space, static_cast<int>(f.extent(0)),
                                                          team_size<ExecutionSpace>(128)),
                       ReducedSumTeam<ExecutionSpace, T, Term>{terms, term, f});
}

template <class ExecutionSpace, class T, class Term>
void run_reduced_sum(const ExecutionSpace& space, std::size_t terms, const Term& term,
                     const StridedOutput<T*, ExecutionSpace>& f, ReducedSumMethod method) {
  using Tiles = ReducedSumTiles<ExecutionSpace, T, Term>;
  const std::size_t count = f.extent(0);
  if (count == 0) return;
  if (method == ReducedSumMethod::automatic)
    method = is_host_execution_v<ExecutionSpace> ? ReducedSumMethod::tiled : ReducedSumMethod::team;
  if (method == ReducedSumMethod::tiled) {
    Kokkos::parallel_for("glint::reduced_sum::tiles",
                         range(space, (count + Tiles::lanes - 1) / Tiles::lanes),
                         Tiles{terms, term, f});
  } else if (method == ReducedSumMethod::team) {
    launch_team<ExecutionSpace, T>(space, "glint::reduced_sum::team", terms, term, f);
  } else {
    expect_memory("reduced_sum: the outer product",
                  array_bytes("reduced_sum: the outer product", {count, terms}, sizeof(T)));
    const auto outer = allocate<Matrix<T, typename ExecutionSpace::memory_space>>(
        space, "glint::reduced_sum::outer", count, terms);
    Kokkos::parallel_for("glint::reduced_sum::outer",
                         range(space, is_host_execution_v<ExecutionSpace> ? count : outer.size()),
                         OuterTerms<ExecutionSpace, T, Term>{outer, term});
    launch_team<ExecutionSpace, T>(space, "glint::reduced_sum::rows", terms,
                                   OuterRow<ExecutionSpace, T>{outer}, f);
    compat::fence(space, "glint::reduced_sum::finished");
  }
}

}  // namespace impl
}  // namespace glint

#endif
