// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_START_HPP
#define GLINT_START_HPP

#include <functional>
#include <string>
#include <vector>

/// What every driver's main() does besides its own work.

/// What a driver does once Kokkos runs; an empty one when everything has been said already.
using DriverJob = std::function<void()>;

/// Runs a driver called `name` and returns its exit status.
///
/// Hands the options that begin with --kokkos- to Kokkos and the other words to `prepare`, which
/// reads them; then starts Kokkos and calls the job that `prepare` returned. Whatever goes wrong
/// becomes one line "name: sentence" on standard error and status 1; `product` is named where
/// memory runs out.
int run_driver(const std::string& name, const std::string& product, int argc, char* argv[],
               const std::function<DriverJob(const std::vector<std::string>&)>& prepare);

#endif
