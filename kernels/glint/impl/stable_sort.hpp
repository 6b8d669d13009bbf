// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_STABLE_SORT_HPP
#define GLINT_IMPL_STABLE_SORT_HPP

#include <glint/compat.hpp>

/// Sorting short lists of (key, value) by ascending key inside a kernel, one list to a thread.

namespace glint::impl {

KOKKOS_INLINE_FUNCTION bool is_ascending(const int* keys, int count) {
  for (int k = 1; k < count; ++k)
    if (keys[k - 1] > keys[k]) return false;
  return true;
}

/// Merges the sorted stretches [first, middle) and [middle, last) into the other pair of arrays;
/// of equal keys those of the first stretch come first.
template <class T>
KOKKOS_INLINE_FUNCTION void merge_stretches(const int* keys, const T* values, int first, int middle,
                                            int last, int* to_keys, T* to_values) {
  int a = first, b = middle;
  for (int k = first; k < last; ++k) {
    const bool take_a = a < middle && (b == last || keys[a] <= keys[b]);
    const int from = take_a ? a++ : b++;
    to_keys[k] = keys[from];
    to_values[k] = values[from];
  }
}

/// Sorts keys and values together; equal keys keep their order. The buffers are as long as the
/// list and are not read when it is sorted already. O(n log n).
template <class T>
KOKKOS_INLINE_FUNCTION void stable_sort(int* keys, T* values, int count, int* key_buffer,
                                        T* value_buffer) {
  if (is_ascending(keys, count)) return;
  constexpr int stretch = 8;  // short enough for insertion
  for (int first = 0; first < count; first += stretch) {
    const int last = first + stretch < count ? first + stretch : count;
    for (int k = first + 1; k < last; ++k) {
      const int key = keys[k];
      const T value = values[k];
      int at = k;
      for (; at > first && keys[at - 1] > key; --at) {
        keys[at] = keys[at - 1];
        values[at] = values[at - 1];
      }
      keys[at] = key;
      values[at] = value;
    }
  }
  int *from_keys = keys, *to_keys = key_buffer;
  T *from_values = values, *to_values = value_buffer;
  for (int length = stretch; length < count; length *= 2) {
    for (int first = 0; first < count; first += 2 * length) {
      const int middle = first + length < count ? first + length : count;
      const int last = middle + length < count ? middle + length : count;
      merge_stretches(from_keys, from_values, first, middle, last, to_keys, to_values);
    }
    int* const keys_there = from_keys;
    T* const values_there = from_values;
    from_keys = to_keys;
    from_values = to_values;
    to_keys = keys_there;
    to_values = values_there;
  }
  if (from_keys == keys) return;
  for (int k = 0; k < count; ++k) {
    keys[k] = from_keys[k];
    values[k] = from_values[k];
  }
}

/// Adds up neighbours of equal key in a sorted list and returns how many keys are left.
template <class T>
KOKKOS_INLINE_FUNCTION int add_equal_keys(int* keys, T* values, int count) {
  int last = -1;
  for (int k = 0; k < count; ++k) {
    if (last >= 0 && keys[last] == keys[k]) {
      values[last] += values[k];
    } else {
      ++last;
      keys[last] = keys[k];
      values[last] = values[k];
    }
  }
  return last + 1;
}

/// Puts one more pair into a short sorted list, or adds it to the pair of the same key.
template <class T>
KOKKOS_INLINE_FUNCTION void insert_or_add(int* keys, T* values, int& count, int key, T value) {
  int at = count;
  while (at > 0 && keys[at - 1] > key) --at;
  if (at > 0 && keys[at - 1] == key) {
    values[at - 1] += value;
    return;
  }
  for (int k = count; k > at; --k) {
    keys[k] = keys[k - 1];
    values[k] = values[k - 1];
  }
  keys[at] = key;
  values[at] = value;
  ++count;
}

}  // namespace glint::impl

#endif
