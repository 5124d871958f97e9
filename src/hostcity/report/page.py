"""One self-contained HTML page of a rehearsal: works offline, asks no other host for anything."""

from __future__ import annotations

import base64
import hashlib
import math
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from hostcity.report.clocks import limit_text, minute, minutes_text
from hostcity.report.events import events_of, together_of
from hostcity.report.figure_names import figure_name
from hostcity.report.findings import findings_of
from hostcity.report.inputs import inputs_of, shown_values
from hostcity.report.player_data import player_data
from hostcity.report.possible_days import possible_days
from hostcity.report.quantities import joined, quantity_name
from hostcity.report.sentences import (
    caveats,
    deciding_sentence,
    held_sentence,
    left_out_sentence,
    overload_text,
    wait_text,
    warnings_as_text,
)
from hostcity.report.terms import TERMS
from hostcity.report.tornado import tornado_of
from hostcity.report.verdict_words import told_limits, told_verdict, verdict_title
from hostcity.report.words import Both, named, say, unit_name
from hostcity.studies import Rehearsal
from hostcity.studies.swings import USUAL

HERE = Path(__file__).parent
ASSETS = HERE / "assets"


def page_of(rehearsal: Rehearsal) -> str:
    """The page as text."""
    style, script = asset("player.css"), asset("player.js")
    row = rehearsal.plan.day
    name = named(row)
    inputs = inputs_of(rehearsal.plan)
    swings = rehearsal.swings
    figures = (*(each.figure for each in swings.swings), *swings.not_tried, *swings.not_varied) if swings else ()
    figure_names = {each: figure_name(rehearsal.plan, each) for each in figures}
    return environment().get_template("report.html.j2").render(
        title=Both(f"{name.en}, {row.date}: rehearsal", f"{name.zh} {row.date} 推演报告"),
        name=name,
        edition=row,
        rehearsal=rehearsal,
        plan=rehearsal.plan,
        day=rehearsal.day,
        verdict=rehearsal.verdict,
        figures=rehearsal.figures,
        found=findings_of(rehearsal),
        events=events_of(rehearsal),
        together=together_of(rehearsal),
        many=possible_days(rehearsal),
        verdict_title=verdict_title(rehearsal.verdict),
        sentence=told_verdict(rehearsal.verdict),
        deciding=deciding_sentence(rehearsal),
        left_out=left_out_sentence(rehearsal),
        held=held_sentence(rehearsal),
        limits=told_limits(rehearsal.verdict),
        warnings=warnings_as_text(rehearsal),
        overloads=[overload_text(each) for each in rehearsal.day.overloads],
        caveats=caveats(rehearsal.plan),
        tornado=tornado_of(rehearsal.swings),
        figure_names=figure_names,
        not_tried=joined(figure_names[each] for each in rehearsal.swings.not_tried) if rehearsal.swings else None,
        not_varied=joined(figure_names[each] for each in rehearsal.swings.not_varied) if rehearsal.swings else None,
        usual=USUAL,
        base_wait=wait_text(rehearsal.swings.base.peak_p99_s, rehearsal.verdict.peak_limit_s) if rehearsal.swings else "",
        whole_wait=wait_text(rehearsal.verdict.peak_p99_s, rehearsal.verdict.peak_limit_s),
        appointment_names={each.code: named(each) for each in rehearsal.plan.appointments},
        post_names={each.code: named(each) for each in rehearsal.plan.posts},
        band_names={each.code: named(each) for each in rehearsal.plan.bands},
        quantities={each.code: quantity_name(rehearsal.plan, each.quantity) for each in rehearsal.plan.reported},
        notes={each.code: Both(each.note_en, each.note_zh or each.note_en) for each in rehearsal.plan.reported},
        inputs=inputs,
        headings={each.figure: Both(each.field.heading_en, each.field.heading_zh) for each in inputs},
        results_sha256=rehearsal.day.results_sha256,
        sources={each.code: each for each in rehearsal.plan.sources},
        data=Markup(player_data(rehearsal)),  # noqa: S704 -- base64
        style=Markup(style),  # noqa: S704 -- our own bundle
        script=Markup(script),  # noqa: S704 -- our own bundle
        policy=page_policy(),
    )  # fmt: skip


def asset(name: str) -> str:
    """A bundle as it stands in a page. Raises FileNotFoundError while it has not been built."""
    path = ASSETS / name
    if not path.exists():
        raise FileNotFoundError(f"{path} is made when hostcity is installed: pip install -e .")
    return path.read_text("utf-8").replace("</script", "<\\/script")


def page_policy(script: str = "player.js") -> str:
    """A page's content security policy: lets in its style and its script, and nothing else."""
    style, program = asset("player.css"), asset(script)

    def sha256(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    return (
        f"default-src 'none'; script-src 'sha256-{sha256(program)}'; style-src 'sha256-{sha256(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def environment() -> Environment:
    """The templates, with what they say and how."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "count": lambda value: f"{value:,.0f}",
        "clock": minute,
        "minutes": minutes_text,
        "limit": limit_text,
        "share": lambda value: _both(Both(f"{100 * value:.1f} %", f"{100 * value:.1f}%")),
        "both": _both,
        "unit": lambda unit: _both(unit_name(unit)),
        "values": lambda each: _both(shown_values(each)),
    }
    environment.globals |= {
        "infinity": math.inf,
        "nan": math.nan,
        "say": say,
        "t": lambda message, **values: _both(say(message, **values)),
        "pair": lambda en, zh: _both(Both(en, zh)),
        "term": _term,
    }
    return environment


def _both(text: Both) -> Markup:
    """Both languages; the style sheet hides the one that was not chosen."""
    if text.en == text.zh:
        return Markup("{}").format(text.en)
    return Markup('<span class="en" lang="en">{}</span><span class="zh" lang="zh-Hans">{}</span>').format(*text)


def _term(value: str) -> Any:
    """A word of the plan (a kind, service, mark ...) in both languages; as it is when it is nobody's."""
    return _both(say(TERMS[value])) if value in TERMS else value
