// Which files are opened as databases, and what is said of the others.
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "made_report.h"
#include "store/schema.h"
#include "store/store.h"

namespace casus {
namespace {

class SchemaTest : public testing::Test {
 protected:
  Error error_of(Database::Mode mode = Database::Mode::kCreate) {
    const auto store = Store::open(path_, mode);
    EXPECT_FALSE(store.ok());
    return store.ok() ? Error{} : store.error();
  }
  void expect_error(const std::string& words, ErrorCode code = ErrorCode::kBadDatabase, Database::Mode mode = Database::Mode::kCreate) {
    const Error error = error_of(mode);
    EXPECT_EQ(error.code, code) << error.to_string();
    EXPECT_NE(error.to_string().find(words), std::string::npos) << error.to_string();
    EXPECT_EQ(error.file, path_);
    EXPECT_NE(error.remedy, "") << error.to_string();
  }
  void change(const std::string& sql) {
    auto database = Database::open(path_, Database::Mode::kCreate, 0);
    ASSERT_TRUE(database.ok());
    const auto done = database->run(sql);
    ASSERT_TRUE(done.ok()) << done.error().to_string();
  }
  void make() { ASSERT_TRUE(Store::open(path_, Database::Mode::kCreate).ok()); }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("a b%#?.db");  // what an address must not take for its own
};

TEST_F(SchemaTest, NoFile_IsMadeOnlyWhereAsked) {
  expect_error("no database there", ErrorCode::kNotFound, Database::Mode::kRead);
  expect_error("no database there", ErrorCode::kNotFound, Database::Mode::kWrite);
  make();
  EXPECT_TRUE(Store::open(path_, Database::Mode::kRead).ok());
  EXPECT_TRUE(Store::open(path_, Database::Mode::kWrite).ok());
}

TEST_F(SchemaTest, OtherFiles_AreRefusedAndUntouched) {
  std::ofstream(path_) << std::string(5000, 'x');
  expect_error("is no database of casus");
  std::ifstream file(path_);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), std::string(5000, 'x'));
}

TEST_F(SchemaTest, OtherDatabases_AreRefused) {
  change("CREATE TABLE recipes (name TEXT)");
  expect_error("none of casus");
}

TEST_F(SchemaTest, NewerDatabase_SaysSo) {
  make();
  change("PRAGMA user_version = 99");
  expect_error("schema version 99");
}

TEST_F(SchemaTest, OlderDatabase_IsNotReadBeforeItIsBroughtUpToDate) {
  make();
  change(
      "DROP INDEX incidents_in_order; CREATE INDEX incidents_by_day ON incidents (first_day, last_day); "
      "CREATE INDEX incidents_by_report ON incidents (last_report); DROP TABLE ungrouped; PRAGMA user_version = 1");
  expect_error("schema version 1 of an earlier casus", ErrorCode::kBadDatabase, Database::Mode::kRead);
  EXPECT_TRUE(Store::open(path_, Database::Mode::kWrite).ok());
  EXPECT_TRUE(Store::open(path_, Database::Mode::kRead).ok());
}

TEST_F(SchemaTest, ChangedTables_AreRefused) {
  make();
  change("DROP INDEX events_by_day");
  expect_error("events_by_day");
  change("CREATE INDEX events_by_day ON events (first_day)");
  expect_error("events_by_day");
}

TEST_F(SchemaTest, Triggers_AreRefused) {
  make();
  change("CREATE TRIGGER meddle AFTER INSERT ON events BEGIN DELETE FROM articles; END");
  expect_error("trigger meddle");
}

TEST_F(SchemaTest, ViewsAndIndicesOfOthers_AreNoFault) {
  make();
  change("CREATE VIEW mine AS SELECT * FROM events; CREATE INDEX mine_too ON events (rule)");
  EXPECT_TRUE(Store::open(path_, Database::Mode::kRead).ok());
}

TEST_F(SchemaTest, Folder_IsNoDatabase) {
  std::filesystem::create_directory(path_);
  expect_error("is a folder", ErrorCode::kUnreadable);
}

TEST_F(SchemaTest, FolderThatIsNotThere_IsNamed) {
  path_ = folder_.file("none/a.db");
  expect_error("cannot be opened", ErrorCode::kUnreadable);
}

/// Steps such as a later version may bring.
std::vector<Migration> later_steps(const std::string& second) {
  return {{.from = kSchemaVersion, .sql = "ALTER TABLE events ADD COLUMN weight REAL; UPDATE events SET weight = 1"},
          {.from = kSchemaVersion + 1, .sql = second}};
}

class MigrationTest : public SchemaTest {
 protected:
  MigrationTest() { make(); }
  Database open() { return *Database::open(path_, Database::Mode::kWrite, 0); }
  int64_t version() { return *open().number("PRAGMA user_version"); }
};

TEST_F(MigrationTest, Steps_AreTakenOnceAndInOrder) {
  Database database = open();
  const std::vector<Migration> steps = later_steps("CREATE TABLE lists (list INTEGER PRIMARY KEY) STRICT");
  ASSERT_TRUE(migrate(database, steps).ok());
  EXPECT_EQ(version(), kSchemaVersion + 2);
  EXPECT_EQ(*database.number("SELECT count(*) FROM lists"), 0);
  ASSERT_TRUE(migrate(database, steps).ok()) << "what was taken is passed over";
  EXPECT_EQ(version(), kSchemaVersion + 2);
}

TEST_F(MigrationTest, BrokenStep_LeavesTheVersionBeforeIt) {
  Database database = open();
  EXPECT_FALSE(migrate(database, later_steps("CREATE TABLE lists (list INTEGER PRIMARY KEY) STRICT; nonsense")).ok());
  EXPECT_EQ(version(), kSchemaVersion + 1);
  EXPECT_EQ(*database.number("SELECT count(*) FROM sqlite_schema WHERE name = 'lists'"), 0);
  ASSERT_TRUE(migrate(database, later_steps("CREATE TABLE lists (list INTEGER PRIMARY KEY) STRICT")).ok());
  EXPECT_EQ(version(), kSchemaVersion + 2);
}

TEST_F(MigrationTest, MigratedFile_IsRefusedByTheOlderProgram) {
  Database database = open();
  ASSERT_TRUE(migrate(database, later_steps("SELECT 1")).ok());
  expect_error("this casus knows up to " + std::to_string(kSchemaVersion));
}

}  // namespace
}  // namespace casus
