#!/usr/bin/env python3
"""Writes the composed half of the parity texts: tests/parity/text/composed_*.txt and composed_spacing.jsonl.

Development only. Sentences are drawn from templates and vocabulary below with a fixed seed, so that the same script gives the
same bytes (any Python 3.9 or later). The other files of that folder are written by hand and are not touched.

    make_parity_text.py                # tests/parity/text
    make_parity_text.py --out DIR
"""

import argparse
import json
import random
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEED = 19621022
SEPARATOR = "%%"
MAX_DEPTH = 40  # of nested templates; the grammar stays far below

# {name} is replaced by a random line of that list, {name:x} likewise, but the same x gives the same text within a sentence.
# [a|b|c] picks one; an empty alternative is fine. "{a} noun" becomes "a noun" or "an noun" by its first letter.
GRAMMAR = {
    "day": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "month": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    "mon": ["Jan.", "Feb.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."],
    "year": ["1938", "1956", "1961", "1974", "1989", "1991", "1999", "2003", "2008", "2011", "2014", "2016", "2019", "2022"],
    "n2": ["two", "three", "four", "five", "six", "seven", "nine", "ten", "twelve", "a dozen", "14", "17", "20", "23", "31", "48"],
    "n3": ["120", "about 150", "more than 200", "nearly 300", "some 450", "at least 80", "a few hundred", "up to 1,000",
           "several thousand",
           "1,500", "2,300", "roughly 5,000", "an estimated 12,000", "hundreds of", "dozens of", "no fewer than 36", "over 40,000",
           "tens of thousands of", "between 60 and 70"],
    "money": ["$2 million", "$3.4 billion", "€750m", "£18 million", "$40bn", "1.2 billion euros", "¥90 billion", "CHF 5m", "US$600,000",
              "half a billion dollars", "Rs 2,000 crore", "250 million kroner"],
    "pct": ["3 percent", "4.5 per cent", "12%", "0.25 percentage points", "two thirds", "a fifth", "more than half", "7.8%",
            "a record 19 percent"],
    "first": ["Amina", "Tomasz", "Ngozi", "Pierre", "Hana", "Viktor", "Lucía", "Kwame", "Sofia", "Rashid", "Ingrid", "Bogdan", "Mei",
              "Yusuf",
              "Clara", "Javier", "Olena", "Farid", "Anneli", "Sanjay", "Thandi", "Marek", "Leila", "Håkon", "Zoltán", "Rosa", "Idris",
              "Nadia"],
    "last": ["Okonkwo", "Nowak", "Haddad", "Lindqvist", "Petrenko", "Mbeki-Jones", "Castillo", "O'Neill", "Rahman", "Tanaka",
             "Moreau", "Szabó",
             "Al-Masri", "van der Berg", "Kowalczyk", "Ferrari", "Demir", "Suleymanov", "Chaudhry", "Nkemelu", "Brandt", "Ivanov", "Pham",
             "da Silva", "McAllister", "Østergaard", "Kaplan", "bin Saleh"],
    "country": ["France", "Germany", "Russia", "Ukraine", "China", "India", "Pakistan", "Turkey", "Iran", "Israel", "Egypt",
                "Saudi Arabia",
                "the United States", "the United Kingdom", "South Korea", "North Korea", "Japan", "Brazil", "Ethiopia", "Eritrea",
                "Serbia",
                "Kosovo", "Armenia", "Azerbaijan", "Syria", "Iraq", "Mali", "Niger", "the Philippines", "Vietnam", "Poland", "Belarus",
                "Moldova", "Greece", "Cyprus", "Venezuela", "Guyana", "Rwanda", "the Democratic Republic of Congo", "Sri Lanka"],
    "adj": ["French", "German", "Russian", "Ukrainian", "Chinese", "Indian", "Pakistani", "Turkish", "Iranian", "Israeli", "Egyptian",
            "Saudi",
            "American", "British", "South Korean", "Japanese", "Brazilian", "Ethiopian", "Serbian", "Armenian", "Azerbaijani", "Syrian",
            "Iraqi", "Filipino", "Vietnamese", "Polish", "Belarusian", "Greek", "Venezuelan", "Rwandan", "Congolese", "Lebanese"],
    "capital": ["Paris", "Berlin", "Moscow", "Kyiv", "Beijing", "New Delhi", "Islamabad", "Ankara", "Tehran", "Jerusalem", "Cairo",
                "Riyadh",
                "Washington", "London", "Seoul", "Pyongyang", "Tokyo", "Brasília", "Addis Ababa", "Belgrade", "Pristina", "Yerevan",
                "Baku",
                "Damascus", "Baghdad", "Manila", "Hanoi", "Warsaw", "Minsk", "Athens", "Caracas", "Kigali", "Kinshasa", "Beirut"],
    "town": ["Sochi", "Geneva", "Doha", "Mariupol", "Aleppo", "Gao", "Goma", "Srinagar", "Famagusta", "Mitrovica", "Stepanakert", "Aden",
             "Mekelle", "Batumi", "Davos", "Jeddah", "Vienna", "Sharm el-Sheikh", "St. Petersburg", "Port Sudan", "Tripoli", "Nice"],
    "region": ["the South China Sea", "the Donbas", "Kashmir", "the Sinai", "the Caucasus", "Transnistria", "the Golan Heights", "Tigray",
               "the Strait of Hormuz", "northern Kosovo", "the Aegean", "the Sahel", "the Gulf of Aden", "Darfur", "the Black Sea"],
    "org": ["NATO", "the European Union", "the United Nations", "the African Union", "the OSCE", "ASEAN", "the Arab League",
            "the IAEA", "the IMF",
            "the Red Cross", "Human Rights Watch", "the World Bank", "ECOWAS", "the U.N. Security Council", "OPEC",
            "Amnesty International"],
    "body": ["the government", "the Foreign Ministry", "the opposition", "the army", "parliament", "the presidency", "the central bank",
             "the Interior Ministry", "the rebels", "the junta", "the Constitutional Court", "the navy", "the police",
             "the State Department",
             "the Kremlin", "the White House", "Downing Street", "the Élysée", "the Pentagon", "the coalition", "the main trade union"],
    "title": ["President", "Prime Minister", "Foreign Minister", "Defense Minister", "Interior Minister", "Gen.", "Ambassador", "Senator",
              "Secretary of State", "Deputy Prime Minister", "Col.", "Sheikh", "Chancellor", "Justice Minister"],
    "role": ["the {adj} president", "the {adj} prime minister", "{country}'s foreign minister", "{country}'s defence minister",
             "the {adj} ambassador to {org}", "a senior {adj} official", "a spokeswoman for {org}", "the rebels' chief negotiator",
             "the head of {org}", "an adviser to the {adj} president", "a retired {adj} general", "a {adj} lawmaker",
             "the {adj} army's chief of staff", "the mayor of {town}", "a Western diplomat", "the U.N. envoy for {country}"],
    "person": ["{first} {last}", "{adj} {title} {first} {last}", "{title} {last}", "{first} {last}, {role},",
               "{role}, {first} {last},", "{role}",
               "{role}", "Mr. {last}", "Ms. {last}", "{title} {first} {last}"],
    "actor": ["{country}", "{capital}", "{body}", "{org}", "{person}", "{person}", "the {adj} government", "{adj} officials",
              "{adj} forces",
              "{adj} police", "{country} and {country}", "both {capital} and {capital}", "the {adj} parliament"],
    "state": ["{country}", "{country}", "{capital}", "the {adj} government", "{org}", "its neighbour", "the {adj} side"],
    "when": ["on {day}", "on {day}", "late on {day}", "last {day}", "earlier this week", "on {month} {dayno}", "in {month} {year}",
             "on the eve of the summit", "at dawn", "after midnight", "two days later", "within hours", "this week", "a year ago",
             "yesterday"],
    "future": ["on {day}", "next {day}", "next week", "by the end of {month}", "in early {month}", "tomorrow",
               "before the {month} {dayno} deadline",
               "within 48 hours", "at the weekend", "later this year"],
    "dayno": ["1", "3", "5", "9", "11", "14", "17", "20", "22", "25", "28", "30"],
    "where": ["in {town}", "in {capital}", "near {town}", "in {region}", "outside the {adj} embassy in {capital}",
              "at a base near {town}",
              "on the border with {country}", "off the coast of {country}", "at the headquarters of {org}", "across {region}"],
    "weapon": ["drones", "anti-tank missiles", "artillery shells", "fighter jets", "air-defence systems", "two frigates", "howitzers",
               "a Patriot battery",
               "ammunition", "armoured vehicles", "F-16s", "S-400 missiles"],
    "goods": ["grain", "crude oil", "natural gas", "steel", "rare earths", "medicine", "wheat", "fertiliser", "microchips", "cotton",
              "fish"],
    "unit": ["soldiers", "troops", "police officers", "reservists", "peacekeepers", "marines", "paratroopers", "border guards",
             "military advisers"],
    "victim": ["civilians", "protesters", "soldiers", "aid workers", "journalists", "fishermen", "passengers", "schoolchildren",
               "militants", "villagers"],
    "deed": ["the deployment", "the annexation", "the attack on {town}", "the blockade", "the arrests", "the missile test",
             "the decision", "the vote",
             "the expulsion of its diplomats", "the cyberattack", "the raid", "the embargo on {goods}",
             "the killing of {n2} {victim}", "the law",
             "the election result", "the construction of a base in {region}"],
    "want": ["withdraw its troops from {region}", "lift the embargo on {goods}", "release the {n2} {victim}",
             "return to the negotiating table",
             "hold early elections", "pay {money} in compensation", "admit inspectors", "reopen the border", "respect the ceasefire",
             "hand over the suspects", "stop supplying {weapon} to the rebels", "recognise the border of {year}",
             "close its consulate in {town}"],
    "vague": ["a ceasefire", "the return of {n3} refugees", "the price of {goods}", "security guarantees", "the status of {region}",
              "a prisoner exchange",
              "the pipeline", "arms control", "the sale of {weapon}", "the budget", "a corridor for {goods}", "nuclear inspections"],
    "saidv": ["said", "said", "announced", "insisted", "claimed", "told reporters", "confirmed", "admitted", "warned", "declared",
              "noted", "added"],
    # Clauses in the past tense without subject.
    "did": ["met {person:p} {where} {when}", "telephoned {person} {when} to discuss {vague}",
            "accused {state} of having broken {a} {agreement}",
            "demanded that {state} {want}", "called on {state} to {want}", "urged {state} and {state} to {want}",
            "threatened to impose sanctions on {state} unless it agreed to {want}", "expelled {n2} {adj} diplomats {when}",
            "recalled its ambassador from {capital} {when}", "sent {n3} {unit} to {region}", "rejected {a} {adj} proposal for {vague}",
            "condemned {deed}", "praised {person} for {gerund}", "signed {a} {agreement} with {state} {where}",
            "froze assets worth {money} that belong to {person}", "lifted a ban on imports of {adj} {goods}", "agreed to {want}",
            "pledged {money} in aid for {country}", "shot down {a} {adj} drone {where}", "denied that it planned to {want}",
            "refused to {want}", "imposed a curfew {where}", "seized {n2} {adj} ships {where}", "withdrew {n3} {unit} from {region}",
            "broke off talks with {state} on {vague}", "offered to mediate between {country} and {country}",
            "warned {state} against {gerund}",
            "invited {person} to {capital} for talks on {vague}", "put its {unit} on high alert", "suspended its membership of {org}",
            "voted by {votes} to {want}", "vetoed a resolution on {vague}", "promised to {want}", "fired {n2} missiles at {town} {when}",
            "extended the deadline until {month} {dayno}", "received {person} {where}", "dismissed {deed} as {a} {insult}"],
    "gerund": ["having agreed to {want}", "refusing to {want}", "delaying {vague}", "bombing {town}", "meddling in {region}",
               "sending {weapon} to {country}",
               "standing by {country}", "its stance on {vague}", "{deed}"],
    "agreement": ["agreement on {vague}", "ten-year trade pact", "memorandum of understanding", "extradition treaty",
                  "accord that was reached in {year}",
                  "unwritten understanding", "oil-for-{goods} deal", "ceasefire brokered by {org}"],
    "insult": ["act of piracy", "provocation", "stunt", "grave mistake", "internal matter", "fabrication", "ill-timed gesture",
               "declaration of war"],
    "votes": ["14 votes to none", "312–207", "98 votes to 43", "a narrow majority", "a show of hands", "51 to 49"],
    "will": ["will meet {person} {where} {future}", "will travel to {capital} {future}", "is to address {org} {future}",
             "plans to {want}",
             "is expected to {want} {future}", "won't {want}", "may {want} if {state} agrees to {want}",
             "could send {weapon} to {country} {future}",
             "is considering whether to {want}", "would {want} only if {country} withdrew from {region}",
             "is due to sign {a} {agreement} {future}",
             "hasn't decided whether to {want}", "intends to visit {town} and {town} {future}", "must {want} by {month} {dayno}"],
    "passive": ["{n3} {victim} were killed {where} {when}", "{n2} {unit} were wounded when a bomb exploded {where}",
                "{person} was arrested {where} {when} on suspicion of spying for {country}", "{deed} was condemned by {org}",
                "{n3} people were forced to leave their homes {where}", "a shipment of {weapon} was intercepted {where}",
                "{n2} {adj} {victim} have been released after talks mediated by {country}", "talks on {vague} were suspended {when}",
                "{money} has been set aside for {vague}", "the border with {country} was closed {when}",
                "{a} {agreement} was signed {where} {when}",
                "no agreement on {vague} had been reached by {day}", "{person} was sworn in as {role} {when}",
                "{n3} {unit} are being moved to {region}", "exports of {goods} have been banned since {month}"],
    "reason": ["because {state} had refused to {want}", "after {state} {did}", "although {org} had urged restraint",
               "while {actor} {did}",
               "even though {vague} was not on the agenda", "as {actor} prepared to {want}", "before {actor} {did}", "despite {deed}",
               "in response to {deed}", "without consulting {state}", "in spite of warnings from {org}", "to protest against {deed}"],
    "relative": ["which {did}", "whose {unit} have been in {region} since {year}", "where {n3} {unit} are stationed",
                 "which shares a border with {country}", "which denies any role in {deed}", "which {org} says is home to {n3} refugees"],
    "quote": ["We will not {want}", "There's no plan to {want}", "It isn't up to {country} to decide", "Nobody wants a war over {region}",
              "If they {want2}, we'll {want}", "The door to talks on {vague} is still open", "What happened {where} was {a} {insult}",
              "Our patience has limits", "You can't negotiate about {vague} while bombs are falling", "I'd rather resign than {want}",
              "They've had since {year} to {want}", "We're ready to {want}, but not at any price",
              "{country} stands with {country}, today and tomorrow",
              "This is not the end of {vague}", "Those responsible for {deed} must be punished", "It's {a} {insult}, nothing else",
              "Let me be clear: {country} has never agreed to {want}", "We'd like to see proof", "How long are we supposed to wait"],
    "want2": ["attack", "don't leave", "come back to the table", "try that again", "cross the line", "send {weapon}", "close the strait"],
    "A": ["{actor} {did}", "{actor} {did}", "{actor} {did}", "{actor} {will}", "{passive}"],
    "S": [
        "{A}.", "{A}.", "{A}, {person} {saidv}.", "{A}, {saidv2} {person}.", "{A}, according to {role}.",
        "{A}, officials in {capital} said.",
        "{person} {saidv} {when} that {A}.", "{person} {saidv} that {A}, but {role} denied it.", "{actor} {did} {reason}.",
        "{A} {reason}.",
        "After {actor} {did}, {actor} {did}.", "{When}, {A}.", "While {actor} {did}, {actor} {did}.", "Although {A}, {actor} {did}.",
        "If {state} does not {want}, {actor} {will}.", "Unless {state} agrees to {want}, {actor} {will}, {person} warned.",
        "{country}, {relative}, {did}.", "{actor} {did} and {did}.", "{actor} {did}, {did}, and {did}.", "{actor} {did}; {actor} {did}.",
        "\"{quote},\" {person} {saidv}.", "“{quote},” {person} told {org} {when}.", "\"{quote}\", said {person} in {capital}.",
        "‘{quote},’ {role} {saidv}.", "“{quote}. {quote},” {saidv2} {person}.", "{person} told a news conference {where}: \"{quote}.\"",
        "\"{quote},\" said {person}, adding: \"{quote}.\"", "Asked about {deed}, {person} said: “{quote}.”",
        "\"{quote}?\" asked {person}.",
        "Did {country} {want}?", "Why has {org} failed to {want}?", "Who will {want} if {country} doesn't?",
        "{Deed}, {person} wrote, was {a} {insult}.",
        "It was {country} that {did}, not {country}.", "There were {n3} {unit} {where} {when}.",
        "Neither {country} nor {country} has commented on {deed}.",
        "What {country} wants is {vague}; what {country} wants is {vague}.", "Having {participle}, {actor} {did}.",
        "{actor} has [again|never|twice|reportedly|not yet|publicly] {participle}.", "{actor} had {participle} before {actor} {did}.",
        "{n3} {victim} gathered {where} {when} to protest against {deed}.",
        "Shares in {capital} fell by {pct} {when}, and the price of {goods} rose by {pct}.",
        "{Deed} came [hours|days|a week|less than a month] after {actor} {did}.",
        "Not since {year} has {country} been so close to war over {region}.",
        "{CAPITAL}, {mon} {dayno} (Meridian Wire) - {A}.", "{capital}'s answer was short: \"{quote}.\"", "{A} – a first since {year}.",
        "{A} (see page {dayno}).", "The {agreement}, {which} {country} signed in {year}, expires {future}.",
        "No one {where} believes that {A}.",
        "So far, {n2} countries – among them {country}, {country} and {country} – have {participle}.",
        "Both sides agreed to {want} and to {want} {future}.",
        "{person}, who {did}, {will}.", "{person} [is|was] said to have {participle}.",
        "{role} {will}, a source close to the talks said.",
        "The [talks|negotiations|contacts] between {country} and {country} on {vague} "
        "[have stalled|will resume {future}|broke down {when}|went nowhere].",
        "{actor} {did}, {reason}, and {role} {saidv} that {A}, a claim [that|which] {org} could not verify.",
        "[Analysts|Diplomats|Two officials|Residents|Witnesses|Critics] [say|believe|fear|doubt] that {A}.",
        "According to {org}, {pct} of the {goods} that {country} imports comes from {country}.", "{actor} {did} – and then {did}.",
    ],
    "which": ["which", "that"],
    "saidv2": ["said", "announced", "warned", "declared", "added", "claimed"],
    "participle": ["agreed to {want}", "refused to {want}", "condemned {deed}", "threatened to {want}", "closed its airspace",
                   "recognised {region}",
                   "expelled {n2} diplomats", "sent {weapon} to {country}", "called for {vague}", "lost {n3} {unit} {where}",
                   "been accused of {gerund}"],
    "When": ["On {day}", "In {month} {year}", "Two weeks after {deed}", "Late on {day} night", "Since {year}", "By {day}",
             "For the first time since {year}",
             "Meanwhile", "In {capital}, however", "At the request of {country}", "Earlier in the day", "In a separate development"],
    "Deed": ["The deployment of {weapon} {where}", "The decision to {want}", "The vote on {vague}", "The attack on {town}",
             "{country}'s refusal to {want}",
             "The arrest of {person}", "Sending {unit} to {region}", "To {want}"],
    "CAPITAL": ["PARIS", "BERLIN", "MOSCOW", "KYIV", "BEIJING", "CAIRO", "TEHRAN", "UNITED NATIONS", "ADDIS ABABA", "NEW DELHI",
                "SEOUL", "ANKARA"],
    # Other worlds than politics.
    "team": ["Rovers", "Athletic", "the Harriers", "Real Corvo", "the Bay City Bears", "Dynamo", "United", "the Kestrels",
             "Olympique", "the Monarchs"],
    "score": ["2-1", "3–0", "1-1", "4-2 on penalties", "102-97", "6-3, 6-4", "21–17", "5-4 in extra time"],
    "sport": ["{team} beat {team} {score} {when}.", "{first} {last} scored twice as {team} came from behind to beat {team} {score}.",
              "{team} coach {first} {last} said his players had been \"[tired|brave|lucky|second best]\" in the {score} defeat.",
              "{last} won the {dist} in {time}, {gap} ahead of {adj} rival {first} {last}.",
              "{team}, who have not won since {month}, sit {n2} points above the drop.",
              "{first} {last} ({country}) bt {first} {last} ({country}) {score}.",
              "The {dayno}-year-old striker signed a {n2}-year deal worth {money}.",
              "Half-time: {team} 0, {team} 1.", "After {n2} straight losses, {team} have sacked {last}.",
              "{last}'s injury rules [him|her] out until {month}."],
    "dist": ["100m", "marathon", "10,000 metres", "400m hurdles", "women's downhill", "time trial"],
    "time": ["9.87 seconds", "2:04:11", "27min 12.4sec", "47.02", "1:33.58"],
    "gap": ["0.04 seconds", "a second and a half", "twelve metres", "a boat length"],
    "firm": ["Norvale Plc", "Aster & Sons", "Quantel AG", "Blue Heron Energy Inc.", "Tamarind Foods Ltd", "Oresund Shipping A/S",
             "Kitara Corp.", "Helix-9"],
    "business": ["{firm} reported a [net profit|loss|pre-tax profit] of {money} for the [first|second|third] quarter, "
                 "[up|down] {pct} from a year earlier.",
                 "Shares of {firm} ([NYSE: KTR|LON: NVL|FRA: QTL]) [jumped|slumped|rose|fell] {pct} in early trading.",
                 "{firm} said it would buy {firm} for {money} in cash and stock.",
                 "{first} {last}, chief executive of {firm}, will step down {future}.",
                 "The central bank [raised|cut|held] its key rate [by 25 basis points to 4.75%|at 5.5%|by half a point], "
                 "[surprising|as expected by] economists.",
                 "Inflation [slowed|accelerated] to {pct} in {month}, according to figures released {when}.",
                 "{firm} plans to cut {n3} jobs, {pct} of its workforce.",
                 "Brent crude was [up|down] 1.4% at $78.35 a barrel by 0930 GMT.",
                 "\"We expect sales of {goods} to grow by {pct},\" CFO {first} {last} told analysts.",
                 "The {adj} currency lost {pct} against the dollar {when}.",
                 "{firm} and {firm} have dropped their {money} merger after regulators objected."],
    "science": ["Researchers at the University of {town} have found that [bees|elephants|zebrafish|octopuses|crows] "
                "[can count to four|recognise faces|sleep less in winter|prefer red light].",
                "The probe, launched in {year}, entered orbit around [Venus|Mars|Jupiter's moon Europa] {when}.",
                "The study, published in {month}, followed {n3} patients over {n2} years.",
                "A dose of {dayno} mg/kg reduced the number of seizures by {pct} (p < 0.01).",
                "An earthquake of magnitude [5.6|6.2|7.1] struck {dayno} km south of {town} {when}.",
                "At {dayno}°C the ice begins to creep; at {n2} degrees above that it flows.",
                "The fossil, some {dayno} million years old, was found near {town} by {person}.",
                "Forecasters expect [heavy rain|gusts of up to 110 km/h|thunderstorms|freezing fog] {where} {future}.",
                "Levels of PM2.5 {where} reached {dayno}0 µg/m3 {when}."],
    "law": ["Article {dayno} shall not apply to [contracts|persons|vessels] referred to in paragraph {n2} (b).",
            "The Parties undertake to refrain from any act {which2} would [impair|prejudice|frustrate] {vague}.",
            "Any dispute concerning {vague} shall be settled by arbitration in {town} "
            "in accordance with the Rules in force on {dayno} {month} {year}.",
            "Notwithstanding section {dayno}, the Minister may, by order, exempt [any person|a company|imports of {goods}] from this Act.",
            "Whereas {country} has undertaken to {want};", "Having regard to {deed}, the Council has adopted this Decision:",
            "In {last} v. {last}, [{year}] 2 AC {dayno}7, the court held that {vague} was not justiciable."],
    "which2": ["which", "that"],
    "life": ["{first} went to {town} with {n2} suitcases and came back with one.",
             "My grandmother, who was born in {town} in {year}, never spoke about the war.",
             "Preheat the oven to {dayno}0°C and bake for {dayno} minutes.", "\"Where's {first}?\" \"Gone to {capital}.\" \"Again?\"",
             "We'd better leave before {first} wakes up.",
             "I can't believe {first} said that!!!", "Dear Ms. {last}, thank you for your letter of {dayno} {month}.",
             "The hotel {where} was clean, cheap and [awful|lovely|shut].",
             "Bring to the boil, add {n2} [onions|eggs|lemons|cloves of garlic], and stir.",
             "The train from {town} to {town} was {dayno} minutes late, as always.",
             "{first}'s the one who found it, isn't [she|he]?", "You'd have thought that {last} knew better.",
             "omg {first} is going to {town} 😂",
             "RT @{handle}: {A}", "#{tag} {A} https://t.example/{dayno}x",
             "Contact: {handle}@{tag}.example, tel. +41 22 555 01 {dayno}."],
    "handle": ["h_lindqvist", "press.office", "ngozi99", "desk-2", "the_real_marek"],
    "tag": ["Summit2024", "NoWar", "breaking", "meridian", "gulfcrisis"],
}

PICK = re.compile(r"\{([A-Za-z0-9]+)(?::(\w+))?\}")
CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")


class Composer:
    """Draws sentences; no sentence comes twice."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.seen = set()

    def pick(self, items):
        return items[self.random.randrange(len(items))]  # choice() has changed between versions of Python

    def expand(self, text, bound, depth=0):
        if depth > MAX_DEPTH:
            raise ValueError("templates nest without end: " + text)
        text = CHOICE.sub(lambda found: self.pick(found.group(1).split("|")), text)

        def replace(found):
            name, key = found.groups()
            if name == "a":
                return "{a}"
            if key and (name, key) in bound:
                return bound[name, key]
            value = self.expand(self.pick(GRAMMAR[name]), bound, depth + 1)
            if key:
                bound[name, key] = value
            return value

        return PICK.sub(replace, text)

    def finish(self, text):
        text = re.sub(r"\{a\} (\W*)(\w)", lambda m: ("an " if m.group(2).lower() in "aeiou" else "a ") + m.group(1) + m.group(2), text)
        text = re.sub(r"\ba ([aeiouAEIOU]\w)", r"an \1", text).replace("an Uk", "a Uk").replace("an U.N", "a U.N").replace("an Eu",
        "a Eu")
        text = text.replace(" of the more", " of more").replace(",,", ",").replace(",.", ".").replace(",;", ";").replace(", ,", ",")
        return re.sub(r"^(\W*)([a-z])", lambda m: m.group(1) + m.group(2).upper(), text, count=1)

    def sentence(self, name, max_words=90):
        while True:
            text = self.finish(self.expand("{" + name + "}", {}))
            if text not in self.seen and len(text.split()) <= max_words:
                self.seen.add(text)
                return text

    def mistype(self, text):
        """One or two slips of the keyboard."""
        for _ in range(1 + self.random.randrange(2)):
            at = self.random.randrange(1, max(2, len(text) - 2))
            kind = self.random.randrange(5)
            if kind == 0:
                text = text[:at] + text[at + 1:]
            elif kind == 1:
                text = text[:at] + text[at] + text[at:]
            elif kind == 2:
                text = text[:at - 1] + text[at] + text[at - 1] + text[at + 1:]
            elif kind == 3:
                text = text.lower()
            else:
                text = text.rstrip(".") if self.random.randrange(2) else text.replace(",", "", 1)
        return text

    def respace(self, text):
        """Odd whitespace in place of some spaces, and around the text."""
        odd = ["  ", "\t", "\n", "\u00a0", "   ", " \n", "\n\n", "\u2009", "\u3000", "\r\n", " \u00a0", "\u200b "]
        out = []
        for piece in re.split(r"( )", text):
            out.append(self.pick(odd) if piece == " " and self.random.randrange(7) == 0 else piece)
        ends = ["", "", "", " ", "\n", "\t", "  "]
        return self.pick(ends) + "".join(out) + self.pick(ends)


def documents(composer, names, count, longest):
    """`count` sentences in documents of 1 to `longest`; some documents are lines, some paragraphs, some both."""
    result = []
    while count > 0:
        size = min(count, 1 + composer.random.randrange(longest))
        glue = composer.pick([" ", " ", "\n", "\n\n"])
        result.append(glue.join(composer.sentence(composer.pick(names)) for _ in range(size)))
        count -= size
    return result


def write_documents(path, texts):
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write(("\n" + SEPARATOR + "\n").join(texts) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "tests" / "parity" / "text")
    args = parser.parse_args()
    composer = Composer(SEED)
    write_documents(args.out / "composed_news.txt", documents(composer, ["S"], 700, 12))
    write_documents(args.out / "composed_other.txt",
                    documents(composer, ["sport", "business", "science", "law", "life", "S"], 450, 6))
    typos = [composer.mistype(composer.sentence(composer.pick(["S", "S", "life", "business"]), 40)) for _ in range(150)]
    write_documents(args.out / "composed_typos.txt", typos)
    spaced = []
    for _ in range(100):
        size = 1 + composer.random.randrange(3)
        text = " ".join(composer.sentence(composer.pick(["S", "S", "life", "law"]), 40) for _ in range(size))
        spaced.append(composer.respace(text))
    with open(args.out / "composed_spacing.jsonl", "w", encoding="utf-8", newline="\n") as out:
        for text in spaced:
            out.write(json.dumps(text, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
