// The pool: input order whatever the threads, failures that stay with their article, clean stops.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "cli/pool.h"

namespace casus {
namespace {

constexpr unsigned kForEverMs = 60'000;

/// A JSON Lines file of numbered articles, gone with the test.
class Input {
 public:
  explicit Input(const std::vector<std::string>& lines) {
    static std::atomic<int> count = 0;
    path_ = std::filesystem::temp_directory_path() / ("casus_pool_" + std::to_string(getpid()) + "_" + std::to_string(count++) + ".jsonl");
    std::ofstream file(path_);
    for (const std::string& line : lines) file << line << '\n';
  }
  ~Input() { std::filesystem::remove(path_); }
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  [[nodiscard]] ArticleSource source() const { return {{path_.string()}, {}}; }

 private:
  std::filesystem::path path_;
};

std::string article_line(int number) {
  const std::string id = std::to_string(number);
  return R"({"id":")" + id + R"(","text":"Envoys met for talks number )" + id + R"(."})";
}

std::vector<std::string> article_lines(int count) {
  std::vector<std::string> lines;
  for (int i = 0; i < count; ++i) lines.push_back(article_line(i));
  return lines;
}

/// Prints the article's id, earlier articles slowest, and throws on the ids that end with "3" if asked to.
class Echo : public ArticleWorker {
 public:
  explicit Echo(bool throws = false) : throws_(throws) {}
  void process(const ArticlePtr& article, Outcome& outcome) override {
    const std::string& id = article->fields().id;
    if (id.size() % 2 == 1) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    if (throws_ && id.ends_with("3")) throw std::runtime_error("three");
    outcome.output = id;
  }

 private:
  bool throws_;
};

std::vector<std::string> outputs_of(const Input& input, PoolOptions options, std::vector<Outcome>* all = nullptr, bool throws = false) {
  ArticleSource source = input.source();
  std::vector<std::string> outputs;
  Pool pool(
      source, options, [throws] { return std::make_unique<Echo>(throws); },
      [&](Outcome&& outcome) {
        outputs.push_back(outcome.output);
        if (all != nullptr) all->push_back(std::move(outcome));
        return true;
      });
  EXPECT_TRUE(pool.wait(kForEverMs));
  return outputs;
}

std::vector<std::string> ids(int count) {
  std::vector<std::string> ids;
  for (int i = 0; i < count; ++i) ids.push_back(std::to_string(i));
  return ids;
}

TEST(Pool, keeps_input_order_whatever_the_threads) {
  const Input input(article_lines(200));
  for (const unsigned threads : {1U, 2U, 8U}) EXPECT_EQ(outputs_of(input, {.threads = threads}), ids(200)) << threads;
}

TEST(Pool, empty_input_ends_at_once) { EXPECT_EQ(outputs_of(Input({}), {.threads = 4}), ids(0)); }

TEST(Pool, limit_counts_articles_not_errors) {
  std::vector<std::string> lines = article_lines(10);
  lines.insert(lines.begin() + 1, "{broken");
  std::vector<Outcome> all;
  static_cast<void>(outputs_of(Input(lines), {.threads = 3, .limit = 4}, &all));
  ASSERT_EQ(all.size(), 5U);
  EXPECT_EQ(all[1].fate, Fate::kUnreadable);
  EXPECT_EQ(all[4].output, "3");
}

TEST(Pool, exception_makes_one_article_unreadable) {
  std::vector<Outcome> all;
  static_cast<void>(outputs_of(Input(article_lines(20)), {.threads = 4}, &all, true));
  ASSERT_EQ(all.size(), 20U);
  for (size_t i = 0; i < all.size(); ++i) {
    const bool fails = i % 10 == 3;
    EXPECT_EQ(all[i].fate, fails ? Fate::kUnreadable : Fate::kDone) << i;
    EXPECT_EQ(all[i].error.has_value(), fails);
    EXPECT_EQ(all[i].output.empty(), fails);
  }
  EXPECT_EQ(all[3].error->line, 4U);
  EXPECT_NE(all[3].error->message.find("three"), std::string::npos);
}

TEST(Pool, duplicates_are_found_in_input_order) {
  std::vector<std::string> lines = article_lines(3);
  for (int i = 0; i < 3; ++i) lines.push_back(R"({"id":"again","text":"Envoys met for talks number 1."})");
  for (const bool skip : {true, false}) {
    std::vector<Outcome> all;
    static_cast<void>(outputs_of(Input(lines), {.threads = 4, .skip_duplicates = skip}, &all));
    ASSERT_EQ(all.size(), 6U);
    EXPECT_EQ(all[1].fate, Fate::kDone);
    for (size_t i = 3; i < 6; ++i) EXPECT_EQ(all[i].fate, skip ? Fate::kDuplicate : Fate::kDone);
  }
}

TEST(Pool, article_without_text_is_empty) {
  std::vector<Outcome> all;
  static_cast<void>(outputs_of(Input({R"({"id":"e","text":" \n "})", article_line(1)}), {.threads = 2}, &all));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].fate, Fate::kEmpty);
  EXPECT_EQ(all[1].fate, Fate::kDone);
}

TEST(Pool, consumer_that_has_enough_ends_the_run) {
  const Input input(article_lines(5000));
  ArticleSource source = input.source();
  std::vector<std::string> outputs;
  Pool pool(
      source, {.threads = 4}, [] { return std::make_unique<Echo>(); },
      [&](Outcome&& outcome) {
        outputs.push_back(outcome.output);
        return outputs.size() < 10;
      });
  EXPECT_TRUE(pool.wait(kForEverMs));
  EXPECT_GE(outputs.size(), 10U);
  EXPECT_LE(outputs.size(), 10U + 4 * Pool::kWindowPerThread);
  EXPECT_EQ(outputs, ids(static_cast<int>(outputs.size())));
}

TEST(Pool, stop_hands_on_what_was_begun_and_no_more) {
  const Input input(article_lines(5000));
  ArticleSource source = input.source();
  std::vector<std::string> outputs;
  Pool pool(
      source, {.threads = 4}, [] { return std::make_unique<Echo>(); },
      [&](Outcome&& outcome) {
        outputs.push_back(outcome.output);
        return true;
      });
  EXPECT_FALSE(pool.wait(5));
  pool.stop();
  EXPECT_TRUE(pool.wait(kForEverMs));
  EXPECT_LT(outputs.size(), 5000U);
  EXPECT_EQ(outputs, ids(static_cast<int>(outputs.size())));
}

TEST(Pool, slow_consumer_holds_the_readers_back) {
  const Input input(article_lines(300));
  ArticleSource source = input.source();
  std::atomic<uint64_t> processed = 0;
  std::atomic<uint64_t> handed_on = 0;
  uint64_t most_ahead = 0;
  class Counter : public ArticleWorker {
   public:
    explicit Counter(std::atomic<uint64_t>& count) : count_(count) {}
    void process(const ArticlePtr&, Outcome&) override { ++count_; }

   private:
    std::atomic<uint64_t>& count_;
  };
  Pool pool(
      source, {.threads = 2}, [&] { return std::make_unique<Counter>(processed); },
      [&](Outcome&&) {
        std::this_thread::sleep_for(std::chrono::microseconds(300));
        most_ahead = std::max<uint64_t>(most_ahead, processed - handed_on);
        ++handed_on;
        return true;
      });
  EXPECT_TRUE(pool.wait(kForEverMs));
  EXPECT_EQ(handed_on, 300U);
  EXPECT_LE(most_ahead, 2U * Pool::kWindowPerThread);
}

}  // namespace
}  // namespace casus
