#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http.h"
#include "server/problem.h"

namespace casus {

/// Who is let in. A page of somebody else that a browser shows can send requests here: it is told by the name under which it reached this
/// machine (Host, against names that are made to point here), and by where it comes from (Origin), before anything else is looked at.
class Gate {
 public:
  /// `names`: that this server is called by beside localhost and numeric addresses. `token`: "" where nobody may write.
  Gate(std::vector<std::string> names, std::string token) : names_(std::move(names)), token_(std::move(token)) {}

  /// Why a request is not let in at all, or nothing.
  [[nodiscard]] std::optional<Problem> check(const HttpRequest& request) const;
  /// Why it may not write, or nothing.
  [[nodiscard]] std::optional<Problem> check_token(const HttpRequest& request) const;
  /// Why its body is not read, or nothing: what a browser sends without asking first is no JSON.
  [[nodiscard]] static std::optional<Problem> check_body(const HttpRequest& request);

 private:
  std::vector<std::string> names_;
  std::string token_;
};

/// A host as Host and Origin have it, without its port: "[::1]:80" is "::1"; "" for what is none.
[[nodiscard]] std::string_view host_of(std::string_view authority);
/// Whether it is an address in numbers: no name server decides what that is.
[[nodiscard]] bool is_numeric_address(std::string_view host);

/// Headers of every answer: what a browser may do with it.
void add_safety_headers(bool is_page_of_reports, HttpHeaders& headers);

}  // namespace casus
