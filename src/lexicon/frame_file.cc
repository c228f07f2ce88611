#include "lexicon/frame_file.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "lexicon/table_file.h"

namespace casus {
namespace {

using Words = std::vector<std::string>;

/// What is wrong with a line, before file and number are known.
struct Fault {
  std::string message;
  std::string remedy;
};

/// One element of a pattern line as written: "SOURCE[a|b]", "(with)", "+off", "talks|meeting", …
struct Element {
  std::string head = {};           ///< without brackets
  Words words = {};                ///< in the brackets
  SlotKind kind = SlotKind::kAny;  ///< by what stands behind: "@place"
  bool optional = false;           ///< in parentheses
  bool closes = false;             ///< last inside its parentheses
};

constexpr std::string_view kThing = "THING";
constexpr std::string_view kNothing = "NOTHING";
constexpr std::pair<std::string_view, SlotKind> kSlotMarks[] = {{"@place", SlotKind::kPlace}, {"@person", SlotKind::kPerson}};

bool is_slot(std::string_view head) { return head == "SOURCE" || head == "TARGET" || head == "ANY"; }

FrameRole role_of(std::string_view head) {
  if (head == "SOURCE" || head == "SOURCE's") return FrameRole::kSource;
  return head == "TARGET" || head == "TARGET's" ? FrameRole::kTarget : FrameRole::kNone;
}

Words to_words(std::string_view text) {
  Words words;
  for (const std::string_view word : split_list(text, '|')) words.emplace_back(word);
  return words;
}

/// Splits a line at blanks, with parentheses and brackets understood.
std::optional<Fault> split_elements(std::string_view line, std::vector<Element>& elements) {
  bool inside = false;
  for (const std::string_view raw : split_list(line, ' ')) {
    std::string_view text = raw;
    if (text.front() == '(') {
      if (inside) return Fault{"parentheses stand inside parentheses", "close the first pair before opening another"};
      inside = true;
      text.remove_prefix(1);
    }
    Element element{.optional = inside};
    if (!text.empty() && text.back() == ')') {
      if (!inside) return Fault{"\")\" without \"(\"", "open the parentheses"};
      inside = false;
      element.closes = true;
      text.remove_suffix(1);
    }
    const size_t bracket = text.find('[');
    if (bracket != std::string_view::npos) {
      const bool of_slot = bracket == 0 || is_slot(text.substr(0, bracket)) || text.substr(0, bracket) == "to-do" ||
                           text.substr(0, bracket) == "doing" || text.substr(0, bracket) == "that-do" || text.substr(0, bracket) == "that";
      if (!of_slot) return Fault{"brackets inside of words in \"" + std::string(raw) + "\"", "write military_aid|money"};
      if (text.back() != ']') return Fault{"\"[\" without \"]\" in \"" + std::string(raw) + "\"", "write [word|word] without blanks"};
      element.words = to_words(text.substr(bracket + 1, text.size() - bracket - 2));
      if (element.words.empty()) return Fault{"empty brackets", "write [word|word]"};
    }
    element.head = std::string(text.substr(0, bracket));
    for (const auto& [mark, kind] : kSlotMarks) {
      if (!element.head.ends_with(mark)) continue;
      element.kind = kind;
      element.head.resize(element.head.size() - mark.size());
    }
    if (element.head.empty() && element.words.empty()) return Fault{"empty parentheses", "write (SOURCE) or (with)"};
    elements.push_back(std::move(element));
  }
  if (inside) return Fault{"\"(\" without \")\"", "close the parentheses"};
  return std::nullopt;
}

/// Builds a pattern from its elements, left to right.
class PatternBuilder {
 public:
  PatternBuilder(const std::vector<Element>& elements, const std::unordered_set<std::string>& prepositions)
      : elements_(elements), prepositions_(prepositions) {}

  std::optional<Fault> build(Pattern& pattern) {
    pattern_ = &pattern;
    if (!elements_.empty() && elements_[0].head == "noun") pattern.kind = PatternKind::kNoun;
    if (!elements_.empty() && elements_[0].head == "adj") pattern.kind = PatternKind::kAdjective;
    for (at_ = pattern.kind == PatternKind::kVerb ? 0 : 1; at_ < elements_.size(); ++at_) {
      if (pattern.parts.size() >= kMaxPatternParts) return Fault{"more than " + std::to_string(kMaxPatternParts) + " parts", "shorten it"};
      if (auto fault = add(elements_[at_])) return fault;
    }
    if (!pending_.empty()) return Fault{"brackets with no word behind them", "write the word that they qualify"};
    for (FramePart& part : pattern.parts) std::sort(part.words.begin(), part.words.end());
    std::sort(pattern.triggers.begin(), pattern.triggers.end());
    pattern.has_phrases = std::any_of(pattern.triggers.begin(), pattern.triggers.end(),
                                      [](const std::string& word) { return word.find(kPhraseMark) != std::string::npos; });
    if (pattern.triggers.empty()) return Fault{"pattern has no verb, noun or adjective", "write its lemma, e.g. SOURCE meet TARGET"};
    return std::nullopt;
  }

 private:
  bool has_trigger() const { return !pattern_->triggers.empty(); }
  bool is_preposition(const Element& element) const {
    const Words words = to_words(element.head);
    return !words.empty() && std::all_of(words.begin(), words.end(), [&](const std::string& w) { return prepositions_.contains(w); });
  }
  FramePart& push(const Element& element, FramePlace place) {
    pattern_->parts.push_back(
        {.place = place, .role = role_of(element.head), .optional = element.optional, .kind = element.kind, .words = element.words});
    return pattern_->parts.back();
  }

  std::optional<Fault> add(const Element& element) {
    if (element.head.empty()) {
      pending_ = element.words;
      return std::nullopt;
    }
    if (element.head == "SOURCE's" || element.head == "TARGET's") return add_owner(element);
    if (is_slot(element.head)) return add_slot(element);
    if (element.head == kThing || element.head == kNothing) return add_filler(element);
    if (element.head.front() == '+') return add_particle(element);
    if (element.head == "to-do" || element.head == "that" || element.head == "that-do" || element.head == "doing")
      return add_clause(element);
    if (has_trigger() && is_preposition(element)) return add_preposition(element);
    return add_words(element);
  }

  std::optional<Fault> add_owner(const Element& element) {
    if (pattern_->kind != PatternKind::kNoun) return Fault{"\"" + element.head + "\" outside a noun pattern", "begin the line with noun"};
    push(element, FramePlace::kOwner);
    return std::nullopt;
  }

  std::optional<Fault> add_slot(const Element& element) {
    if (!has_trigger()) {
      if (pattern_->kind == PatternKind::kNoun) return Fault{"a bare slot before a noun", "write SOURCE's"};
      push(element, FramePlace::kSubject);
      return std::nullopt;
    }
    if (pattern_->kind != PatternKind::kVerb) return Fault{"a bare slot behind a noun or adjective", "put a preposition before it"};
    push(element, FramePlace::kObject);
    return std::nullopt;
  }

  std::optional<Fault> add_filler(const Element& element) {
    if (!has_trigger() || pattern_->kind != PatternKind::kVerb)
      return Fault{element.head + " needs a verb before it", "write e.g. return THING to TARGET"};
    push(element, element.head == kThing ? FramePlace::kThing : FramePlace::kNothing);
    return std::nullopt;
  }

  std::optional<Fault> add_particle(const Element& element) {
    if (!has_trigger() || element.head.size() < 2) return Fault{"a particle needs a verb before it", "write e.g. call +off"};
    FramePart& part = push(element, FramePlace::kParticle);
    part.words = to_words(std::string_view(element.head).substr(1));
    return std::nullopt;
  }

  std::optional<Fault> add_clause(const Element& element) {
    if (!has_trigger()) return Fault{"\"" + element.head + "\" before the trigger", "put it behind the verb, noun or adjective"};
    const FramePlace place = element.head == "to-do"     ? FramePlace::kInfinitive
                             : element.head == "doing"   ? FramePlace::kGerund
                             : element.head == "that-do" ? FramePlace::kWish
                                                         : FramePlace::kClause;
    FramePart& part = push(element, place);
    if (place == FramePlace::kWish || place == FramePlace::kClause) part.modifiers = std::exchange(part.words, {});
    if (element.head.starts_with("that") && at_ + 1 < elements_.size() && is_slot(elements_[at_ + 1].head)) {
      part.role = role_of(elements_[++at_].head);
      part.words = elements_[at_].words;
      part.optional = elements_[at_].optional;
    }
    return std::nullopt;
  }

  std::optional<Fault> add_preposition(const Element& element) {
    const Words prepositions = to_words(element.head);
    if (element.optional && element.closes && (at_ == 0 || !elements_[at_ - 1].optional || elements_[at_ - 1].closes)) {
      return add_bare_or_prepositional(prepositions);  // "(with) TARGET"
    }
    if (++at_ >= elements_.size()) return Fault{"preposition \"" + element.head + "\" with nothing behind it", "write what it governs"};
    if (elements_[at_].head.empty()) {
      pending_ = elements_[at_].words;
      if (++at_ >= elements_.size()) return Fault{"brackets with no word behind them", "write the word that they qualify"};
    }
    const Element& governed = elements_[at_];
    const bool gerund = governed.head == "doing";
    FramePart& part = push(governed, gerund ? FramePlace::kGerund : FramePlace::kPreposition);
    part.optional = element.optional;
    part.prepositions = prepositions;
    if (!gerund && !is_slot(governed.head)) part.words = to_words(governed.head);
    part.modifiers = std::exchange(pending_, {});
    return std::nullopt;
  }

  std::optional<Fault> add_bare_or_prepositional(const Words& prepositions) {
    ++at_;
    if (at_ >= elements_.size() || !is_slot(elements_[at_].head) || pattern_->kind != PatternKind::kVerb) {
      return Fault{"a preposition in parentheses needs a slot behind it", "write e.g. meet (with) TARGET"};
    }
    push(elements_[at_], FramePlace::kObject).prepositions = prepositions;
    return std::nullopt;
  }

  std::optional<Fault> add_words(const Element& element) {
    const Words words = to_words(element.head);
    for (const std::string& word : words) {
      const bool good = std::all_of(word.begin(), word.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || c == '-' || c == '\'' || c == kPhraseMark || static_cast<unsigned char>(c) >= 0x80;
      });
      if (!good) return Fault{"\"" + word + "\" is neither a slot nor a lemma", "slots are SOURCE, TARGET, ANY; lemmas are lower-case"};
    }
    if (!has_trigger()) {
      pattern_->triggers = words;
      pattern_->modifiers = std::exchange(pending_, {});
      return std::nullopt;
    }
    if (pattern_->kind != PatternKind::kVerb)
      return Fault{"\"" + element.head + "\" behind a noun or adjective", "put a preposition before it"};
    FramePart& part = push(element, FramePlace::kObject);
    part.words = words;
    part.modifiers = std::exchange(pending_, {});
    return std::nullopt;
  }

  const std::vector<Element>& elements_;
  const std::unordered_set<std::string>& prepositions_;
  Pattern* pattern_ = nullptr;
  Words pending_;
  size_t at_ = 0;
};

std::optional<Fault> parse_header(std::string_view line, Frame& frame) {
  const std::vector<std::string_view> fields = split_list(line, ' ');
  if (fields.size() < 5) return Fault{"frame line has too few fields", "write: frame NAME TYPE MODE CAMEO, with - for no mode"};
  frame.name = std::string(fields[1]);
  frame.type = std::string(fields[2]);
  if (fields[3] != "-") frame.mode = std::string(fields[3]);
  if (fields[4] != "-") frame.cameo = std::string(fields[4]);
  for (size_t i = 5; i < fields.size(); ++i) {
    constexpr std::string_view kContexts = "contexts=";
    if (fields[i] == "symmetric") {
      frame.symmetric = true;
      continue;
    }
    if (!fields[i].starts_with(kContexts))
      return Fault{"unknown field \"" + std::string(fields[i]) + "\"", "only contexts=a|b and symmetric may follow the code"};
    frame.contexts = to_words(fields[i].substr(kContexts.size()));
  }
  return std::nullopt;
}

/// Reads the lines of one file.
class FrameReader {
 public:
  FrameReader(const std::string& file, const std::unordered_set<std::string>& prepositions, const WordLists& lists)
      : file_(file), prepositions_(prepositions), lists_(lists) {}

  std::optional<Fault> read(std::string_view line, uint64_t number) {
    if (line == "frame" || line.starts_with("frame ")) {
      Frame frame{.file = file_, .line = number};
      if (auto fault = parse_header(line, frame)) return fault;
      out_.frames.push_back(std::move(frame));
      return std::nullopt;
    }
    if (line == "off" || line.starts_with("off ")) return read_off(trim_blanks(line.substr(3)), number);
    if (out_.frames.empty()) return Fault{"pattern before any frame", "begin with: frame NAME TYPE MODE CAMEO"};
    Pattern pattern{.frame = static_cast<uint32_t>(out_.frames.size() - 1), .line = number, .text = std::string(line)};
    const bool first = out_.patterns.empty() || out_.patterns.back().frame != pattern.frame;
    pattern.number = first ? 1 : out_.patterns.back().number + 1;
    if (auto fault = read_pattern(line, pattern)) return fault;
    out_.patterns.push_back(std::move(pattern));
    return std::nullopt;
  }

  [[nodiscard]] FrameFile& out() { return out_; }
  [[nodiscard]] bool is_too_large() const { return expanded_bytes_ > kMaxExpandedBytes; }

 private:
  std::optional<Fault> read_off(std::string_view text, uint64_t number) {
    const size_t colon = text.find(':');
    FrameOff off{.frame = std::string(trim_blanks(text.substr(0, colon))), .line = number};
    if (off.frame.empty() || off.frame.find(' ') != std::string::npos)
      return Fault{"no name of a frame behind \"off\"", "write: off NAME, or off NAME: pattern"};
    if (colon != std::string_view::npos) {
      off.pattern.emplace();
      if (auto fault = read_pattern(trim_blanks(text.substr(colon + 1)), *off.pattern)) return fault;
    }
    out_.off.push_back(std::move(off));
    return std::nullopt;
  }

  std::optional<Fault> read_pattern(std::string_view line, Pattern& pattern) {
    ExpandedLine words = expand_lists(line, lists_);
    if (!words.fault.empty()) return Fault{std::move(words.fault), std::move(words.remedy)};
    expanded_bytes_ += words.text.size();
    if (is_too_large())
      return Fault{"the file is over " + std::to_string(kMaxExpandedBytes) + " bytes with its word lists", "split the file"};
    std::vector<Element> elements;
    if (auto fault = split_elements(words.text, elements)) return fault;
    return PatternBuilder(elements, prepositions_).build(pattern);
  }

  const std::string& file_;
  const std::unordered_set<std::string>& prepositions_;
  const WordLists& lists_;
  FrameFile out_{};
  size_t expanded_bytes_ = 0;
};

}  // namespace

Result<FrameFile> parse_frames(std::string_view content, const std::string& file, const std::unordered_set<std::string>& prepositions,
                               const WordLists& lists) {
  if (auto fault = check_data_text(content, file)) return *std::move(fault);
  FrameReader reader(file, prepositions, lists);
  uint64_t number = 0;
  while (!content.empty()) {
    const size_t end = std::min(content.find('\n'), content.size());
    std::string_view line = content.substr(0, std::min(end, content.find('#')));
    content.remove_prefix(std::min(end + 1, content.size()));
    ++number;
    line = trim_blanks(line);
    if (line.empty()) continue;
    if (auto fault = reader.read(line, number)) {
      return Error{.code = reader.is_too_large() ? ErrorCode::kTooLarge : ErrorCode::kBadData,
                   .message = std::move(fault->message),
                   .file = file,
                   .line = number,
                   .remedy = std::move(fault->remedy)};
    }
  }
  return std::move(reader.out());
}

}  // namespace casus
