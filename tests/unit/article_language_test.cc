// Which text is in English, by paragraphs.
#include <string>

#include "support/article_test.h"

namespace casus {
namespace {

const std::string kEnglish =
    "The foreign minister said on Monday that talks with Moscow would go on. He spoke after a meeting of the cabinet in the capital, "
    "where ministers had argued for hours about the troops at the border and about what to do if they crossed it.";
const std::string kGerman =
    "Der Außenminister sagte am Montag in der Hauptstadt, die Gespräche mit Moskau würden fortgesetzt. Zugleich warnte er vor einer "
    "Eskalation an der Grenze, wo nach Angaben seines Hauses mehr als hunderttausend Soldaten stehen.";
const std::string kFrench =
    "Le ministre des Affaires étrangères a déclaré lundi que les pourparlers avec Moscou se poursuivraient. Il a mis en garde contre une "
    "escalade à la frontière, où se trouvent selon ses services plus de cent mille soldats et de nombreux chars.";
const std::string kRussian = "Министр иностранных дел заявил в понедельник, что переговоры продолжатся.";
const std::string kArabic = "وقال وزير الخارجية يوم الاثنين إن المحادثات ستستمر في الأسبوع المقبل.";
const std::string kChinese = "外交部长星期一表示，会谈将在下周继续进行。";
const std::string kHebrew = "שר החוץ אמר ביום שני כי השיחות יימשכו בשבוע הבא.";
const std::string kGreek = "Ο υπουργός Εξωτερικών δήλωσε τη Δευτέρα ότι οι συνομιλίες θα συνεχιστούν.";
const std::string kKorean = "외교부 장관은 월요일에 회담이 다음 주에도 계속될 것이라고 말했다.";

std::string error_of(const std::string& text, ArticleOptions options = test_article_options()) {
  const TestFolder folder;
  const ReadItems items = read_items({folder.write("a.txt", text)}, options);
  if (items.errors.empty()) return "";
  return std::string(error_name(items.errors[0].code)) + ": " + items.errors[0].message;
}

ArticlePtr read(const std::string& text, ArticleOptions options = test_article_options()) {
  const TestFolder folder;
  const ReadItems items = read_items({folder.write("a.txt", text)}, options);
  EXPECT_EQ(items.articles.size(), 1U) << (items.errors.empty() ? "" : items.errors[0].message);
  return items.articles.empty() ? nullptr : items.articles[0];
}

bool is_mixed(const Article& article) { return article.fields().flags == std::vector<std::string>{"mixed-language"}; }

TEST(LanguageGate, english_is_read_and_said) {
  const ArticlePtr article = read(kEnglish + "\n\n" + kEnglish);
  EXPECT_EQ(article->fields().language, "en");
  EXPECT_TRUE(article->fields().flags.empty());
}

TEST(LanguageGate, other_languages_are_named) {
  EXPECT_EQ(error_of(kGerman), "other-language: is in German, not in English");
  EXPECT_EQ(error_of(kFrench + "\n\n" + kFrench), "other-language: is in French, not in English");
  EXPECT_EQ(error_of(kRussian), "other-language: is in Russian, not in English");
  EXPECT_EQ(error_of(kArabic), "other-language: is in Arabic, not in English");
  EXPECT_EQ(error_of(kChinese), "other-language: is in Chinese, not in English");
  EXPECT_EQ(error_of(kHebrew), "other-language: is in Hebrew, not in English");
  EXPECT_EQ(error_of(kGreek), "other-language: is in Greek, not in English");
  EXPECT_EQ(error_of(kKorean), "other-language: is in Korean, not in English");
}

TEST(LanguageGate, languages_of_the_press_are_told) {
  // clang-format off: its widths of right-to-left letters differ from run to run
  const std::pair<const char*, const char*> kTexts[] = {
      {"Spanish",
       "El ministro de Exteriores dijo el lunes que las conversaciones con Moscú seguirán. Advirtió de una escalada en la frontera, donde "
       "según su gobierno hay más de cien mil soldados y muchos carros de combate desde hace semanas."},
      {"Portuguese",
       "O ministro dos Negócios Estrangeiros disse na segunda-feira que as conversações com Moscovo vão continuar. Advertiu contra uma "
       "escalada na fronteira, onde segundo o seu governo se encontram mais de cem mil soldados."},
      {"Italian",
       "Il ministro degli Esteri ha detto lunedì che i colloqui con Mosca continueranno. Ha messo in guardia da un'escalation al confine, "
       "dove secondo il suo governo si trovano più di centomila soldati e molti carri armati."},
      {"Dutch",
       "De minister van Buitenlandse Zaken zei maandag dat de gesprekken met Moskou doorgaan. Hij waarschuwde voor een escalatie aan de "
       "grens, "
       "waar volgens zijn regering meer dan honderdduizend soldaten en veel tanks staan."},
      {"Polish",
       "Minister spraw zagranicznych powiedział w poniedziałek, że rozmowy z Moskwą będą kontynuowane. Ostrzegł przed eskalacją na "
       "granicy, "
       "gdzie według jego rządu stoi ponad sto tysięcy żołnierzy i wiele czołgów."},
      {"Turkish",
       "Dışişleri Bakanı pazartesi günü yaptığı açıklamada Moskova ile görüşmelerin süreceğini söyledi. Hükümetine göre yüz binden fazla "
       "askerin bulunduğu sınırda gerginliğin tırmanmasına karşı uyardı ve itidal çağrısı yaptı."},
      {"Swedish",
       "Utrikesministern sade på måndagen att samtalen med Moskva kommer att fortsätta. Han varnade för en upptrappning vid gränsen, där "
       "det "
       "enligt hans regering finns mer än hundratusen soldater och många stridsvagnar sedan flera veckor."},
      {"Ukrainian",
       "Міністр закордонних справ заявив у понеділок, що переговори триватимуть і наступного тижня, попри загрозу на кордоні."},
      {"Persian",
       "وزیر امور خارجه روز دوشنبه گفت که گفت‌وگوها هفته آینده ادامه خواهد یافت و از تشدید تنش "
       "در "
       "مرز "
       "هشدار "
       "داد."},
      {"Japanese", "外務大臣は月曜日、来週も協議を続けると述べた。国境での緊張の高まりについて警告した。"},
      {"Hindi", "विदेश मंत्री ने सोमवार को कहा कि बातचीत अगले सप्ताह भी जारी रहेगी और सीमा पर तनाव बढ़ने की चेतावनी दी।"}};
  // clang-format on
  for (const auto& [name, text] : kTexts) EXPECT_EQ(error_of(text), "other-language: is in " + std::string(name) + ", not in English");
}

TEST(LanguageGate, short_paragraphs_of_another_language_are_judged_together) {
  EXPECT_EQ(
      error_of("Der Minister sagte das am Montag.\n\nDie Gespräche würden fortgesetzt.\n\nEr warnte vor einer Eskalation.\n\n"
               "An der Grenze stehen viele Soldaten.\n\nDie Regierung beriet darüber stundenlang.\n\nMoskau äußerte sich nicht dazu.\n"),
      "other-language: is in German, not in English");
}

TEST(LanguageGate, title_in_english_does_not_save_it) {
  EXPECT_EQ(error_of("The minister and the troops at the border\n\n" + kGerman + "\n\n" + kGerman),
            "other-language: is in German, not in English");
}

TEST(LanguageGate, short_or_undecided_text_counts_as_english) {
  for (const char* text : {"Talks fail.", "Ja.", "Macron: non!", "Zelenskyy, Scholz, Duda, Nausėda", "1 2 3 4",
                           "Angela Merkel traf Emmanuel Macron.", "BERLIN — Bundeskanzler Scholz."}) {
    EXPECT_EQ(error_of(text), "") << text;
  }
}

TEST(LanguageGate, names_and_quotes_of_other_languages_stay) {
  EXPECT_FALSE(is_mixed(*read("\"Мы не хотим войны\" (\"We do not want war\"), the president said in the Kremlin on Monday.")));
  EXPECT_FALSE(
      is_mixed(*read("The paper Süddeutsche Zeitung reported that the Bundesnachrichtendienst had warned the Bundeskanzleramt of the "
                     "Gruppa Wagner and the Rossijskaja Gwardija, and Der Spiegel that the Auswärtige Amt was told.")));
}

TEST(LanguageGate, mixed_pages_keep_their_english_part) {
  const ArticlePtr article = read(kEnglish + "\n\n" + kGerman + "\n\n" + kRussian + "\n\n" + kEnglish);
  ASSERT_NE(article, nullptr);
  EXPECT_TRUE(is_mixed(*article));
  EXPECT_EQ(article->fields().language, "en");
  ASSERT_EQ(article->blocks().size(), 4U);
  EXPECT_EQ(article->blocks()[0].kind, BlockKind::kParagraph);
  for (const size_t other : {1U, 2U}) {
    EXPECT_EQ(article->blocks()[other].kind, BlockKind::kNoise);
    EXPECT_EQ(article->blocks()[other].reason, "other-language");
  }
  EXPECT_EQ(article->blocks()[3].kind, BlockKind::kParagraph);
}

TEST(LanguageGate, a_sentence_of_another_language_between_english_ones_is_told) {
  const ArticlePtr article = read(
      "Envoys left Geneva on Thursday.\n\nDie Unterhändler beider Staaten verließen die Stadt am Donnerstag, ohne dass ein "
      "Termin für weitere Gespräche genannt wurde.\n\nThe foreign minister said that troops would stay.");
  ASSERT_NE(article, nullptr);
  EXPECT_TRUE(is_mixed(*article));
  EXPECT_EQ(article->blocks()[0].kind, BlockKind::kParagraph);
  EXPECT_EQ(article->blocks()[1].reason, "other-language");
}

TEST(LanguageGate, is_off_where_asked) {
  ArticleOptions any = test_article_options();
  any.any_language = true;
  EXPECT_EQ(error_of(kGerman, any), "");
  ArticleOptions as_is = test_article_options();
  as_is.as_is = true;
  EXPECT_EQ(error_of(kRussian, as_is), "");
  EXPECT_EQ(make_article({}, kGerman, test_article_options())->blocks().size(), 1U);
}

TEST(LanguageGate, works_without_rules) {
  EXPECT_EQ(error_of(kGerman, {}), "other-language: is in German, not in English");
  EXPECT_EQ(error_of(kEnglish, {}), "");
}

TEST(LanguageGate, huge_and_odd_texts_end_quickly) {
  std::string ideographs;
  for (int i = 0; i < 300'000; ++i) ideographs += "外";
  EXPECT_TRUE(error_of(ideographs).starts_with("other-language"));
  EXPECT_EQ(error_of(std::string(1'000'000, 'q')), "");
  std::string lines;
  for (int i = 0; i < 19'000; ++i) lines += "xyz\n\n";
  EXPECT_EQ(error_of(lines), "");
}

}  // namespace
}  // namespace casus
