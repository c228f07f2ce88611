#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include <casus/report.h>

#include "crisis/crisis_builder.h"
#include "lexicon/lexicon.h"

namespace casus {

/// How a made history goes, as shares of its mentions where nothing else is said. How often dates, places, modes and sides are missing is
/// as in 1,200 events that casus codes from the news reports of docs/performance.md and examples/; the rest is a guess.
struct HistoryRates {
  double undated = 0.62;         ///< gives no date
  double coarse = 0.08;          ///< gives a month or a week
  double next_day = 0.02;        ///< gives the day before or after
  double no_source = 0.04;       ///< names no source
  double no_target = 0.25;       ///< names no target
  double no_mode = 0.40;         ///< says nothing closer than the type
  double no_persons = 0.40;      ///< leaves out the people
  double placed = 0.20;          ///< gives the place
  double other_type = 0.04;      ///< is coded as a sibling: ACCUSE for THREATEN, SUPPORT for AID
  double other_organ = 0.15;     ///< names a side's army for its government, or the other way round
  double other_side = 0.02;      ///< names a side's people or parliament for its government
  double third_party = 0.03;     ///< names one more side
  double other_quantity = 0.15;  ///< of those with a number: gives another
  double invented = 0.03;        ///< tells of nothing: who, what and when by chance; an incident of its own
  double late = 0.04;            ///< comes 15 to 200 days after the act
  double twice = 0.06;           ///< is told twice by its article, which agrees with itself
  double words = 0.60;           ///< of the words that tell of the act: stands in a report of it
  double wire_copies = 0.10;     ///< of the articles: the text of another, with other first words, under another outlet
  double announced = 0.20;       ///< of the incidents that can be: told as plans 1 to 10 days ahead
  double denied = 0.05;          ///< of the incidents of force: one mention more, denied
};

/// A kind of act: how often it is, and what of it can be known.
struct HistoryKind {
  const char* type;
  const char* mode;
  double share;
  bool persons;    ///< ministers and the like do it
  bool announced;  ///< can be told ahead
  bool force;      ///< can be denied
  const char* number;
  const char* sibling;  ///< the type it is taken for
};
/// A history of crises with known truth: incidents of dyads of which few are busy, each told by several articles, as the rates say.
/// The same seed gives the same history. Threads: one at a time.
class MadeHistory {
 public:
  /// About `events` events in a fifth as many articles; the more events the more days, at the same number of acts a day.
  MadeHistory(size_t events, const Lexicon& lexicon, const HistoryRates& rates = {}, uint32_t seed = 1);

  [[nodiscard]] const std::vector<Report>& reports() const { return reports_; }
  /// The true incident of an event, by its id.
  [[nodiscard]] uint32_t truth(const std::string& event_id) const { return truths_.at(event_id); }
  [[nodiscard]] size_t events() const { return truths_.size(); }
  [[nodiscard]] size_t incidents() const { return incidents_; }

 private:
  struct Side {
    size_t country = 0;
    const char* sector = "GOV";
    size_t person = 0;
  };
  struct Act {
    const HistoryKind* kind = nullptr;
    Side source{};
    Side target{};
    int32_t day = 0;
    size_t place = 0;
    double number = 0;
    std::array<size_t, 5> words{};  ///< what its reports have in common, besides the actors
  };
  struct Telling {
    uint32_t act = 0;
    uint32_t truth = 0;
    const char* status = "actual";
  };
  [[nodiscard]] double share() { return std::uniform_real_distribution<>(0, 1)(random_); }
  [[nodiscard]] bool chance(double rate) { return share() < rate; }
  [[nodiscard]] size_t below(size_t count) { return std::uniform_int_distribution<size_t>(0, count - 1)(random_); }
  [[nodiscard]] size_t often_low(size_t count);
  [[nodiscard]] Side make_side();
  [[nodiscard]] Act make_act();
  void tell(uint32_t number);
  void write_articles(int32_t day, std::vector<Telling>& tellings);
  void write_article(int32_t day, const std::vector<Telling>& tellings);
  void keep(int32_t day, const std::string& text, std::vector<Event> events, const std::vector<uint32_t>& truths, uint32_t shift = 0);
  [[nodiscard]] Event make_event(const Act& act, const char* status, std::string& text);
  void name_sides(const Act& act, Event& event);
  void give_date(const Act& act, Event& event);
  void give_details(const Act& act, Event& event);

  const Lexicon& lexicon_;
  const HistoryRates rates_;
  std::mt19937 random_;
  std::vector<std::pair<size_t, size_t>> dyads_{};
  std::vector<Act> acts_{};
  std::map<int32_t, std::vector<Telling>> days_{};
  std::vector<Report> reports_{};
  std::unordered_map<std::string, uint32_t> truths_{};
  size_t incidents_ = 0;
  size_t told_ = 0;
  int32_t last_day_ = 0;
};

/// How well groups of things are those of the truth: each thing's group beside its true one, meaned over all (B³).
struct Agreement {
  double precision = 0;
  double recall = 0;
  [[nodiscard]] double f1() const { return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0; }
};

/// `truth` and `found` give the group of each thing.
[[nodiscard]] Agreement b_cubed(const std::vector<uint32_t>& truth, const std::vector<uint32_t>& found);

/// Of the incidents of a crisis that was built from the history.
[[nodiscard]] Agreement agreement_of(const MadeHistory& history, const Crisis& crisis);
/// Of the grouping that everybody begins with: who towards whom, type, day; the day of publication where no day is given.
[[nodiscard]] Agreement agreement_of_dyad_type_day(const MadeHistory& history);

}  // namespace casus
