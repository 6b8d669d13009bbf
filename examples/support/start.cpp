// SPDX-License-Identifier: BSD-3-Clause
#include "start.hpp"

#include <Kokkos_Core.hpp>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <glint/error.hpp>
#include <iostream>
#include <new>
#include <optional>

namespace {

void run(int argc, char* argv[],
         const std::function<DriverJob(const std::vector<std::string>&)>& prepare) {
  // Kokkos gets its own options only: it answers --help too, before we could.
  std::vector<char*> for_kokkos{argv[0]};
  std::vector<std::string> for_us;
  bool kokkos_help = false;
  for (int k = 1; k < argc; ++k) {
    const std::string word = argv[k];
    if (word.rfind("--kokkos-", 0) == 0)
      for_kokkos.push_back(argv[k]);
    else
      for_us.push_back(word);
    if (word == "--kokkos-help") kokkos_help = true;
  }
  DriverJob job;
  if (!kokkos_help) {
    job = prepare(for_us);
    if (!job) return;
  }

  int kokkos_count = static_cast<int>(for_kokkos.size());
  for_kokkos.push_back(nullptr);
  std::optional<Kokkos::ScopeGuard> kokkos;
  try {
    kokkos.emplace(kokkos_count, for_kokkos.data());
  } catch (const std::exception& error) {
    throw glint::Error(std::string("Kokkos cannot start with these options: ") + error.what());
  }
  if (kokkos_help) return;
  GLINT_EXPECTS(kokkos_count == 1, "unknown option '", for_kokkos[1],
                "'; see --kokkos-help for the legal ones");

  job();
  std::cout << std::flush;
  GLINT_EXPECTS(std::cout.good(), "the summary could not be written to the standard output");
}

}  // namespace

int run_driver(const std::string& name, const std::string& product, int argc, char* argv[],
               const std::function<DriverJob(const std::vector<std::string>&)>& prepare) {
  const auto fail = [&](const std::string& sentence) {
    std::cerr << name << ": " << sentence << '\n';
    return 1;
  };
#ifdef SIGXFSZ
  // A limit on file size then is an error of the write, reported like a full disk.
  std::signal(SIGXFSZ, SIG_IGN);
#endif
#if __has_include(<unistd.h>)
  // Not binding is what happens anyway; saying so keeps Kokkos' advice out of our messages.
  setenv("OMP_PROC_BIND", "false", 0);
#endif
  try {
    run(argc, argv, prepare);
    return 0;
  } catch (const glint::Error& error) {
    return fail(error.sentence());
  } catch (const std::bad_alloc&) {
    return fail("there is not enough free memory for " + product);
  } catch (const std::exception& error) {
    // Kokkos explains a failed allocation in its first line and adds a trace.
    const std::string text = error.what();
    return fail(text.substr(0, text.find('\n')));
  }
}
