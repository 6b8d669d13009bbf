// SPDX-License-Identifier: BSD-3-Clause
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <glint/atomic_file.hpp>

#include "files.hpp"

namespace glint::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Names = std::set<std::string>;

TEST(AtomicFile, AppearsOnlyWithCommit) {
  const TemporaryDirectory directory;
  const fs::path path = directory / "result";
  {
    AtomicFile file(path);
    EXPECT_EQ(file.path(), path);
    EXPECT_EQ(file.temporary().parent_path(), directory.path());
    EXPECT_EQ(file.temporary().filename().string().front(), '.') << "the temporary is hidden";
    write_text(file.temporary(), "complete");
    EXPECT_FALSE(fs::exists(path));
    file.commit();
    EXPECT_EQ(read_text(path), "complete");
  }
  EXPECT_THAT(directory.contents(), ElementsAre("result"));
}

TEST(AtomicFile, WithoutCommitLeavesThePreviousFileAndNothingElse) {
  const TemporaryDirectory directory;
  write_text(directory / "result", "previous");
  {
    const AtomicFile file(directory / "result");
    write_text(file.temporary(), "half");
  }
  EXPECT_EQ(read_text(directory / "result"), "previous");
  EXPECT_THAT(directory.contents(), ElementsAre("result"));
}

TEST(AtomicFile, ReplacesAFileAndKeepsItsPermissions) {
  const TemporaryDirectory directory;
  const fs::path path = directory / "result";
  write_text(path, "previous");
  fs::permissions(path, fs::perms(0640));
  AtomicFile file(path);
  write_text(file.temporary(), "next");
  file.commit();
  EXPECT_EQ(read_text(path), "next");
  EXPECT_EQ(fs::status(path).permissions(), fs::perms(0640));
}

TEST(AtomicFile, FollowsALinkToTheFileItNames) {
  const TemporaryDirectory directory;
  fs::create_directory(directory / "below");
  write_text(directory / "below/real", "previous");
  fs::create_symlink(directory / "below/real", directory / "link");
  AtomicFile file(directory / "link");
  write_text(file.temporary(), "next");
  file.commit();
  EXPECT_TRUE(fs::is_symlink(directory / "link"));
  EXPECT_EQ(read_text(directory / "below/real"), "next");
}

TEST(AtomicFile, TwoWritersOfOneNameDoNotMeet) {
  const TemporaryDirectory directory;
  AtomicFile first(directory / "result"), second(directory / "result");
  EXPECT_NE(first.temporary(), second.temporary());
  write_text(first.temporary(), "first");
  write_text(second.temporary(), "second");
  first.commit();
  second.commit();
  EXPECT_EQ(read_text(directory / "result"), "second");
}

TEST(AtomicFile, AcceptsANameWithoutDirectory) {
  const TemporaryDirectory directory;
  const fs::path before = fs::current_path();
  fs::current_path(directory.path());
  EXPECT_NO_THROW(check_output_path("plain"));
  EXPECT_NO_THROW(AtomicFile("plain").commit());
  fs::current_path(before);
  EXPECT_THAT(directory.contents(), ElementsAre("plain"));
}

TEST(AtomicFile, NamesWhatStandsInTheWay) {
  const TemporaryDirectory directory;
  fs::create_directory(directory / "folder");
  write_text(directory / "file", "");
  ASSERT_EQ(mkfifo((directory / "pipe").c_str(), 0600), 0);
  fs::create_symlink(directory / "nowhere", directory / "broken");
  const Names before = directory.contents();
  const auto sentence = [](const fs::path& path) {
    const std::string checked = sentence_of([&] { check_output_path(path); });
    EXPECT_EQ(checked, sentence_of([&] { const AtomicFile file(path); }));
    return checked;
  };
  EXPECT_EQ(sentence(""), "the output path is empty");
  EXPECT_THAT(sentence(directory / "folder"), HasSubstr("folder' is a directory"));
  EXPECT_THAT(sentence(directory / "folder/"), HasSubstr("names a directory, not a file"));
  EXPECT_THAT(sentence(directory / "pipe"), HasSubstr("pipe' is not a regular file"));
  EXPECT_THAT(sentence("/dev/null"), HasSubstr("'/dev/null' is not a regular file"));
  EXPECT_THAT(sentence(directory / "broken"), HasSubstr("is a symbolic link that leads nowhere"));
  EXPECT_THAT(sentence(directory / "missing/result"), HasSubstr("missing' of the output path"));
  EXPECT_THAT(sentence(directory / "missing/result"), HasSubstr("does not exist"));
  EXPECT_THAT(sentence(directory / "file/result"), HasSubstr("file"));
  EXPECT_THAT(sentence(directory / "file/result"), HasSubstr("not a directory"));
  EXPECT_THAT(sentence(directory / std::string(300, 'a')), HasSubstr("name too long"));
  EXPECT_EQ(directory.contents(), before);
}

/// While it lives, the process may only do what an ordinary user may, even when root runs it.
class OrdinaryUser {
 public:
  OrdinaryUser() {
    if (before_ == 0) changed_ = seteuid(65534) == 0;
  }
  ~OrdinaryUser() {
    if (changed_ && seteuid(before_) != 0) ADD_FAILURE() << "cannot become root again";
  }
  OrdinaryUser(const OrdinaryUser&) = delete;
  OrdinaryUser& operator=(const OrdinaryUser&) = delete;

 private:
  uid_t before_ = geteuid();
  bool changed_ = false;
};

TEST(AtomicFile, RespectsPermissions) {
  const TemporaryDirectory directory;
  fs::create_directory(directory / "locked");
  write_text(directory / "locked/file", "protected");
  fs::permissions(directory / "locked/file", fs::perms(0444));
  fs::permissions(directory / "locked", fs::perms(0555));
  {
    const OrdinaryUser user;
    EXPECT_THAT(sentence_of([&] { check_output_path(directory / "locked/result"); }),
                HasSubstr("permission denied"));
    EXPECT_THAT(sentence_of([&] { check_output_path(directory / "locked/file"); }),
                HasSubstr("permission denied"));
  }
  fs::permissions(directory / "locked", fs::perms(0755));
  EXPECT_EQ(read_text(directory / "locked/file"), "protected");
}

TEST(AtomicFile, FindsALimitOnFileSizeBeforeWriting) {
  const TemporaryDirectory directory;
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit small = before;
  small.rlim_cur = 1 << 20;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  {
    const AtomicFile file(directory / "result");
    EXPECT_EQ(sentence_of([&] { file.expect_room(1 << 20); }), "");
    EXPECT_EQ(fs::file_size(file.temporary()), 0U);
    EXPECT_THAT(sentence_of([&] { file.expect_room((1 << 20) + 1); }), HasSubstr("file too large"));
  }
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_THAT(directory.contents(), IsEmpty());
}

}  // namespace
}  // namespace glint::test
