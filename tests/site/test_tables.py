"""Tables on narrow and wide screens: nothing is lost, no code is broken."""

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from hostcity.report.words import Both
from hostcity.site.screens.rehearsal import show_rehearsal
from hostcity.site.screens.tables import show_beside, table_of, width_of, wrapped
from hostcity.site.screens.words import Words
from tests.rehearsals import small_rehearsal


def screen(width: int) -> Console:
    return Console(width=width, highlight=False, markup=False, emoji=False, file=io.StringIO())


def lines(console: Console) -> list[str]:
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        (
            "mean service of Security (5 stations, *-security)",
            20,
            "mean service of\nSecurity (5\nstations,\n*-security)",
        ),
        ("5.2-foot0>5.2-head0:escalator", 10, "5.2-foot0>5.2-head0:escalator"),
        ("安检（5 处，*-security）的平均服务时间", 14, "安检（5 处，\n*-security）的\n平均服务时间"),
        ("", 5, ""),
    ],
)
def test_lines_end_between_words_and_signs_only(text, width, expected):
    assert wrapped(text, width) == expected


def test_a_table_is_at_most_as_wide_as_the_screen_and_keeps_codes():
    rows = [("what is called by many words", "5.2-foot0>5.2-head0:escalator", "12.3 min"), ("short", "a", "1.0 min")]
    columns = (("figure", "w"), ("a link", "l"), ("a long heading", "r"))
    console = screen(58)
    table = table_of(console, "Title", columns, rows)
    console.print(table)
    assert width_of(table) == 58
    assert lines(console) == [
        "Title",
        "                                                    a long",
        "figure             a link                          heading",
        "what is called by  5.2-foot0>5.2-head0:escalator  12.3 min",
        "many words",
        "short              a                               1.0 min",
    ]


@pytest.mark.parametrize(("width", "count"), [(24, 4), (20, 8)])
def test_two_tables_stand_side_by_side_where_there_is_room(width, count):
    console = screen(width)
    one, other = (table_of(console, "Title", (("a code", "l"),), [("0123456789",), ("b",)]) for _ in range(2))
    show_beside(console, one, other)
    assert len(lines(console)) == count


@pytest.mark.parametrize("chinese", [False, True])
@pytest.mark.parametrize(("width", "most"), [(80, 60), (140, 45)])
def test_the_day_is_one_screen_with_every_code_whole(width, most, chinese):
    played, console = small_rehearsal(), screen(width)
    show_rehearsal(console, played, None, Words(chinese=chinese))
    told = lines(console)
    assert max(map(cell_len, told)) <= width
    assert len(told) <= most
    densest = sorted(played.figures.links, key=lambda each: (-each.peak_per_m2, each.code))[:3]
    assert all(any(line.startswith(f"{link.code} ") for line in told) for link in densest)
    left = len(played.figures.links) - (3 if width == 80 else 4)
    more = Both(f"... and {left} more in the report", f"……另有 {left} 项见报告")
    assert any(Words(chinese=chinese).told(more) in line for line in told)
