// What is offered to a judge: sentences as the real parser reads them, with the shipped dictionaries; and the bounds on sentences without
// end, parsed by hand.
#include "reading/proposals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "parsed_document.h"
#include "sanitized.h"
#include "shipped_lexicon.h"
#include "test_model.h"

namespace casus {
namespace {

std::string countries(const std::vector<Actor>& actors) {
  std::string text;
  for (const Actor& actor : actors) text += (text.empty() ? "" : "+") + (actor.country.empty() ? actor.sector : actor.country);
  return text.empty() ? "-" : text;
}

/// A paragraph as the real parser reads it.
class ReadText {
 public:
  explicit ReadText(const std::string& text)
      : article_({}, text, {{.span = {0, static_cast<uint32_t>(text.size())}}}),
        workspace_(*test_model()),
        doc_(analyse(article_, *test_model(), workspace_)),
        syntax_(*doc_),
        actors_(syntax_, shipped_lexicon()) {}

  [[nodiscard]] const Syntax& syntax() const { return syntax_; }
  [[nodiscard]] std::vector<Proposal> proposals(const std::unordered_set<uint32_t>& taken = {}) const {
    return find_proposals(syntax_, actors_, shipped_lexicon(), taken);
  }
  [[nodiscard]] uint32_t find(std::string_view word) const {
    for (uint32_t token = 0; token < syntax_.size(); ++token) {
      if (syntax_.text(token) == word) return token;
    }
    ADD_FAILURE() << "no " << word;
    return 0;
  }

 private:
  Article article_;
  Workspace workspace_;
  std::unique_ptr<Document> doc_;
  Syntax syntax_;
  Actors actors_;
};

/// What is offered for a text, as "word further-words: SOURCE > TARGET".
std::vector<std::string> offers(const std::string& text) {
  const ReadText read(text);
  std::vector<std::string> all;
  for (const Proposal& proposal : read.proposals()) {
    std::string offer(read.syntax().text(proposal.trigger));
    for (const uint32_t word : proposal.words) offer.append(" ").append(read.syntax().text(word));
    all.push_back(offer + ": " + countries(proposal.source) + " > " + countries(proposal.target));
  }
  return all;
}

bool has(const std::vector<std::string>& all, const std::string& offer) { return std::find(all.begin(), all.end(), offer) != all.end(); }

void expect_offer(const std::string& text, const std::string& offer) {
  const auto all = offers(text);
  std::string listed;
  for (const std::string& other : all) listed += "\n  " + other;
  EXPECT_TRUE(has(all, offer)) << text << "\nlacks " << offer << " among" << listed;
}

/// What stands first among the offers of its trigger.
void expect_first(const std::string& text, const std::string& offer) {
  const std::string trigger = offer.substr(0, offer.find(':') + 1);
  for (const std::string& other : offers(text)) {
    if (!other.starts_with(trigger)) continue;
    EXPECT_EQ(other, offer) << text;
    return;
  }
  ADD_FAILURE() << text << "\nlacks " << offer;
}

void expect_no_offer(const std::string& text, const std::string& offer) {
  const auto all = offers(text);
  EXPECT_FALSE(has(all, offer)) << text << "\nhas " << offer;
}

TEST(proposals, verbs_join_subject_and_object) {
  expect_offer("Norway serenaded Peru.", "serenaded: NOR > PER");
  expect_offer("Peru was serenaded by Norway.", "serenaded: NOR > PER");
  expect_offer("Norway, which serenaded Peru in May, is tired.", "serenaded: NOR > PER");
  expect_offer("Norway wants to serenade Peru.", "serenade: NOR > PER");
  expect_offer("Norway rested and serenaded Peru.", "serenaded: NOR > PER");
}

TEST(proposals, targets_stand_behind_prepositions_too) {
  expect_first("Norway sneered at Peru.", "sneered: NOR > PER");
  expect_offer("Norway fired its last salvo of tariffs at Peru.", "fired: NOR > PER");
  expect_offer("Norway closed ranks with Peru.", "closed: NOR > PER");
}

TEST(proposals, things_stand_for_their_owners) {
  expect_offer("Norway derided Peru's gambit.", "derided: NOR > PER");
  expect_offer("Norway derided the gambit of the Peruvian president.", "derided: NOR > PER");
}

TEST(proposals, contents_tell_who_is_meant) {
  expect_first("Norway urged that Peru stop the drills.", "urged: NOR > PER");
  expect_first("Norway said Peru was lying.", "said: NOR > PER");
  expect_offer("Norway readied itself to shadow ships of Peru.", "shadow: NOR > PER");
}

TEST(proposals, nouns_have_owners_and_parties) {
  expect_offer("Norway's gibe against Peru went unnoticed.", "gibe: NOR > PER");
  expect_offer("A gibe by Norway at Peru went unnoticed.", "gibe: NOR > PER");
  expect_offer("The feud between Norway and Peru went on.", "feud: NOR > PER");
  expect_offer("Norwegian officials spoke of a crackdown on Peruvian fishermen.", "crackdown: NOR > PER");
}

TEST(proposals, light_verbs_lend_their_nouns_a_subject) {
  expect_offer("Norway launched a blitz against Peru.", "blitz launched: NOR > PER");
  expect_offer("A blitz against Peru was launched by Norway.", "blitz launched: NOR > PER");
  expect_no_offer("Norway launched a blitz against Peru.", "launched: NOR > PER");
}

TEST(proposals, particles_belong_to_the_trigger) { expect_offer("Norway called off the summit with Peru.", "called off: NOR > PER"); }

TEST(proposals, one_side_is_enough_for_a_verb) {
  expect_offer("Norwegian troops dug in.", "dug in: NOR > -");
  expect_offer("Peru was humbled.", "humbled: - > PER");
}

TEST(proposals, a_subject_of_many_is_split) { expect_offer("Norway and Peru made up.", "made up: NOR > PER"); }

TEST(proposals, who_announces_a_passive_may_do_it) {
  expect_first("Norway announced that flights to Peru would be scrapped.", "scrapped: NOR > PER");
}

TEST(proposals, sides_may_stand_in_the_sentence_before) {
  expect_offer("Peru blamed Norway. The Norwegian ministry shrugged.", "shrugged: NOR > PER");
}

TEST(proposals, nobody_is_no_side) {
  EXPECT_EQ(offers("The rain stopped and the rivers fell."), std::vector<std::string>());
  EXPECT_EQ(offers(""), std::vector<std::string>());
}

TEST(proposals, auxiliaries_names_and_officials_are_no_acts) {
  for (const std::string& offer : offers("Norway's minister has been in Peru on Monday.")) {
    EXPECT_FALSE(offer.starts_with("has") || offer.starts_with("been") || offer.starts_with("minister") || offer.starts_with("Monday"))
        << offer;
  }
}

TEST(proposals, times_of_the_day_are_no_acts) {
  const auto found = offers("Tonight Norway's morning talks with Peru were the day's news.");
  EXPECT_FALSE(found.empty());
  for (const std::string& offer : found) {
    EXPECT_FALSE(offer.starts_with("Tonight") || offer.starts_with("morning") || offer.starts_with("day")) << offer;
  }
}

TEST(proposals, nobody_acts_towards_himself) {
  for (const std::string& offer : offers("Norway said that Norway would wait, and it waited for Norway."))
    EXPECT_EQ(offer.find("NOR > NOR"), std::string::npos) << offer;
}

TEST(proposals, what_frames_have_taken_is_left_to_them) {
  const ReadText read("Norway serenaded Peru.");
  EXPECT_FALSE(read.proposals().empty());
  EXPECT_TRUE(read.proposals({read.find("serenaded")}).empty());
}

TEST(proposals, heads_are_the_tokens_that_name_the_sides) {
  const ReadText read("Norway derided Peru's gambit.");
  const auto all = read.proposals();
  const auto derided = std::find_if(all.begin(), all.end(), [&](const Proposal& one) { return one.trigger == read.find("derided"); });
  ASSERT_NE(derided, all.end());
  EXPECT_EQ(derided->source_head, read.find("Norway"));
  EXPECT_EQ(derided->target_head, read.find("Peru"));
}

TEST(proposals, a_trigger_has_a_few_and_the_order_is_that_of_the_text) {
  const ReadText read("Norway, Peru, Chile, Kenya and Mali told Ghana, Togo and Benin that Spain and Italy had mocked France and Japan.");
  std::map<uint32_t, size_t> counts;
  uint32_t before = 0;
  for (const Proposal& proposal : read.proposals()) {
    EXPECT_LE(before, proposal.trigger);
    before = proposal.trigger;
    EXPECT_LE(++counts[proposal.trigger], kMaxProposalsPerTrigger);
  }
  EXPECT_FALSE(counts.empty());
}

/// A sentence of 10,000 times the same two words, all of them joined to its first verb, and what is proposed of it, in time.
std::vector<Proposal> proposals_of_endless(const std::string& verb, const std::string& noun) {
  std::string lines = "Norway Norway NNP PROPN nsubj 2 GPE\nmocked mock VBD VERB ROOT 0\nPeru Peru NNP PROPN dobj 2 GPE\n";
  for (int i = 0; i < 10'000; ++i) lines += verb + " conj 2\n" + noun + " dobj " + std::to_string(4 + 2 * i) + "\n";
  const ParsedDocument parsed(lines);
  const Syntax syntax(parsed.doc());
  const Actors actors(syntax, shipped_lexicon());
  const auto start = std::chrono::steady_clock::now();
  auto all = find_proposals(syntax, actors, shipped_lexicon(), {});
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(500) * kSlowness);
  return all;
}

TEST(proposals, a_sentence_without_end_is_bounded) {
  for (const auto& [verb, noun] :
       {std::pair("mocked mock VBD VERB", "Peru Peru NNP PROPN"), std::pair("made make VBN VERB", "visit visit NN NOUN")}) {
    const auto all = proposals_of_endless(verb, noun);
    EXPECT_FALSE(all.empty()) << verb;
    EXPECT_LE(all.size(), kMaxProposalsPerSentence) << verb;
  }
}

}  // namespace
}  // namespace casus
