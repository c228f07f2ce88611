// Every write to the disk fails once, for once or for good, and a writer is killed at random moments: what was reported as committed is
// there, nothing is half there, and the next run brings the rest.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "failing_vfs.h"
#include "made_report.h"
#include "store/inspect.h"
#include "store/store.h"

namespace casus {
namespace {

std::vector<Report> reports() {
  std::vector<Report> made;
  for (int i = 0; i < 6; ++i) {
    const std::string number = std::to_string(i);
    made.push_back(
        made_report({.text = "Report number " + number + " of Warsaw, Minsk and Brest tells what happened at the border on Friday.",
                     .url = "https://wire.example/" + number}));
  }
  // A correction of the first, and a duplicate of the second that was published before it.
  made.push_back(made_report({.text = "Warsaw took back what it had said on Friday, and the border near Brest is open again to all.",
                              .url = "https://wire.example/0"}));
  made.push_back(made_report({.text = made[1].article->text(), .url = "https://post.example/1", .published = "2022-02-01"}));
  return made;
}

/// What an attempt to store all reports, two at a time, came to.
struct Attempt {
  size_t committed = 0;  ///< reports whose group was reported as stored
  std::optional<Error> error{};
};

Attempt ingest(const std::string& path, const std::string& vfs) {
  Attempt attempt;
  Result<Store> store = Store::open(path, Database::Mode::kCreate, vfs);
  if (!store) return {.error = store.error()};
  const Result<int64_t> batch = store->begin_batch({.command = "ingest", .coder = {.version = "1"}});
  if (!batch) return {.error = batch.error()};
  const std::vector<Report> all = reports();
  for (size_t i = 0; i < all.size(); i += 2) {
    const Result<AddCounts> added = store->add(std::span(all).subspan(i, 2), *batch);
    if (!added) {
      attempt.error = added.error();
      return attempt;
    }
    attempt.committed = i + 2;
  }
  if (const Result<void> done = store->finish_batch(*batch); !done.ok()) attempt.error = done.error();
  return attempt;
}

/// The logical content: hashes of all articles, their duplicates, versions and sums.
std::string content(const std::string& path) {
  Result<Store> store = Store::open(path, Database::Mode::kRead);
  EXPECT_TRUE(store.ok());
  std::string all;
  for (const char* sql :
       {"SELECT article_id, content_hash, records_hash, (SELECT article_id FROM articles o WHERE o.article = a.duplicate_of) FROM articles "
        "a ORDER BY 1",
        "SELECT content_hash FROM old_versions ORDER BY 1", "SELECT * FROM daily_dyads", "SELECT * FROM daily_articles"}) {
    Result<Query> query = store->database().prepare(sql);
    while (*query->step()) {
      for (int i = 0; i < query->columns(); ++i) all += query->string(i) + "|";
      all += "\n";
    }
  }
  return all;
}

void expect_sound(const std::string& path) {
  Result<Store> store = Store::open(path, Database::Mode::kWrite);
  ASSERT_TRUE(store.ok()) << store.error().to_string();
  const Result<void> checked = check_store(*store, [](const Error& fault) { ADD_FAILURE() << fault.to_string(); });
  EXPECT_TRUE(checked.ok()) << checked.error().to_string();
}

void expect_committed(const std::string& path, size_t committed) {
  Result<Store> store = Store::open(path, Database::Mode::kRead);
  ASSERT_TRUE(store.ok());
  const std::vector<Report> all = reports();
  for (size_t i = 0; i < committed; ++i) EXPECT_NE(*store->standing(*all[i].article), Standing::kNew) << i;
}

/// Fails each write in turn.
void fail_each_write(bool stays_broken, int code, int64_t step) {
  const TemporaryFolder folder;
  const std::string whole = folder.file("whole.db");
  FailingVfs::set(-1, false, code);
  ASSERT_FALSE(ingest(whole, FailingVfs::kName).error);
  const int64_t writes = FailingVfs::writes();
  const std::string expected = content(whole);
  ASSERT_GT(writes, 50);
  size_t failures = 0;
  for (int64_t number = 0; number < writes; number += step) {
    const std::string path = folder.file(std::to_string(number) + ".db");
    FailingVfs::set(number, stays_broken, code);
    const Attempt attempt = ingest(path, FailingVfs::kName);
    FailingVfs::heal();
    if (attempt.error) {
      ++failures;
      EXPECT_EQ(attempt.error->file, path);
      EXPECT_NE(attempt.error->remedy, "") << attempt.error->to_string();
    }
    if (std::filesystem::exists(path) && std::filesystem::file_size(path) > 0 && attempt.committed > 0) {
      expect_sound(path);
      expect_committed(path, attempt.committed);
    }
    const Attempt again = ingest(path, "");
    ASSERT_FALSE(again.error) << number << ": " << again.error->to_string();
    ASSERT_EQ(content(path), expected) << number;
    expect_sound(path);
    ASSERT_FALSE(testing::Test::HasFailure()) << "write " << number;
  }
  EXPECT_GT(failures, 0U);
}

/// Reports of which each is a group, so that kills meet many commits.
std::vector<Report> many_reports() {
  std::vector<Report> made;
  for (int i = 0; i < 24; ++i)
    made.push_back(made_report({.text = "Report number " + std::to_string(i) + " of Warsaw, Minsk and Brest tells what happened on Friday.",
                                .url = "https://wire.example/" + std::to_string(i % 20)}));
  return made;
}

/// Stores them one by one and tells each commit to `told`, until all are there.
void ingest_one_by_one(const std::string& path, int told) {
  Result<Store> store = Store::open(path, Database::Mode::kCreate);
  const Result<int64_t> batch = store->begin_batch({.command = "ingest", .coder = {.version = "1"}});
  for (const Report& report : many_reports()) {
    if (!store->add({&report, 1}, *batch)) _exit(1);
    if (::write(told, ".", 1) != 1) _exit(2);
  }
  static_cast<void>(store->finish_batch(*batch));
}

/// Starts a writer, kills it after some time and gives how many commits it had told of.
size_t kill_writer(const std::string& path, std::chrono::microseconds after) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ingest_one_by_one(path, ends[1]);
    _exit(0);
  }
  ::close(ends[1]);
  ::usleep(static_cast<useconds_t>(after.count()));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  char dots[64];
  size_t told = 0;
  for (ssize_t size = 0; (size = ::read(ends[0], dots, sizeof dots)) > 0;) told += static_cast<size_t>(size);
  ::close(ends[0]);
  return told;
}

TEST(StoreCrash, WriterKilledAt200RandomMoments_LosesNothingCommitted) {
  using Clock = std::chrono::steady_clock;
  const TemporaryFolder folder;
  const std::string whole = folder.file("whole.db");
  const Clock::time_point began = Clock::now();
  const size_t commits = kill_writer(whole, std::chrono::seconds(2));
  ASSERT_EQ(commits, many_reports().size()) << "two seconds were not enough";
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const Clock::time_point again = Clock::now();
  const std::string timed = folder.file("timed.db");
  ingest_one_by_one(timed, ends[1]);
  const auto needed = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - again);
  ASSERT_LT(needed, again - began);
  const std::string expected = content(whole);
  std::mt19937 dice(7);
  std::set<size_t> moments;
  for (int round = 0; round < 200; ++round) {
    const std::string path = folder.file(std::to_string(round) + ".db");
    const size_t told = kill_writer(path, std::chrono::microseconds(dice() % (needed.count() + 1)));
    moments.insert(told);
    const bool is_begun = std::filesystem::exists(path) && std::filesystem::file_size(path) > 0;
    ASSERT_TRUE(is_begun || told == 0);
    if (told > 0) {
      expect_sound(path);
      Result<Store> store = Store::open(path, Database::Mode::kRead);
      const std::vector<Report> all = many_reports();
      for (size_t i = 0; i < told; ++i) EXPECT_NE(*store->standing(*all[i].article), Standing::kNew) << i;
    }
    ingest_one_by_one(path, ends[1]);
    ASSERT_EQ(content(path), expected) << "killed after " << told << " commits";
    std::filesystem::remove(path);
  }
  EXPECT_GT(moments.size(), 10U) << "kills are to meet many different commits";
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(StoreCrash, DiskFullOnce_LosesNothingCommitted) { fail_each_write(false, SQLITE_FULL, 5); }
TEST(StoreCrash, DiskFullForGood_LosesNothingCommitted) { fail_each_write(true, SQLITE_FULL, 5); }
TEST(StoreCrash, DiskBrokenOnce_LosesNothingCommitted) { fail_each_write(false, SQLITE_IOERR_WRITE, 5); }
TEST(StoreCrash, KilledAtAnyWrite_LosesNothingCommitted) { fail_each_write(true, SQLITE_IOERR_WRITE, 1); }

}  // namespace
}  // namespace casus
