"""What is wrong and how to mend it, in one."""

import pytest

from hostcity.plan.sentences import in_sentences


@pytest.mark.parametrize(
    ("parts", "chinese", "whole"),
    [
        (["4 problems in the plan:", "Mend what is listed."], False, "4 problems in the plan. Mend what is listed."),
        (["has 0 lanes.", "Give it at least 1."], False, "has 0 lanes. Give it at least 1."),
        (["No edition 'b'", "Known: a, c"], False, "No edition 'b'. Known: a, c."),
        (["Really?", ""], False, "Really?"),
        (["方案中有 4 个问题：", "请逐项修改。"], True, "方案中有 4 个问题。请逐项修改。"),
        (["文件不存在.", " 请检查 path"], True, "文件不存在。请检查 path。"),
        (["", ""], True, ""),
    ],
)  # fmt: skip
def test_parts_become_sentences_of_their_language(parts, chinese, whole):
    assert in_sentences(*parts, chinese=chinese) == whole
