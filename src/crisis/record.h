#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace casus {

struct Record;

/// A value of a record; monostate is null.
using RecordValue = std::variant<std::monostate, bool, int64_t, double, std::string, std::vector<std::string>, std::vector<Record>>;

/// A row of a view as data: fields in their order, the same names in JSON and in tables.
struct Record {
  std::vector<std::pair<std::string, RecordValue>> fields{};

  Record& add(std::string_view name, RecordValue value) {
    fields.emplace_back(name, std::move(value));
    return *this;
  }
};

/// Appends the record as compact JSON.
void append_json(const Record& record, std::string& out);

/// Appends a feature of GeoJSON: a point in degrees, with the fields that are no records as its properties.
void append_feature(const Record& record, double lat, double lon, std::string& out);

/// The names of the fields that fit a cell, as a row of comma-separated values; and the record as such a row: lists joined by ";", records
/// within left out, null empty.
void append_csv_header(const Record& record, std::string& out);
void append_csv_row(const Record& record, std::string& out);

}  // namespace casus
