#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "article/article_reader.h"
#include "article/article_source.h"
#include "article/expansion.h"
#include "article/warc_record.h"
#include "base/line_reader.h"

namespace casus {

/// Articles of a web archive (WARC 0.18 to 1.1), record by record, holding one record. Read are responses of web servers with status 200
/// that are a page or a text, conversions (the text of pages, as in WET files) and resources; their url is the record's target. The day
/// of the visit is never the day of publication. Other records are passed over and counted.
/// Errors: of a record kBadRecord, kUnreadable, kTooLarge, with its number; the reader goes on at the next record that it finds.
class WarcReader : public ArticleReader {
 public:
  /// `outermost`: the bytes are those of the input itself and count as taken in `expansion`.
  WarcReader(LineReader file, ArticleFields known, const ArticleOptions& options, std::shared_ptr<Expansion> expansion, bool outermost);

  [[nodiscard]] std::optional<Result<ArticlePtr>> next() override;
  [[nodiscard]] uint64_t bytes_read() const override { return file_.bytes_read(); }
  [[nodiscard]] PassedOver passed_over() const override { return passed_over_; }

 private:
  [[nodiscard]] Result<bool> find_record();
  [[nodiscard]] std::optional<Error> skip_to_record();
  [[nodiscard]] Result<WarcHeader> read_header();
  [[nodiscard]] Result<std::string> read_block(uint64_t length);
  [[nodiscard]] Result<void> check_end(std::string_view block, uint64_t length);
  [[nodiscard]] std::optional<Error> take_failure();
  void put_back(std::string_view block, size_t from);
  [[nodiscard]] std::optional<Error> read_record();
  [[nodiscard]] std::optional<Error> read_response(std::string_view block, const WarcHeader& header);
  void read_content(const WebContent& content, const WarcHeader& header);
  void pass_over(std::string_view reason) { ++passed_over_[std::string(reason)]; }
  [[nodiscard]] Error bad_record(std::string message, ErrorCode code = ErrorCode::kBadRecord) const;
  void take(size_t bytes);

  LineReader file_;
  ArticleFields known_;
  ArticleOptions options_;
  std::shared_ptr<Expansion> expansion_;
  bool outermost_;
  uint64_t record_ = 0;  ///< number of the one that is being read, from 1
  uint64_t put_backs_ = 0;
  bool lost_ = false;                       ///< the last record did not end where it said; the next one has to be looked for
  std::deque<Result<ArticlePtr>> items_{};  ///< of the record that is being read
  PassedOver passed_over_{};
  bool ended_ = false;
};

}  // namespace casus
