"""Everything that the pages say exists in Chinese, with the same values in it, and nothing is left over."""

import re

from tests.site.page_messages import catalog, key_of, messages, of_source

VALUES = re.compile(r"%\((\w+)\)|\{(\w+)")


def entries():
    return {key_of(each): each for each in catalog() if each.id}


def test_messages_are_found_in_python_and_in_templates():
    source = 'gettext("a")\nngettext("b", "bs", 2)\npgettext_lazy("c", "d")\n_(name)\nnpgettext("e", "f", "fs", 1)\n'
    assert set(of_source(source)) == {("", "a", ""), ("", "b", "bs"), ("c", "d", ""), ("e", "f", "fs")}
    assert ("", "Skip to content", "") in messages()
    assert ("", "%(unread)s unread notice", "%(unread)s unread notices") in messages()
    assert ("", "administrator", "") in messages()


def test_every_message_has_chinese():
    known = entries()
    missing = sorted(key for key in messages() if key not in known or not texts_of(known[key])[0])
    assert missing == [], "run: python tools/messages.py"
    assert sorted(key for key, each in known.items() if each.fuzzy) == []


def test_no_chinese_is_left_over():
    assert sorted(set(entries()) - messages()) == []


def test_chinese_takes_the_same_values():
    wrong = {}
    for (_, singular, plural), entry in entries().items():
        given = values_of(singular) | values_of(plural)
        wrong |= {said: given for said in texts_of(entry) if values_of(said) != given}
    assert wrong == {}


def test_chinese_is_written_with_chinese_marks():
    halves = re.compile(r"[\u4e00-\u9fff][,;:?!]|[,;?!][\u4e00-\u9fff]")
    assert [said for entry in entries().values() for said in texts_of(entry) if halves.search(said)] == []


def values_of(text):
    return {name for pair in VALUES.findall(text) for name in pair if name}


def texts_of(entry):
    return entry.string if isinstance(entry.string, tuple) else (entry.string,)
