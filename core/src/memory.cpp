// SPDX-License-Identifier: BSD-3-Clause
#include <fstream>
#include <glint/error.hpp>
#include <glint/memory.hpp>
#include <limits>
#include <sstream>

#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

namespace glint {

std::size_t array_bytes(const std::string& name, std::initializer_list<std::size_t> extents,
                        std::size_t element_bytes) {
  std::size_t bytes = element_bytes;
  for (const std::size_t extent : extents) {
    GLINT_EXPECTS(extent == 0 || bytes <= std::numeric_limits<std::size_t>::max() / extent, name,
                  " needs more bytes than a size can count");
    bytes *= extent;
  }
  return bytes;
}

std::size_t main_memory_bytes() {
#if defined(_SC_PHYS_PAGES) && defined(_SC_PAGESIZE)
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page_bytes = sysconf(_SC_PAGESIZE);
  if (pages > 0 && page_bytes > 0)
    return static_cast<std::size_t>(pages) * static_cast<std::size_t>(page_bytes);
#endif
  return 0;
}

namespace {

// What a core sees of a cache: sysconf() adds up those of all cores on some processors. 0 where
// there is no such file.
std::size_t listed_cache_bytes(int index) {
  std::ifstream file(concat("/sys/devices/system/cpu/cpu0/cache/index", index, "/size"));
  std::size_t size = 0;
  char unit = ' ';
  if (!(file >> size)) return 0;
  file >> unit;
  return size << (unit == 'K' ? 10 : unit == 'M' ? 20 : 0);
}

std::size_t find_last_cache_bytes() {
  for (const int index : {3, 2})
    if (const std::size_t size = listed_cache_bytes(index); size > 0) return size;
#if defined(_SC_LEVEL3_CACHE_SIZE) && defined(_SC_LEVEL2_CACHE_SIZE)
  for (const int level : {_SC_LEVEL3_CACHE_SIZE, _SC_LEVEL2_CACHE_SIZE}) {
    const long size = sysconf(level);
    if (size > 0) return static_cast<std::size_t>(size);
  }
#endif
  return std::size_t(16) << 20;
}

}  // namespace

std::size_t last_cache_bytes() {
  static const std::size_t bytes = find_last_cache_bytes();
  return bytes;
}

void expect_memory(const std::string& name, std::size_t bytes) {
  const std::size_t available = main_memory_bytes();
  GLINT_EXPECTS(available == 0 || bytes <= available, name, " needs ", bytes, " bytes (",
                byte_text(bytes), ") but this machine has ", byte_text(available), " of memory");
}

std::string byte_text(std::size_t bytes) {
  static constexpr const char* units[] = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  double value = static_cast<double>(bytes);
  int unit = 0;
  for (; value >= 1000.0 && unit < 6; ++unit) value /= 1000.0;
  std::ostringstream out;
  out.precision(value < 10.0 && unit > 0 ? 2 : 3);
  out << value << ' ' << units[unit];
  return out.str();
}

}  // namespace glint
