// Every write to the disk fails once, for once or for good: what was reported as committed is there, nothing is half there, and the next
// run brings the rest.
#include <gtest/gtest.h>

#include <optional>
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

TEST(StoreCrash, DiskFullOnce_LosesNothingCommitted) { fail_each_write(false, SQLITE_FULL, 5); }
TEST(StoreCrash, DiskFullForGood_LosesNothingCommitted) { fail_each_write(true, SQLITE_FULL, 5); }
TEST(StoreCrash, DiskBrokenOnce_LosesNothingCommitted) { fail_each_write(false, SQLITE_IOERR_WRITE, 5); }
TEST(StoreCrash, KilledAtAnyWrite_LosesNothingCommitted) { fail_each_write(true, SQLITE_IOERR_WRITE, 1); }

}  // namespace
}  // namespace casus
