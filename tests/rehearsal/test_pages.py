"""Pages of rehearsals, comparisons and findings, without scripts."""

import gzip
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hostcity.core.jobs.worker import run_now
from hostcity.core.models import LedgerHead
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan import apply_overrides, read_plan
from hostcity.rehearsal.models import Comparison, Finding, Rehearsal
from hostcity.rehearsal.services import add_finding, change_finding, start_rehearsal
from hostcity.report.carried import unpack
from tests import people
from tests.rehearsal.conftest import TINY


@pytest.fixture
def browser(director):
    return people.signed_in(director)


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def at(page, row=None, **more):
    return reverse(page, kwargs={"edition": "fair"} | ({"key": row.public_id} if row else {}) | more)


@pytest.fixture
def rehearsal(play):
    return play(title="Before the talks")


# Rehearsals


MOST_QUERIES = 8


def queries_of(browser, path):
    browser.get(path)  # what is looked up once in the life of a process
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(path).status_code == 200
    return len(seen)


def test_the_list_takes_the_same_queries_whatever_its_length(edition, director, browser):
    start_rehearsal(edition=edition, by=director)
    of_one = queries_of(browser, at("rehearsals"))
    for seed in (2, 3):
        start_rehearsal(edition=edition, by=director, seed=seed)
    assert queries_of(browser, at("rehearsals")) == of_one <= MOST_QUERIES
    assert len(re.findall(r"<tr><th scope=\"row\">", browser.get(at("rehearsals")).content.decode())) == 3


def test_the_list_says_verdict_age_and_seed(edition, rehearsal, browser):
    replace_plan(edition=edition, plan=apply_overrides(read_plan(TINY), ["stations.*-security.lanes=5"]), by=None)
    said = text_of(browser.get(at("rehearsals")))
    row = said[said.index("Before the talks") :]
    assert re.search(r"Before the talks KEPT \d+\.\d 1 \d+ [1-9]\d* ", row), row


def test_a_long_list_goes_on(edition, director, browser):
    for seed in range(51):
        start_rehearsal(edition=edition, by=director, seed=seed)
    first = browser.get(at("rehearsals"))
    following = re.search(r'rel="next" href="([^"]+)"', first.content.decode())[1].replace("&amp;", "&")
    second = browser.get(at("rehearsals") + following)
    assert len(re.findall(r"rehearsals/[0-9a-f-]{36}/\">", second.content.decode())) == 1


def test_an_edition_without_a_rehearsal_offers_one(edition, browser):
    assert "Nothing has been rehearsed yet." in text_of(browser.get(at("rehearsals")))


def test_it_is_started_from_the_form(edition, browser):
    page = browser.get(at("rehearsal-start"))
    assert "This will be the first rehearsal." in text_of(page)
    answer = browser.post(
        at("rehearsal-start"), {"title": "Rain", "seed": "4", "overrides": "stations.*-security.lanes=2\r\n\r\n"}
    )
    rehearsal = Rehearsal.objects.get()
    assert answer["Location"] == at("rehearsal", rehearsal)
    assert (rehearsal.title, rehearsal.seed, rehearsal.overrides) == ("Rain", 4, ["stations.*-security.lanes=2"])
    page = text_of(browser.get(at("rehearsal", rehearsal)))
    assert "Cancel the work" in page


@pytest.mark.parametrize(("language", "words"), [("en", "sheet stashuns"), ("zh-hans", "没有表 stashuns")])
def test_problems_of_the_plan_stand_above_the_form(edition, browser, language, words):
    browser.cookies["hostcity_language"] = language
    given = {"seed": "1", "overrides": "stashuns.x.lanes=4\nlanes"}
    answer = browser.post(at("rehearsal-start"), given)
    assert answer.status_code == 422
    said = text_of(answer)
    assert words in said
    assert "override.form" in said
    assert "stashuns.x.lanes=4" in answer.content.decode()  # what was written is still there
    assert not Rehearsal.objects.exists()


@pytest.mark.parametrize("seed", ["-1", str(2**63), "x", ""])
def test_a_seed_that_is_none_stands_at_its_field(edition, browser, seed):
    answer = browser.post(at("rehearsal-start"), {"seed": seed})
    assert answer.status_code == 422
    assert 'id="id_seed_error"' in answer.content.decode()


def test_the_start_page_tells_how_much_has_changed(edition, rehearsal, browser):
    assert "The plan is the same as in the last rehearsal." in text_of(browser.get(at("rehearsal-start")))
    replace_plan(edition=edition, plan=apply_overrides(read_plan(TINY), ["stations.W-security.lanes=5"]), by=None)
    page = browser.get(at("rehearsal-start"))
    assert "The plan has 1 change since the last rehearsal." in text_of(page)
    path = re.search(r'<a href="([^"]+\?since=\d+)">', page.content.decode())[1]
    assert "W-security" in text_of(browser.get(path))


def test_a_page_shows_verdict_figures_marks_and_where_to_find_more(rehearsal, browser):
    answer = browser.get(at("rehearsal", rehearsal))
    said, source = text_of(answer), answer.content.decode()
    assert rehearsal.told["title"]["en"] in said
    assert rehearsal.told["sentence"]["en"] in said
    assert "KEPT" not in said
    assert (
        f"Of plan number {rehearsal.plan_number} ({rehearsal.snapshot.plan_sha256[:12]}…) · plan unchanged since then"
        in said
    )
    assert "reported · differs · held back" in said
    assert re.search(r"Of the \d+ figures that the plan puts in", said)
    assert f'src="{at("rehearsal-report", rehearsal)}?framed=1&amp;language=en&amp;theme=auto"' in source
    assert 'title="Report of Before the talks: replay, charts and tables"' in source
    assert f'href="{reverse("map", args=["fair"])}?result={rehearsal.result_id}"' in source
    assert re.search(
        r'findings/new/\?place=gates\.W&amp;title=[^"]+&amp;figure=[^"]+&amp;from_s=\d\d%3A\d\d&amp;', source
    )


def test_a_page_in_chinese(rehearsal, browser):
    browser.cookies["hostcity_language"] = "zh-hans"
    answer = browser.get(at("rehearsal", rehearsal))
    said = text_of(answer)
    assert rehearsal.told["title"]["zh"] in said
    assert "兑现" in said
    assert "language=zh&amp;" in answer.content.decode()


def test_a_page_takes_the_same_queries_whatever_was_said(rehearsal, director, browser):
    def say(number):
        browser.post(at("rehearsal-remark", rehearsal), {"text": f"remark {number}"})
        add_finding(rehearsal=rehearsal, by=director, title=f"finding {number}", owner=director)

    say(1)
    of_one = queries_of(browser, at("rehearsal", rehearsal))
    say(2)
    say(3)
    assert queries_of(browser, at("rehearsal", rehearsal)) == of_one <= MOST_QUERIES + 2  # remarks and findings of it
    said = text_of(browser.get(at("rehearsal", rehearsal)))
    assert all(f"{what} {number}" in said for what in ("remark", "finding") for number in (1, 2, 3))


def test_the_report_comes_with_its_own_policy(rehearsal, browser):
    answer = browser.get(at("rehearsal-report", rehearsal), headers={"Accept-Encoding": "gzip"})
    page = gzip.decompress(answer.content).decode()
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert policy.endswith("frame-ancestors 'self'")
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert rehearsal.result.results_sha256 in page
    plain = browser.get(at("rehearsal-report", rehearsal))
    assert plain.content.decode() == page
    assert "Content-Encoding" not in plain


def test_without_scripts_the_report_is_in_the_readers_language(rehearsal, browser):
    browser.cookies["hostcity_language"] = "zh-hans"
    assert b'<html lang="zh-Hans" data-lang="zh"' in browser.get(at("rehearsal-report", rehearsal)).content


def test_what_is_downloaded_is_what_was_stored(rehearsal, browser):
    for name, start in {"summary.json": b"{", "tables.zip": b"PK", "arrays.npz": b"PK", "plan.xlsx": b"PK"}.items():
        answer = browser.get(at("rehearsal-file", rehearsal, name=name))
        assert answer.content.startswith(start), name
        assert name in answer["Content-Disposition"]
    assert browser.get(at("rehearsal-file", rehearsal, name="report.html.gz")).status_code == 404


def test_before_it_is_played_there_is_no_report(edition, director, browser):
    rehearsal = start_rehearsal(edition=edition, by=director)
    assert browser.get(at("rehearsal-report", rehearsal)).status_code == 404
    assert b"<progress" in browser.get(at("rehearsal", rehearsal)).content
    assert b"hx-get" in browser.get(at("rehearsal-state", rehearsal)).content
    run_now(rehearsal.job)
    assert b"<progress" not in browser.get(at("rehearsal", rehearsal)).content
    rehearsal.job.refresh_from_db()
    assert rehearsal.job.path == at("rehearsal", rehearsal)
    assert b"hx-get" not in browser.get(at("rehearsal-state", rehearsal)).content


def test_it_is_cancelled_from_its_page(edition, director, browser):
    rehearsal = start_rehearsal(edition=edition, by=director)
    page = browser.get(at("rehearsal", rehearsal)).content.decode()
    path = reverse("job-cancel", kwargs={"edition": "fair", "public_id": rehearsal.job.public_id})
    assert f'action="{path}"' in page
    answer = browser.post(path, {"back": at("rehearsal", rehearsal)})
    assert answer["Location"] == at("rehearsal", rehearsal)
    rehearsal.refresh_from_db()
    assert rehearsal.state == "cancelled"
    assert "cancelled" in text_of(browser.get(at("rehearsals")))


def test_it_is_repeated_from_its_page(rehearsal, browser):
    browser.post(at("rehearsal-repeat", rehearsal))
    again = Rehearsal.objects.latest("pk")
    assert "not played yet" in text_of(browser.get(at("rehearsal", again)))
    run_now(again.job)
    assert "the results are the same" in text_of(browser.get(at("rehearsal", again)))


def test_an_empty_remark_is_refused_at_its_field(rehearsal, browser):
    answer = browser.post(at("rehearsal-remark", rehearsal), {"text": "  "})
    assert answer.status_code == 422
    assert "id_text_error" in answer.content.decode()


def test_who_says_it_and_what_is_said_is_shown_as_text(rehearsal, browser, director):
    browser.post(at("rehearsal-remark", rehearsal), {"text": "<b>four</b> lanes\nare enough"})
    source = browser.get(at("rehearsal", rehearsal)).content.decode()
    assert "&lt;b&gt;four&lt;/b&gt; lanes<br>are enough" in source
    assert str(director) in source


# Findings


def test_a_finding_is_marked_from_the_worst_places(rehearsal, owner, browser):
    source = browser.get(at("rehearsal", rehearsal)).content.decode()
    link = re.search(r'href="([^"]*findings/new/\?place=gates[^"]*)"', source)[1].replace("&amp;", "&")
    page = browser.get(link)
    values = {each[0]: each[1] for each in re.findall(r'name="(\w+)" value="([^"]*)"', page.content.decode())}
    assert values["place"] == "gates.W"
    assert re.fullmatch(r"\d\d:\d\d", values["from_s"])
    offered = browser.get(at("rehearsal-places", rehearsal), {"q": "west"}).content.decode()
    assert 'data-value="gates.W"' in offered
    given = {**values, "severity": "3", "owner": str(owner.pk), "bureau": "", "note": ""}
    answer = browser.post(at("finding-mark", rehearsal), given)
    finding = Finding.objects.get()
    assert answer["Location"] == at("finding", finding)
    assert (finding.owner, finding.severity, finding.place) == (owner, 3, "gates.W")
    assert finding.until_s - finding.from_s == 900


def test_a_wrong_time_or_place_is_refused_at_its_field(rehearsal, browser):
    given = {"title": "x", "severity": "2", "from_s": "9 o'clock"}
    answer = browser.post(at("finding-mark", rehearsal), given)
    assert "id_from_s_error" in answer.content.decode()
    answer = browser.post(at("finding-mark", rehearsal), given | {"from_s": "", "place": "gates.nowhere"})
    assert answer.status_code == 422
    assert "id_place_error" in answer.content.decode()
    assert not Finding.objects.exists()


def test_findings_take_the_same_queries_whatever_their_number(rehearsal, director, browser):
    add_finding(rehearsal=rehearsal, by=director, title="finding 1", owner=director)
    of_one = queries_of(browser, at("findings"))
    for number in (2, 3):
        add_finding(rehearsal=rehearsal, by=director, title=f"finding {number}", owner=director)
    assert queries_of(browser, at("findings")) == of_one <= MOST_QUERIES
    assert all(f"finding {number}" in text_of(browser.get(at("findings"))) for number in (1, 2, 3))


def test_findings_are_filtered(rehearsal, director, owner, browser):
    add_finding(rehearsal=rehearsal, by=director, title="Hers", owner=owner, severity=3)
    settled = add_finding(rehearsal=rehearsal, by=director, title="Settled", severity=1)
    change_finding(finding=settled, changes={"state": "mended"}, version=1, by=director)

    def shown(query, client=browser):
        return {
            name
            for name in ("Hers", "Settled")
            if f">{name}</a>" in client.get(at("findings") + query).content.decode()
        }

    assert shown("") == {"Hers"}
    assert shown("?state=all") == {"Hers", "Settled"}
    assert shown("?state=mended") == {"Settled"}
    assert shown("?state=all&severity=3") == {"Hers"}
    assert shown("?owner=mine") == set()
    assert shown("?owner=mine", people.signed_in(owner)) == {"Hers"}


@pytest.fixture
def finding(rehearsal, director, owner):
    return add_finding(rehearsal=rehearsal, by=director, title="Queue", place="gates.W", severity=3, owner=owner)


def test_its_owner_settles_it_and_takes_that_back(finding, owner):
    browser = people.signed_in(owner)
    page = browser.get(at("finding-change", finding)).content.decode()
    assert 'name="severity"' not in page  # not the owner's to make smaller
    browser.post(at("finding-change", finding), {"state": "mended", "note": "more lanes", "version": "1"})
    finding.refresh_from_db()
    assert (finding.state, finding.note) == ("mended", "more lanes")
    page = browser.get(at("finding", finding)).content.decode()
    number = re.search(r'name="number" value="(\d+)"', page)[1]
    said = text_of(browser.post(at("finding-undo", finding), {"number": number, "version": "2"}, follow=True))
    assert "The state is what it was before." in said
    assert 'name="number"' not in browser.get(at("finding", finding)).content.decode()


def test_a_stale_form_shows_the_differences_and_can_be_sent_again(finding, director, browser, edition):
    change_finding(finding=finding, changes={"figure": "34 min"}, version=1, by=director)
    given = {"title": "Queue", "place": "gates.W", "severity": "3", "state": "open", "figure": "20 min", "version": "1",
             "owner": str(finding.owner_id), "bureau": str(finding.bureau_id)}  # fmt: skip
    answer = browser.post(at("finding-change", finding), given)
    assert answer.status_code == 409
    assert re.search(r"Figure 34 min 20 min", text_of(answer))
    assert 'name="version" value="2"' in answer.content.decode()
    browser.post(at("finding-change", finding), given | {"version": "2"})
    assert Finding.objects.get().figure == "20 min"


def test_who_may_not_change_it_is_not_offered_to(edition, finding):
    duty = people.signed_in(people.person(Role.DUTY_OFFICER, edition))
    assert "finding-change" not in duty.get(at("finding", finding)).content.decode()
    assert at("finding-change", finding) not in duty.get(at("finding", finding)).content.decode()
    assert duty.get(at("finding-change", finding)).status_code == 403


def test_a_finding_of_another_edition_is_not_there(finding, edition):
    from django_scopes import scope

    other = people.edition("other")
    outsider = people.person(Role.DRILL_DIRECTOR, other)
    browser = people.signed_in(outsider)
    assert browser.get(at("finding", finding)).status_code == 404
    with scope(edition=other):
        for name, row in (("finding", finding), ("rehearsal", finding.rehearsal)):
            path = reverse(name, kwargs={"edition": "other", "key": row.public_id})
            assert browser.get(path).status_code == 404


# Comparing


def test_two_are_compared_at_once(play, browser):
    a, b = play(title="As planned"), play(title="One lane", overrides=["stations.*-security.lanes=1"])
    page = browser.get(at("rehearsals-compare"))
    assert page.status_code == 200
    answer = browser.get(at("rehearsals-compare"), {"a": a.key, "b": b.key})
    said = text_of(answer)
    assert "KEPT" in said
    assert "BROKEN" in said
    assert "99 of 100 in within, busiest hour [min]" in said
    assert "Changes in B only: stations.*-security.lanes=1" in said


def test_both_are_played_again_from_there(play, browser):
    a, b = play(), play(overrides=["stations.*-security.lanes=1"])
    answer = browser.post(at("comparison-start"), {"a": a.key, "b": b.key, "runs": "1"})
    comparison = Comparison.objects.get()
    assert answer["Location"] == at("comparison", comparison)
    assert b"<progress" in browser.get(at("comparison", comparison)).content
    run_now(comparison.job)
    said = text_of(browser.get(at("comparison", comparison)))
    assert "1 of 1 runs" in said
    assert "0 of 1 runs" in said


def test_the_same_twice_or_too_many_runs_are_refused(play, browser):
    a, b = play(), play(seed=2)
    answer = browser.post(at("comparison-start"), {"a": a.key, "b": b.key, "runs": "2"})
    assert answer.status_code == 422
    assert "Both rehearsals are of the same plan." in text_of(answer)
    assert browser.post(at("comparison-start"), {"a": a.key, "b": b.key, "runs": "51"}).status_code == 422
    assert not Comparison.objects.exists()


# Home


def test_home_tells_the_last_verdict_and_what_is_open(edition, finding, browser):
    said = text_of(browser.get(reverse("edition-home", kwargs={"edition": "fair"})))
    assert "Last rehearsal" in said
    assert "The promise is kept" in said
    assert "Open findings" in said
    assert "Queue" in said


def test_reading_writes_nothing(edition, finding, browser):
    number = LedgerHead.objects.get(edition=edition).number
    for path in (at("rehearsals"), at("rehearsal", finding.rehearsal), at("finding", finding), at("findings"), at("rehearsal-start"),
                 at("rehearsals-compare"), at("finding-mark", finding.rehearsal), at("finding-change", finding)):  # fmt: skip
        assert browser.get(path).status_code == 200, path
    for name in ("rehearsal-repeat", "rehearsal-remark"):
        assert browser.get(at(name, finding.rehearsal)).status_code == 405
    assert LedgerHead.objects.get(edition=edition).number == number


def test_its_day_lies_on_the_map_under_its_name(rehearsal, browser):
    page = browser.get(reverse("map", args=["fair"]), {"result": rehearsal.result_id, "time": "09:30"})
    source = page.content.decode()
    assert f'<option value="{rehearsal.result_id}" selected>{rehearsal.name_and_number} · ' in source
    assert f'href="{at("rehearsal", rehearsal)}">To the rehearsal</a>' in source
    assert 'data-left-out="[]"' in source
    assert "another version of the plan" not in source
    day = unpack(browser.get(reverse("map-day", args=["fair", rehearsal.result_id])).content)
    assert [each[0] for each in day.head["venue"]["links"]] == [each.code for each in read_plan(TINY).links]
