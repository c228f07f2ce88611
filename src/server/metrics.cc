#include "server/metrics.h"

#include "base/json_writer.h"

namespace casus {
namespace {

std::string number_text(double value) {
  std::string text;
  JsonWriter(text).number(value);
  return text;
}

void head(std::string& out, const std::string& name, const char* type, const char* help) {
  out += "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
}

void line(std::string& out, const std::string& name, uint64_t value) { out += name + " " + std::to_string(value) + "\n"; }

void single(std::string& out, const std::string& name, const char* type, const char* help, uint64_t value) {
  head(out, name, type, help);
  line(out, name, value);
}

}  // namespace

void ServerMetrics::count(std::string_view route, int status, std::chrono::nanoseconds took) {
  const double seconds = std::chrono::duration<double>(took).count();
  const std::lock_guard lock(mutex_);
  ++requests_[{std::string(route), status}];
  Times& times = times_[std::string(route)];
  ++times.all;
  times.seconds += seconds;
  for (size_t i = 0; i < kSeconds.size(); ++i) times.within[i] += seconds <= kSeconds[i] ? 1 : 0;
}

std::string ServerMetrics::text(const State& state, std::string_view version) const {
  std::string out;
  head(out, "casus_info", "gauge", "The version of casus.");
  out += "casus_info{version=\"" + std::string(version) + "\"} 1\n";
  single(out, "casus_connections", "gauge", "Open connections.", state.http.connections);
  single(out, "casus_streams", "gauge", "Connections that wait for events.", state.http.streams);
  single(out, "casus_requests_in_work", "gauge", "Requests that are being answered.", state.http.in_work);
  single(out, "casus_requests_pending", "gauge", "Requests that wait for a crisis that is being built.", state.http.pending);
  single(out, "casus_refused_total", "counter", "Requests that were no HTTP, too large, too slow or too many.", state.http.refused);
  single(out, "casus_streams_cut_off_total", "counter", "Readers of events that were too slow.", state.http.cut_off);
  single(out, "casus_sent_bytes_total", "counter", "Bytes of answers.", state.http.bytes_out);
  single(out, "casus_data_version", "gauge", "Changes of the database seen since the start, and one.", state.data_version);
  single(out, "casus_crisis_version", "gauge", "The change that the crisis in memory knows.", state.crisis_version);
  single(out, "casus_crisis_builds_total", "counter", "Crises built of the database.", state.crisis_builds);
  single(out, "casus_kept_answers_hits_total", "counter", "Answers that were kept from before.", state.answers_kept_hits);
  single(out, "casus_kept_answers_misses_total", "counter", "Answers that had to be made.", state.answers_kept_misses);
  single(out, "casus_kept_answers_bytes", "gauge", "Bytes of answers that are kept.", state.answers_kept_bytes);
  const std::lock_guard lock(mutex_);
  head(out, "casus_requests_total", "counter", "Requests by route and status.");
  for (const auto& [key, count] : requests_)
    line(out, "casus_requests_total{route=\"" + key.first + "\",status=\"" + std::to_string(key.second) + "\"}", count);
  head(out, "casus_request_seconds", "histogram", "Seconds until an answer was made.");
  for (const auto& [route, times] : times_) {
    const std::string label = "{route=\"" + route + "\"";
    for (size_t i = 0; i < kSeconds.size(); ++i)
      line(out, "casus_request_seconds_bucket" + label + ",le=\"" + number_text(kSeconds[i]) + "\"}", times.within[i]);
    line(out, "casus_request_seconds_bucket" + label + ",le=\"+Inf\"}", times.all);
    out += "casus_request_seconds_sum" + label + "} " + number_text(times.seconds) + "\n";
    line(out, "casus_request_seconds_count" + label + "}", times.all);
  }
  return out;
}

}  // namespace casus
