import pytest

pytest.register_assert_rewrite("tests.messages")  # so that a wrong line is shown beside the right
