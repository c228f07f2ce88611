# Code that must not build. Each file is compiled twice: right, which proves that nothing else is wrong with it, and with
# -DWRONG, which must fail with just the message expected.

# casus_compile_fail(NAME STAGE stage FILE file MESSAGE regex [DEFINES …]): compiled with what `stage` may include.
function(casus_compile_fail name)
  cmake_parse_arguments(ARG "" "STAGE;FILE;MESSAGE" "DEFINES" ${ARGN})
  set(includes "$<TARGET_PROPERTY:casus_${ARG_STAGE},INTERFACE_INCLUDE_DIRECTORIES>")
  set(command ${CMAKE_CXX_COMPILER} -std=c++20 -fsyntax-only "-I$<JOIN:${includes},$<SEMICOLON>-I>" ${ARG_DEFINES}
      ${CMAKE_CURRENT_LIST_DIR}/${ARG_FILE})
  add_test(NAME compile_fail_${name}_right COMMAND ${command} COMMAND_EXPAND_LISTS)
  add_test(NAME compile_fail_${name}_wrong COMMAND ${command} -DWRONG COMMAND_EXPAND_LISTS)
  set_tests_properties(compile_fail_${name}_wrong PROPERTIES PASS_REGULAR_EXPRESSION "${ARG_MESSAGE}")
endfunction()

# The arrows between stages point one way: no stage can include a later one, nor one that it does not need.
function(casus_wrong_arrow stage allowed forbidden)
  string(MAKE_C_IDENTIFIER ${forbidden} id)
  casus_compile_fail(arrow_${stage}_to_${id} STAGE ${stage} FILE wrong_arrow.cc MESSAGE "No such file|file not found"
    DEFINES "-DALLOWED=<${allowed}>" "-DFORBIDDEN=<${forbidden}>")
endfunction()
casus_wrong_arrow(base casus/result.h casus/article.h)
casus_wrong_arrow(article casus/article.h language/language.h)
casus_wrong_arrow(article article/article_source.h casus/document.h)
casus_wrong_arrow(language language/language.h lexicon/lexicon.h)
casus_wrong_arrow(language casus/document.h casus/report.h)
casus_wrong_arrow(lexicon lexicon/lexicon.h casus/document.h)
casus_wrong_arrow(reading reading/reading.h cli/pool.h)

# Views of what is about to vanish.
casus_compile_fail(document_of_temporary STAGE language FILE document_of_temporary.cc MESSAGE "deleted")
casus_compile_fail(article_copy STAGE article FILE article_copy.cc MESSAGE "deleted")
casus_compile_fail(result_dropped STAGE base FILE result_dropped.cc MESSAGE "nodiscard" DEFINES -Werror=unused-result)
