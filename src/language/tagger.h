#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <casus/document.h>
#include <casus/result.h>

#include "language/kernels.h"
#include "language/thinc_model.h"

namespace casus {

/// spaCy's tagger: one linear layer over the shared rows. Immutable.
class Tagger {
 public:
  /// `config`: content of tagger/cfg, which lists the labels. `width`: of the rows. Errors: kBadModel.
  [[nodiscard]] static Result<std::unique_ptr<const Tagger>> build(const ThincModel& model, const std::string& model_file,
                                                                   std::string_view config, const std::string& config_file, size_t width,
                                                                   LabelTable& labels);

  /// Tags of `count` rows, as label numbers; `scores` is a buffer.
  void tag(const float* rows, size_t count, AlignedFloats& scores, std::vector<uint16_t>& tags) const;

 private:
  PackedMatrix weights_;
  AlignedFloats bias_;
  std::vector<uint16_t> labels_;
};

}  // namespace casus
