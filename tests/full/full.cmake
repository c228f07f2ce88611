# What ./check runs beyond the tests of its own preset: each of these drives a build of another kind. Label "slow".
if(NOT CASUS_FULL_CHECK)
  return()
endif()
function(casus_full_check name)
  add_test(NAME full_${name} COMMAND ${ARGN} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(full_${name} PROPERTIES LABELS slow RUN_SERIAL ON TIMEOUT 2400)
endfunction()
casus_full_check(format tools/check_format.sh)
# The second compiler builds everything here. What runs no code of casus, or none with threads, would only be repeated.
casus_full_check(asan_ubsan tools/check_preset.sh asan-ubsan "^(unit|cli|cases|parity$|parity_.*_random)")
casus_full_check(tsan tools/check_preset.sh tsan "^(unit_cli|cli_(code|parse|streams))" casus unit_cli)
casus_full_check(fuzz tools/check_fuzz.sh)
casus_full_check(tidy tools/check_tidy.sh)
