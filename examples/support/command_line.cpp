// SPDX-License-Identifier: BSD-3-Clause
#include "command_line.hpp"

#include <algorithm>
#include <glint/backends.hpp>
#include <glint/error.hpp>
#include <glint/version.hpp>
#include <iostream>

namespace {

class Usage : public CLI::Formatter {
 public:
  explicit Usage(const std::string& text) : text_(text) {}
  std::string make_usage(const CLI::App*, std::string name) const override {
    return "Usage: " + name + " " + text_ + "\n";
  }

 private:
  std::string text_;
};

Words legal_options(const CLI::App& app) {
  Words names;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  names.push_back("--kokkos-*");
  return names;
}

void expect_known_options(const CLI::App& app, const std::string& surplus) {
  Words unknown = app.remaining();
  // "--" only marks what follows as no option.
  unknown.erase(std::remove(unknown.begin(), unknown.end(), "--"), unknown.end());
  for (const std::string& word : unknown) {
    const std::string name = word.substr(0, word.find('='));
    GLINT_EXPECTS(name.size() < 2 || name[0] != '-', "unknown option '", name,
                  "'; legal options: ", joined(legal_options(app)));
  }
  GLINT_EXPECTS(unknown.empty(), "unexpected argument '", unknown.front(), "': ", surplus);
}

}  // namespace

bool contains(const Words& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string joined(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

void set_usage(CLI::App& app, const std::string& usage) {
  app.formatter(std::make_shared<Usage>(usage));
}

void finish_declaration(CLI::App& app, const std::string& footer) {
  app.set_version_flag("--version", "glint " GLINT_VERSION, "show the version and exit");
  app.set_help_flag("-h,--help", "show this text and exit");
  app.footer("Options that begin with --kokkos- go to Kokkos; --kokkos-help lists them.\n" +
             footer);
  app.allow_extras();
}

bool parse_words(CLI::App& app, const Words& words, const std::string& surplus) {
  try {
    app.parse(Words(words.rbegin(), words.rend()));  // CLI11 takes words from the back
  } catch (const CLI::Success& answered) {
    app.exit(answered, std::cout, std::cerr);
    return false;
  } catch (const CLI::ParseError& error) {
    expect_known_options(app, surplus);
    throw glint::Error(error.what());
  }
  expect_known_options(app, surplus);
  return true;
}

void expect_backend(const std::string& name) {
  const Words backends = glint::backend_names();
  GLINT_EXPECTS(name.empty() || contains(backends, name), "the backend '", name,
                "' is not compiled in; this build has: ", joined(backends));
}
