// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_ARRAY_PROGRAMMING_SHAPES_HPP
#define GLINT_ARRAY_PROGRAMMING_SHAPES_HPP

#include <glint/broadcast.hpp>

#include "printing.hpp"

/// Arrays of different shapes together, and parts of arrays.

inline void show_shapes(const glint::Shape& a, const glint::Shape& b) {
  const std::string pair = glint::concat(glint::shape_text(a), " and ", glint::shape_text(b));
  try {
    line(pair, glint::shape_text(glint::broadcast_shape(a, b)));
  } catch (const glint::Error&) {
    line(pair, "do not fit");
  }
}

template <class A, class B, class Out>
struct AddWide {
  A a;
  B b;
  Out out;
  KOKKOS_FUNCTION void operator()(std::size_t n) const {
    const std::size_t columns = out.extent(2), k = n % columns, rest = n / columns;
    const std::size_t j = rest % out.extent(1), i = rest / out.extent(1);
    out(i, j, k) = a(i, j, k) + b(i, j, k);
  }
};

template <class ExecutionSpace>
void show_broadcasting(const ExecutionSpace& space) {
  title("broadcasting: shapes aligned at their last axes, extents of 1 stretch");
  show_shapes({7, 1}, {7, 4});
  show_shapes({7}, {4, 7});
  show_shapes({3, 3}, {2, 3});
  show_shapes({1, 1, 1, 8}, {1, 9, 1});
  show_shapes({4, 1, 9}, {3, 1});
  show_shapes({3, 1, 4}, {3, 4});
  show_shapes({5, 9}, {9});
  show_shapes({5, 9}, {5});
  show_shapes({5, 9}, {5, 1});

  using Memory = typename ExecutionSpace::memory_space;
  const auto numbers = glint::upload(space, "array_programming::broadcast::numbers",
                                     {0, 10, 20, 30, 1, 2, 3, 4, 5, 6});
  const glint::Matrix<double, Memory> a(numbers.data(), 4, 1);
  const glint::Cube<double, Memory> b(numbers.data() + 4, 2, 1, 3);
  const glint::Shape shape = glint::broadcast_shape({4, 1}, {2, 1, 3});
  const auto wide_a = glint::broadcast_view<3>(a, shape),
             wide_b = glint::broadcast_view<3>(b, shape);
  const auto strides = [](const auto& view) {
    return glint::shape_text(
        std::vector<std::size_t>{view.stride(0), view.stride(1), view.stride(2)});
  };
  line("(4, 1) with (2, 1, 3)", glint::concat("both ", glint::shape_text(shape)));
  line("strides", glint::concat(strides(wide_a), " and ", strides(wide_b)));
  line("same memory", wide_a.data() == a.data() && wide_b.data() == b.data() ? "yes" : "no");
  const auto out = glint::allocate<glint::Cube<double, Memory>>(
      space, "array_programming::broadcast::out", 2, 4, 3);
  Kokkos::parallel_for("array_programming::broadcast::add", glint::range(space, out.size()),
                       AddWide<std::decay_t<decltype(wide_a)>, std::decay_t<decltype(wide_b)>,
                               std::decay_t<decltype(out)>>{wide_a, wide_b, out});
  line("sum", list(on_host(space, out)));
}

/// Where a mask holds, the elements move together, in order.
template <class View>
struct Compress {
  View x, out;
  KOKKOS_FUNCTION bool mask(std::size_t k) const { return static_cast<int>(x(k)) % 3 == 0; }
  KOKKOS_FUNCTION void operator()(std::size_t k, std::size_t& place, bool last_pass) const {
    if (last_pass && mask(k)) out(place) = x(k);
    place += mask(k) ? 1 : 0;
  }
};

/// The same everywhere, 0 where the mask does not hold.
template <class View>
struct Choose {
  View x, out;
  KOKKOS_FUNCTION void operator()(std::size_t k) const { out(k) = x(k) > 10.0 ? x(k) : 0.0; }
};

template <class Part, class View>
struct TakePart {
  Part part;
  View out;
  KOKKOS_FUNCTION void operator()(std::size_t k) const { out(k) = part(k); }
};

template <class ExecutionSpace>
void show_selection(const ExecutionSpace& space) {
  title("parts of x = 0 ... 19");
  using View = glint::Vector<double, typename ExecutionSpace::memory_space>;
  std::vector<double> numbers;
  for (int k = 0; k < 20; ++k) numbers.push_back(k);
  const View x = glint::upload(space, "array_programming::selection::x", numbers);
  const auto room = [&](std::size_t count) {
    return glint::allocate<View>(space, "array_programming::selection::room", count);
  };
  // x[3:18:4]: no copy, a stride of 4.
  using Strided = glint::StridedInput<const double*, ExecutionSpace>;
  const Strided every_fourth(x.data() + 3, Kokkos::LayoutStride(4, 4));
  const View part = room(4), multiples = room(20), large = room(20);
  Kokkos::parallel_for("array_programming::selection::part", glint::range(space, 4),
                       TakePart<Strided, View>{every_fourth, part});
  line("x[3:18:4]", list(on_host(space, part)));
  std::size_t count = 0;
  Kokkos::parallel_scan("array_programming::selection::compress", glint::range(space, 20),
                        Compress<View>{x, multiples}, count);
  glint::compat::fence(space, "array_programming::selection");
  line("where x % 3 == 0",
       list(on_host(space, Kokkos::subview(multiples, std::make_pair(std::size_t(0), count)))));
  Kokkos::parallel_for("array_programming::selection::choose", glint::range(space, 20),
                       Choose<View>{x, large});
  line("x > 10, else 0", list(on_host(space, large)));
}

#endif
