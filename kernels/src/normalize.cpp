// SPDX-License-Identifier: BSD-3-Clause
#include <glint/impl/normalize_long.hpp>
#include <glint/impl/normalize_rows.hpp>
#include <glint/impl/normalize_team.hpp>
#include <glint/normalize.hpp>

namespace glint {
namespace {

constexpr std::size_t chunk_length = 16384;
constexpr int device_team = 256;

/// One vector per index, any strides.
template <class T>
struct NormalizePlain {
  impl::VectorExtents extents;
  impl::VectorArray<const T> v;
  impl::VectorArray<T> out;

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    const std::size_t k = index % extents.outer[2], rest = index / extents.outer[2];
    const std::size_t j = rest % extents.outer[1], i = rest / extents.outer[1];
    impl::normalize_one(v.data + i * v.stride[0] + j * v.stride[1] + k * v.stride[2], v.stride[3],
                        out.data + i * out.stride[0] + j * out.stride[1] + k * out.stride[2],
                        out.stride[3], extents.length);
  }
};

template <class T>
bool is_contiguous(const impl::VectorExtents& extents, const impl::VectorArray<T>& array) {
  std::size_t elements = 1;
  for (int d = 3; d >= 0; --d) {
    const std::size_t extent = d == 3 ? extents.length : extents.outer[d];
    if (extent > 1 && array.stride[d] != elements) return false;
    elements *= extent;
  }
  return true;
}

template <class ExecutionSpace>
NormalizeMethod choose_method(const ExecutionSpace& space, const impl::VectorExtents& extents,
                              bool contiguous) {
  if (!contiguous) return NormalizeMethod::plain;
  // Reading twice costs half as much again; that is less than idle cores.
  const auto workers = static_cast<std::size_t>(space.concurrency());
  const std::size_t busy = is_host_execution_v<ExecutionSpace> ? workers : 256;
  if (workers > 1 && extents.count() < busy && extents.length >= 4 * chunk_length)
    return NormalizeMethod::chunks;
  return NormalizeMethod::rows;
}

template <class T>
bool is_aligned(const T* p) {
  return reinterpret_cast<std::uintptr_t>(p) % 64 == 0;
}

template <class ExecutionSpace, class T>
void normalize_rows(const ExecutionSpace& space, const impl::VectorExtents& extents, const T* v,
                    T* out, bool streaming) {
  const std::size_t count = extents.count(), length = extents.length;
  if constexpr (is_host_execution_v<ExecutionSpace>) {
    if (length <= impl::short_vector) {
      const impl::NormalizeShort<ExecutionSpace, T> work{v, out, count, length,
                                                         streaming && is_aligned(out)};
      Kokkos::parallel_for("glint::normalize::short_vectors", range(space, work.indices()), work);
    } else {
      // Vectors of an index: as many as leave work for every thread, but 64.
      const std::size_t share = count / (8 * static_cast<std::size_t>(space.concurrency()));
      const std::size_t group = share < 1 ? 1 : share > 64 ? 64 : share;
      const impl::NormalizeLong<ExecutionSpace, T> work{v, out, count, length, group, streaming};
      Kokkos::parallel_for("glint::normalize::vectors", range(space, work.indices()), work);
    }
  } else if (length < device_team / 4) {
    Kokkos::parallel_for(
        "glint::normalize::short_vectors", range(space, count),
        NormalizePlain<T>{
            {{1, 1, count}, length}, {v, {0, 0, length, 1}}, {out, {0, 0, length, 1}}});
  } else {
    Kokkos::parallel_for(
        "glint::normalize::vectors",
        Kokkos::TeamPolicy<ExecutionSpace>(space, static_cast<int>(count), device_team),
        impl::NormalizeByTeam<ExecutionSpace, T>{v, out, length});
  }
}

template <class ExecutionSpace, class T>
void normalize_chunks(const ExecutionSpace& space, const impl::VectorExtents& extents, const T* v,
                      T* out, bool streaming, NormalizeWorkspace<ExecutionSpace>& workspace) {
  const std::size_t count = extents.count(), length = extents.length;
  const std::size_t chunks = (length + chunk_length - 1) / chunk_length, all = count * chunks;
  grow(space, "glint::normalize::partial", all, workspace.partial);
  grow(space, "glint::normalize::largest", count, workspace.largest);
  grow(space, "glint::normalize::factor", count, workspace.factor);
  double *const partial = workspace.partial.data(), *const largest = workspace.largest.data(),
                *const factor = workspace.factor.data();
  const impl::ChunkScales<T> scales{v, length, chunks, partial, largest, factor};
  if constexpr (is_host_execution_v<ExecutionSpace>) {
    Kokkos::parallel_for(
        "glint::normalize::squares", range(space, all),
        impl::ChunkSquares<ExecutionSpace, T>{v, length, chunk_length, chunks, partial});
    Kokkos::parallel_for("glint::normalize::scales", range(space, count), scales);
    Kokkos::parallel_for("glint::normalize::multiply", range(space, all),
                         impl::ScaleChunks<ExecutionSpace, T>{v, out, length, chunk_length, chunks,
                                                              largest, factor, streaming});
  } else {
    const Kokkos::TeamPolicy<ExecutionSpace> teams(space, static_cast<int>(all), device_team);
    Kokkos::parallel_for(
        "glint::normalize::squares", teams,
        impl::ChunkSquaresByTeam<ExecutionSpace, T>{v, length, chunk_length, chunks, partial});
    Kokkos::parallel_for("glint::normalize::scales", range(space, count), scales);
    Kokkos::parallel_for("glint::normalize::multiply", teams,
                         impl::ScaleChunksByTeam<ExecutionSpace, T>{v, out, length, chunk_length,
                                                                    chunks, largest, factor});
  }
}

}  // namespace

const std::string& normalize_method_name(NormalizeMethod method) {
  static const std::string names[] = {"automatic", "plain", "rows", "chunks"};
  return names[static_cast<int>(method)];
}

template <class ExecutionSpace, class T>
void impl::normalize_vectors(const ExecutionSpace& space, const VectorExtents& extents,
                             const VectorArray<const T>& v, const VectorArray<T>& out,
                             const NormalizeOptions& options,
                             NormalizeWorkspace<ExecutionSpace>& workspace) {
  const bool contiguous = is_contiguous(extents, v) && is_contiguous(extents, out);
  GLINT_EXPECTS(contiguous || options.method == NormalizeMethod::automatic ||
                    options.method == NormalizeMethod::plain,
                "normalize: the method '", normalize_method_name(options.method),
                "' needs contiguous arrays, rows one after the other; 'plain' takes any");
  const std::size_t count = extents.count();
  if (count == 0 || extents.length == 0) return;
  const NormalizeMethod method = options.method == NormalizeMethod::automatic
                                     ? choose_method(space, extents, contiguous)
                                     : options.method;
  if (method == NormalizeMethod::plain) {
    Kokkos::parallel_for("glint::normalize::plain", range(space, count),
                         NormalizePlain<T>{extents, v, out});
    return;
  }
  const bool streaming = v.data != out.data &&
                         prefer_streaming<ExecutionSpace>(2 * count * extents.length * sizeof(T));
  if (method == NormalizeMethod::chunks)
    normalize_chunks(space, extents, v.data, out.data, streaming, workspace);
  else
    normalize_rows(space, extents, v.data, out.data, streaming);
}

#define GLINT_INSTANTIATE_TYPE(Space, T)                                                      \
  template void impl::normalize_vectors<Space, T>(                                            \
      const Space&, const VectorExtents&, const VectorArray<const T>&, const VectorArray<T>&, \
      const NormalizeOptions&, NormalizeWorkspace<Space>&);
#define GLINT_INSTANTIATE(Space)        \
  GLINT_INSTANTIATE_TYPE(Space, double) \
  GLINT_INSTANTIATE_TYPE(Space, float)
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE
#undef GLINT_INSTANTIATE_TYPE

}  // namespace glint
