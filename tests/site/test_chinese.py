"""Everything that the package says exists in Chinese."""

import re

import openpyxl
import pytest

from hostcity.plan import PlanError, apply_overrides, plan_from_json, problems_of, read_plan, write_workbook
from hostcity.plan.imdf import examine
from hostcity.report.problems import problem_in_chinese, problems_in_chinese
from tests.fairs import small_fair
from tests.plan import test_drawing
from tests.plan.imdf.archives import market, saved
from tests.plan.imdf.test_rules import EXAMPLES
from tests.plan.test_check import RULES
from tests.site.commands import TINY, done, refused
from tests.site.messages import catalog, messages

NAMES = re.compile(r"\{(\w+)")


def test_every_message_has_chinese():
    said = messages()
    assert len(said) > 600
    known = {(each.context or "", each.id): each for each in catalog() if each.id}
    missing = sorted(each for each in said if each not in known or not known[each].string)
    assert missing == []
    assert sorted(each.id for each in known.values() if each.fuzzy) == []


def test_chinese_takes_the_same_values():
    for each in catalog():
        if each.id:
            assert set(NAMES.findall(each.string)) <= set(NAMES.findall(each.id)), each.id


def test_no_chinese_is_left_over():
    left = {(each.context or "", each.id) for each in catalog() if each.id} - messages()
    assert sorted(left) == []


# Bad plans in Chinese

#: English that an author of a Chinese plan meets all the same: it stands in a sentence only as the name of a thing.
SENTENCE_WORDS = re.compile(
    r"\b(is|are|has|have|the|of|and|or|not|which|give|write|remove|did|you|mean|there|no|cannot|people|must|fill|name)\b",
    re.I,
)
#: What is quoted of a file, and what is to be written into one.
QUOTED = re.compile(r"'[^']*'|\{.*\}|\w+\.geojson|属性 \w+|IMDF 的 \d+ 个取值中选择：[\w., ]+|\[[\w.]+\]")
BAD_CELLS = {
    "stations": {"E3": -4, "E4": "=1+2", "E5": None, "E6": "#N/A", "F3": "12 m", "H3": "lognorm"},
    "areas": {"D3": "Hall", "H3": "maybe", "I4": "1,2,3", "A4": "a;b"},
    "nodes": {"A4": "security", "B4": "9", "Z9": "note"},
    "edition": {"F3": "9 o'clock", "D3": "6.11.2019", "E3": "Europe"},
    "links": {"E1": "lenght_m", "F2": "width [cm]"},
    "gates": {"D1": "colour", "D3": "red", "B3": "x" * 33_000},
}


def test_a_bad_workbook_is_told_in_chinese(tmp_path):
    write_workbook(small_fair(), tmp_path / "expo.xlsx")
    book = openpyxl.load_workbook(tmp_path / "expo.xlsx")
    for sheet, cells in BAD_CELLS.items():
        for address, value in cells.items():
            book[sheet][address] = value
    book.create_sheet("Notes")["A1"] = "hello"
    del book["levels"]
    book.save(tmp_path / "expo.xlsx")
    with pytest.raises(PlanError) as error:
        read_plan(tmp_path)
    assert len(error.value.problems) > 15
    for problem in error.value.problems:
        said = problem_in_chinese(problem)
        assert SENTENCE_WORDS.findall(without_names(said)) == [], said


@pytest.mark.parametrize("act", [act for act, _ in RULES], ids=[str(number) for number in range(len(RULES))])
def test_every_rule_is_told_in_chinese(act):
    for problem in problems_of(act(small_fair())):
        said = problem_in_chinese(problem)
        assert SENTENCE_WORDS.findall(without_names(said)) == [], said
        assert problem.code in said


@pytest.mark.parametrize("plan", [plan for plan, _ in test_drawing.RULES])
def test_every_rule_of_drawings_is_told_in_chinese(plan):
    for problem in problems_of(plan):
        assert SENTENCE_WORDS.findall(without_names(problem_in_chinese(problem))) == []


@pytest.mark.parametrize("text", ["{", "[1]", '{"edition": 1}', "[" * 100_000, '{"nodes": [], "nodes": []}'])
def test_bad_json_is_told_in_chinese(text):
    with pytest.raises(PlanError) as error:
        plan_from_json(text)
    assert SENTENCE_WORDS.findall(without_names(problems_in_chinese(error.value))) == []


@pytest.mark.parametrize(
    "change",
    ["lanes", "stashuns.a.lanes=1", "stations.food.lane=1", "stations.fod.lanes=1", "stations.food.lanes=", "areas.H1.kind*=2",
     "stations.food.lanes*=x", "stations.food.lanes@09:00-08:00=3", "areas.H1.kind@09:00-10:00=hall", "stations.food.lanes=-1"],
)  # fmt: skip
def test_a_bad_change_is_told_in_chinese(change):
    with pytest.raises(PlanError) as error:
        apply_overrides(small_fair(), [change])
    said = problems_in_chinese(error.value)
    assert said.startswith("改动 共有 1 个问题：")
    assert SENTENCE_WORDS.findall(without_names(said)) == [], said


def without_names(said: str) -> str:
    """Without codes, values in quotes, and what is written with dots, lines below or capitals only."""
    return re.sub(r"\[[^\]]*\]|'[^']*'|`[^`]*`|\S*[_.@/-]\S*|\bsheet\b|\byes\b \S \bno\b", "", said)


# The command


def test_help_in_chinese():
    told = done("rehearse", "--help", LANG="zh_CN.UTF-8")
    assert told.splitlines()[0] == "用法：hostcity rehearse [选项] {plan}"
    assert "显示本说明并退出" in told
    assert done("rehearse", "--help", "--lang", "zh") == done("rehearse", "--lang", "zh", "--help") == told
    assert "Usage: " in done("rehearse", "--help", "--lang", "en", LANG="zh_CN.UTF-8")


@pytest.mark.parametrize(
    "words",
    [["check"], ["chek", TINY], ["check", TINY, "--sett", "a.b.c=1"], ["lanes", TINY, "--seed", "-1"], ["convert", TINY],
     ["lanes", TINY, "--seed", "one"], ["compare", TINY, TINY, "--runs", "2000"], ["template", "/nowhere/x.xlsx"],
     ["check", "nowhere"]],
    ids=" ".join,
)  # fmt: skip
def test_wrong_words_are_told_in_chinese(words):
    told = refused(*words, LANG="zh_CN.UTF-8")
    assert SENTENCE_WORDS.findall(without_names(told)) == []
    assert re.search(r"[\u4e00-\u9fff]", told)


def test_a_comparison_in_chinese():
    told = done("compare", TINY, TINY, "--runs", "1", "--processes", "1", "--lang", "zh")
    assert "高峰小时 99% 入场不超过（分钟）" in told
    assert not re.search(r"\w+_(s|m|m2|share|persons)\b", told)


def test_every_rule_of_archives_is_told_in_chinese(tmp_path):
    told = []
    for rule, change in EXAMPLES.items():
        if rule in ("imdf.archive.bomb", "imdf.file.features"):  # large, and told like the others
            continue
        files = market()
        changed = change(files)
        path = saved(tmp_path, files if changed is None else changed)
        try:
            found = examine(path).problems
        except PlanError as error:
            found = error.problems
        told += [problem_in_chinese(each) for each in found]
    told += [problem_in_chinese(each) for each in examine(saved(tmp_path, market())).notes]
    assert len(told) > 300
    assert [text for text in told if SENTENCE_WORDS.search(QUOTED.sub("", text))] == []
