"""How texts and questions are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostcity.core.search.words import Term, plain, terms_of, tokens_of, whole_of

HAN = st.text(st.sampled_from("应急预案展会北门西馆安检通道志愿者𠮷"), min_size=1, max_size=12)
ANYTHING = st.text(max_size=60)


def has(text: str, question: str, *, with_pinyin: bool = False) -> bool:
    tokens = set(tokens_of(text, with_pinyin=with_pinyin))
    terms = terms_of(question)
    return bool(terms) and all(term.is_in(tokens) for term in terms)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("West Gate", ["west", "gate"]),
        ("W-security.north", ["w", "security", "north", "wsecuritynorth"]),
        ("应急预案", ["应", "急", "预", "案", "应急", "急预", "预案"]),
        ("7.1馆 Café", ["7", "1", "71", "馆", "cafe"]),
        ("ＡＢＣ１２３", ["abc123"]),
        ("𝐀𝐁", ["ab"]),
        ("", []),
        ("—!?", []),
    ],
)
def test_texts_are_cut_into_words_codes_and_pairs(text, tokens):
    assert tokens_of(text) == tokens


def test_questions_ask_for_beginnings_of_words_and_all_pairs():
    assert terms_of("Sec 应急预") == [Term("sec", is_begun=True), Term("应急"), Term("急预")]
    assert terms_of("急") == [Term("急")]
    assert terms_of("h 7") == [Term("h"), Term("7")]  # one letter is no beginning: half of everything has it
    assert terms_of("W-sec") == [Term("w"), Term("sec", is_begun=True)]
    assert len(terms_of(" ".join(f"word{count}" for count in range(50)))) == 12


@pytest.mark.parametrize(
    "question", ["yingji", "yj", "yingjiyuan", "yjya", "ying", "ji yu", "zhanhui", "zhyj", "YINGJI"]
)
def test_pinyin_is_found_from_any_character_on(question):
    assert has("展会应急预案", question, with_pinyin=True)


@pytest.mark.parametrize("question", ["yingyu", "jy x", "hanhui"])
def test_pinyin_that_is_not_there_is_not_found(question):
    assert not has("展会应急预案", question, with_pinyin=True)


def test_a_reading_goes_by_its_word():
    assert has("银行", "yinhang", with_pinyin=True)
    assert has("重庆", "chongqing", with_pinyin=True)
    assert has("绿地", "lvdi", with_pinyin=True)


@given(HAN, HAN, HAN)
def test_every_part_of_a_chinese_text_is_found(before, part, after):
    assert has(before + part + after, part)


@given(ANYTHING)
def test_every_text_finds_itself(text):
    terms = terms_of(text)
    assert all(term.is_in(tokens_of(text)) for term in terms)


@given(ANYTHING)
def test_tokens_hold_nothing_that_the_index_would_cut(text):
    for token in [*tokens_of(text, with_pinyin=True), *[term.token for term in terms_of(text)]]:
        assert token
        assert len(token) <= 40
        assert all(sign.isalnum() or (ord(sign) > 127 and not sign.isspace()) for sign in token), token
    assert plain(plain(text)) == plain(text)


def test_a_whole_title_is_one_token():
    assert whole_of("W-security") == whole_of("w security") == "=wsecurity"
    assert whole_of("?") == "="
