#include "crisis/regroup.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/assert.h"

namespace casus {
namespace {

/// Goes through the mentions in the order in which incidents are built. Each stays where it is kept, unless it is fresh or looks on a
/// shelf where some incident is not as it was when it was kept: then it decides again, among the drafts as they are when it is its turn.
class Regrouping {
 public:
  Regrouping(KeptMentions& kept, const CrisisRules& rules, const Lexicon& lexicon) : kept_(kept), rules_(rules), lexicon_(lexicon) {}

  Result<Regrouped> run(std::vector<KeptMention> fresh) {
    for (KeptMention& mention : fresh) waiting_.insert(add(std::move(mention)));
    while (!waiting_.empty()) {
      const uint32_t next = *waiting_.begin();
      waiting_.erase(waiting_.begin());
      if (Result<void> done = take(next); !done.ok()) return done.error();
    }
    return result();
  }

 private:
  /// A mention with what decides about it.
  struct Entry {
    KeptMention kept{};
    Facts facts{};
    Rank rank{};
    std::vector<uint64_t> looks{};
  };
  /// An incident in the making, of entries.
  struct Sketch {
    Draft draft{};
    uint32_t first = 0;       ///< the entry that began it
    int64_t group = 0;        ///< that it is kept as
    bool is_changed = false;  ///< has mentions that its group has not, or lacks some
  };
  /// An incident as it is kept.
  struct Group {
    uint32_t first = 0;  ///< the entry that begins it
    std::optional<uint32_t> sketch{};
  };
  struct Before {
    const std::deque<Entry>* entries;
    bool operator()(uint32_t a, uint32_t b) const { return (*entries)[a].rank < (*entries)[b].rank; }
  };
  struct BeganBefore {
    const Regrouping* all;
    bool operator()(uint32_t a, uint32_t b) const { return all->rank_of_sketch(a) < all->rank_of_sketch(b); }
  };

  [[nodiscard]] const Rank& rank_of_sketch(uint32_t sketch) const { return entries_[sketches_[sketch].first].rank; }

  uint32_t add(KeptMention mention) {
    Entry& entry = entries_.emplace_back();
    entry.kept = std::move(mention);
    entry.facts = facts_of(entry.kept.mention, entry.kept.published, rules_, lexicon_);
    entry.rank = rank_of(entry.facts, entry.kept.article_id, entry.kept.position);
    entry.looks = shelves_to_look_on(entry.facts);
    return static_cast<uint32_t>(entries_.size() - 1);
  }

  /// Gives a mention its place.
  Result<void> take(uint32_t index) {
    now_ = index;
    const KeptMention& kept = entries_[index].kept;
    std::optional<uint32_t> into;
    if (decides(entries_[index])) {
      if (Result<void> done = load_around(index); !done.ok()) return done;
      const auto draft_at = [&](uint32_t sketch) -> const Draft& { return sketches_[sketch].draft; };
      into = best_candidate(entries_[index].facts, shelves_.candidates(entries_[index].looks), draft_at);
    } else if (const Group& group = groups_.at(kept.group); group.first != index) {
      CASUS_ASSERT(group.sketch.has_value());  // else its shelves are changed, and it decides
      into = group.sketch;
    }
    const bool begins_its_group = !into && kept.group != 0 && groups_.at(kept.group).first == index;
    const bool stays = into ? kept.group != 0 && sketches_[*into].group == kept.group : begins_its_group;
    const uint32_t sketch = into ? *into : begin(index, begins_its_group ? kept.group : 0);
    if (into) join(entries_[index].facts, index, sketches_[*into].draft);
    if (stays) return {};
    if (Result<void> done = change(sketch); !done.ok()) return done;
    return kept.group == 0 ? Result<void>() : leave(index);
  }

  [[nodiscard]] bool decides(const Entry& entry) const {
    return entry.kept.group == 0 || std::ranges::any_of(entry.looks, [&](uint64_t shelf) { return changed_.contains(shelf); });
  }

  uint32_t begin(uint32_t index, int64_t group) {
    const Facts& facts = entries_[index].facts;
    const auto sketch = static_cast<uint32_t>(sketches_.size());
    sketches_.push_back({.draft = begin_draft(facts, index), .first = index, .group = group});
    shelves_.add(sketch, shelves_to_stand_on(facts));
    if (group != 0) groups_.at(group).sketch = sketch;
    return sketch;
  }

  /// Has a draft that differs, from here on, from the one that its mentions and others saw when they were kept.
  Result<void> change(uint32_t sketch) {
    sketches_[sketch].is_changed = true;
    if (sketches_[sketch].group != 0) gone_.insert(sketches_[sketch].group);
    return change_around(sketches_[sketch].first);
  }

  /// The group that the mention is kept in has lost it.
  Result<void> leave(uint32_t index) {
    const int64_t group = entries_[index].kept.group;
    gone_.insert(group);
    if (const std::optional<uint32_t> sketch = groups_.at(group).sketch) return change(*sketch);
    return change_around(groups_.at(group).first);  // nobody begins it any more
  }

  /// Whoever looks where this mention's incident stands, or stood, is to decide again.
  Result<void> change_around(uint32_t first) {
    for (const uint64_t shelf : shelves_to_stand_on(entries_[first].facts)) changed_.insert(shelf);
    return load_around(first);
  }

  /// Loads what may look on the shelves where this mention's incident would stand, or may stand where it looks.
  Result<void> load_around(uint32_t index) {
    const Facts& facts = entries_[index].facts;
    const Bins bins = bins_of(facts.reach);
    std::set<std::string> countries;
    for (const std::vector<Party>* side : {&facts.mention->source, &facts.mention->target}) {
      for (const Party& party : *side) countries.insert(party.country);
    }
    for (const std::string& country : countries) {
      for (int32_t bin = bins.first; bin <= bins.last; ++bin) {
        Neighbourhood near{.family = facts.rule->family, .country = country, .bin = bin};
        if (!known_.insert(near).second) continue;
        Result<std::vector<KeptMention>> mentions = kept_.near(near);
        if (!mentions) return std::move(mentions).error();
        add_groups(*std::move(mentions));
      }
    }
    return {};
  }

  /// Brings whole groups up to the turn that it is: what of them had its turn before has stayed where it was, since it looked on no shelf
  /// that has changed.
  void add_groups(std::vector<KeptMention> mentions) {
    std::map<int64_t, std::vector<uint32_t>> members;
    for (KeptMention& mention : mentions) {
      const int64_t group = mention.group;
      members[group].push_back(add(std::move(mention)));
    }
    for (auto& [group, entries] : members) {
      std::ranges::sort(entries, before_);
      groups_.emplace(group, Group{.first = entries.front()});
      const auto now = std::ranges::lower_bound(entries, now_, before_);
      if (now != entries.begin()) {
        const uint32_t sketch = begin(entries.front(), group);
        for (auto entry = entries.begin() + 1; entry != now; ++entry) join(entries_[*entry].facts, *entry, sketches_[sketch].draft);
      }
      waiting_.insert(now, entries.end());
    }
  }

  Regrouped result() const {
    Regrouped found{.gone = {gone_.begin(), gone_.end()}, .is_crowded = shelves_.is_crowded()};
    for (const Sketch& sketch : sketches_) {
      if (!sketch.is_changed) continue;
      std::vector<int64_t>& group = found.groups.emplace_back();
      for (const uint32_t entry : sketch.draft.mentions) group.push_back(entries_[entry].kept.number);
    }
    return found;
  }

  KeptMentions& kept_;
  const CrisisRules& rules_;
  const Lexicon& lexicon_;
  std::deque<Entry> entries_{};  // a deque, since facts, ranks and drafts point into it
  std::deque<Sketch> sketches_{};
  std::unordered_map<int64_t, Group> groups_{};
  std::set<Neighbourhood> known_{};
  std::unordered_set<uint64_t> changed_{};  ///< shelves
  std::set<int64_t> gone_{};
  Before before_{&entries_};
  std::set<uint32_t, Before> waiting_{before_};
  DraftShelves<BeganBefore> shelves_{BeganBefore{this}};
  uint32_t now_ = 0;  ///< whose turn it is
};

}  // namespace

Result<Regrouped> regroup(std::vector<KeptMention> fresh, KeptMentions& kept, const CrisisRules& rules, const Lexicon& lexicon) {
  return Regrouping(kept, rules, lexicon).run(std::move(fresh));
}

}  // namespace casus
