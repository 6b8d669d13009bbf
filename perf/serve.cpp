// SPDX-License-Identifier: BSD-3-Clause
#include "serve.hpp"

#include <algorithm>
#include <glint/error.hpp>
#include <istream>
#include <ostream>
#include <sstream>

#include "context.hpp"
#include "json.hpp"

namespace glint::perf {
namespace {

std::string list(const Registry& registry) {
  std::vector<std::string> all;
  for (const Entry& entry : registry.entries()) {
    JsonObject arguments;
    for (const auto& [name, value] : entry.arguments)
      arguments.number(name, static_cast<double>(value));
    all.push_back(JsonObject()
                      .text("name", entry.name())
                      .text("operation", entry.operation)
                      .text("method", entry.method)
                      .text("backend", entry.backend)
                      .text("precision", entry.precision)
                      .raw("args", arguments.str())
                      .number("elements", entry.elements)
                      .str());
  }
  return json_array(all);
}

std::string context(const Registry& registry) {
  JsonObject all;
  for (const auto& [name, value] : build_context()) all.text(name, value);
  JsonObject limits;
  for (const auto& [name, value] : measured_limits(registry)) limits.number(name, value);
  return all.raw("limits", limits.str()).str();
}

std::string time_case(Prepared& prepared, double wanted) {
  std::vector<double> seconds;
  double total = 0.0;
  do {
    seconds.push_back(prepared.seconds());
    total += seconds.back();
  } while (total < wanted && seconds.size() < 1000000);
  std::sort(seconds.begin(), seconds.end());
  const double fastest = seconds.front();
  const Limit limit = prepared.limit();
  const Work& work = prepared.work();
  JsonObject answer;
  answer.text("name", prepared.name())
      .number("min_s", fastest)
      .number("median_s", seconds[seconds.size() / 2])
      .number("iterations", static_cast<double>(seconds.size()))
      .number("first_call_s", prepared.first_call())
      .number("error", prepared.error())
      .number("elements", prepared.entry().elements)
      .text("limit", limit.name)
      .number("limit_s", limit.seconds)
      .number("limit_fraction", limit.seconds / fastest);
  const auto rate = [&](const char* name, double amount) {
    if (amount > 0.0) answer.number(name, amount / fastest);
  };
  rate("evaluations_per_s", work.evaluations);
  rate("bytes_per_s", work.read_bytes + work.written_bytes);
  rate("flops_per_s", work.flops);
  return answer.str();
}

std::string export_case(Case& made, const std::string& directory) {
  Export out(directory);
  made.inputs(out);
  const Numbers expected = made.expected();
  out.array("expected", made.shape(), expected.data());
  std::vector<std::string> files;
  for (const std::string& file : out.files()) files.push_back(json_text(file));
  JsonObject scalars;
  for (const auto& [name, value] : out.scalars()) scalars.number(name, value);
  return JsonObject().raw("files", json_array(files)).raw("scalars", scalars.str()).str();
}

/// One command; `line` is not empty.
std::string answer(const Registry& registry, Workbench& workbench, const std::string& line) {
  std::istringstream words(line);
  std::string command, name;
  words >> command;
  if (command == "list") return list(registry);
  if (command == "context") return context(registry);
  if (command == "release") {
    workbench.release();
    return JsonObject().str();
  }
  if (command == "time") {
    words >> name;
    std::string text;
    double seconds = 0.2;
    if (words >> text) {
      std::istringstream number(text);
      GLINT_EXPECTS(number >> seconds && number.eof() && seconds >= 0.0,
                    "time: the seconds must be a number from 0 up, not '", text, "'");
    }
    return time_case(workbench.prepare(registry.find(name)), seconds);
  }
  if (command == "export") {
    std::string directory;
    words >> name >> std::ws;
    std::getline(words, directory);
    GLINT_EXPECTS(!directory.empty(), "export: no directory was named");
    return export_case(workbench.prepare(registry.find(name)).get(), directory);
  }
  throw Error(concat("there is no command '", command,
                     "'; there are: list, context, time, export, release, quit"));
}

}  // namespace

void serve(const Registry& registry, Workbench& workbench, std::istream& in, std::ostream& out) {
  for (std::string line; std::getline(in, line);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    if (line == "quit") return;
    try {
      out << answer(registry, workbench, line) << std::endl;
    } catch (const Error& error) {
      out << JsonObject().text("error_text", error.sentence()).str() << std::endl;
    } catch (const std::exception& error) {
      out << JsonObject().text("error_text", error.what()).str() << std::endl;
    }
  }
}

}  // namespace glint::perf
