# The prose that the judge is trained on, and its training as far as that needs no torch.
add_test(NAME train_prose COMMAND python3 ${CMAKE_CURRENT_LIST_DIR}/prose_test.py)
add_test(NAME train_judge_data COMMAND python3 ${CMAKE_CURRENT_LIST_DIR}/judge_data_test.py)
set_tests_properties(train_prose train_judge_data PROPERTIES TIMEOUT 300 ENVIRONMENT "PYTHONDONTWRITEBYTECODE=1")
