# The prose that the judge is trained on.
add_test(NAME train_prose COMMAND python3 ${CMAKE_CURRENT_LIST_DIR}/prose_test.py)
set_tests_properties(train_prose PROPERTIES TIMEOUT 300 ENVIRONMENT "PYTHONDONTWRITEBYTECODE=1")
