# The judge: what was learned (data/judge), joined at build time with the base encoder that tools/fetch_vendor.sh brings. Without it
# casus is built all the same, reads by rules alone, and says at run time what it lacks.
set(CASUS_JUDGE ${PROJECT_BINARY_DIR}/judge.bin)
set(encoder ${PROJECT_SOURCE_DIR}/vendor/encoder)
# What becomes 8 bits, and how, follows from how great the numbers in the encoder are in such sentences.
set(sentences ${PROJECT_SOURCE_DIR}/train/prose/world_01.txt)
set(learned ${PROJECT_SOURCE_DIR}/data/judge/learned.safetensors)
add_executable(compile_judge ${PROJECT_SOURCE_DIR}/tools/compile_judge.cc)
target_link_libraries(compile_judge PRIVATE casus_judge)
if(EXISTS ${encoder}/model.safetensors)
  add_custom_command(
    OUTPUT ${CASUS_JUDGE}
    COMMAND compile_judge ${encoder}/model.safetensors ${encoder}/vocab.txt ${learned} ${CASUS_JUDGE} ${sentences}
    DEPENDS compile_judge ${encoder}/model.safetensors ${encoder}/vocab.txt ${learned} ${sentences}
    COMMENT "Compiling the judge")
  add_custom_target(judge ALL DEPENDS ${CASUS_JUDGE})
else()
  add_custom_target(judge)
  message(WARNING "no vendor/encoder: casus will read by rules alone (tools/fetch_vendor.sh brings the encoder)")
endif()
if(CASUS_DEVELOPER)
  add_executable(ask_judge ${PROJECT_SOURCE_DIR}/tools/ask_judge.cc)
  target_link_libraries(ask_judge PRIVATE casus_judge simdjson::simdjson)
  add_executable(judge_questions ${PROJECT_SOURCE_DIR}/tools/judge_questions.cc)
  target_link_libraries(judge_questions PRIVATE casus_cli)
  add_executable(gate_examples ${PROJECT_SOURCE_DIR}/tools/gate_examples.cc)
  target_link_libraries(gate_examples PRIVATE casus_cli)
endif()
