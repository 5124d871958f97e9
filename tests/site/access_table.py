"""Every address of the site, one line each: what it is of, what it answers to who may, what it is sent.

Who may is not written here: it is computed from the policy matrix (docs/reference/access.md shows it). A new address
fails the sweep until it has its line.

- `Row(name, action, …)` is a page of an edition, by the name of its address.
  ``kind``: the object in its address, a maker of access_world.MAKERS, put into the address by ``put``.
  ``get``, ``post``: the status for who may; None = the method is not taken (405).
  ``body``: what is posted; a function of (world, actor, object) where it depends on them.
  ``unreached``: the status for an object of the edition which the action does not reach for the person.
  ``but``: (role, whose, method) -> status where the services know more than the matrix.
- `Outside(name, …)` is a page of no edition: status by method, for nobody, somebody, a superuser.
- `Operation(key, action, …)` is an operation of the API, by its method and path.
"""

from __future__ import annotations

from typing import Any

from hostcity.core import policy
from hostcity.rehearsal import policy as rehearsal
from hostcity.venue import policy as venue
from tests.rehearsal.test_advice import ASKED
from tests.site.access_lines import (
    IN_API,
    USUAL,
    Operation,
    Outside,
    counts,
    list_of_people,
    own_details,
    person_changed,
    person_seen,
    plan_row_posted,
    reactivated,
    role_given,
    role_given_by_api,
    row,
    row_of_plan,
    scenario_file,
    settings,
    shut,
    state_for_api,
    state_of_finding,
    text,
    two_rehearsals,
    undo_of_finding,
    workbook,
)

ROWS = [
    row("edition-home", policy.SEE_EDITION),
    row("wall", policy.SEE_WALL),
    row("brief", policy.SEE_BRIEF),
    row("edition-settings", policy.CHANGE_EDITION, post=302, body=settings),
    row("roles", policy.SEE_ROLES),
    # people
    row("people", policy.SEE_PEOPLE),
    row("person-add", policy.ADD_VOLUNTEERS, post=302, body={"username": "new-one", "language": "en", "role": "volunteer"}),
    row("people-import", policy.ADD_VOLUNTEERS, post=302, body=list_of_people),
    row("people-import-job", policy.ADD_VOLUNTEERS, "people_import"),
    row("people-import-apply", policy.ADD_VOLUNTEERS, "people_import", get=None, post=302),
    row("people-import-again", policy.ADD_VOLUNTEERS, "people_import", get=None, post=302),
    row("people-codes", policy.MAKE_CODES, post=200, body={"hours": 12, "form": "page", "role": "volunteer"}),
    row("people-undo", policy.CHANGE_PEOPLE, "taken", get=None, post=302, has_elsewhere=False),
    row("person", policy.SEE_PEOPLE, "person", but=person_seen),
    row("person-change", policy.ADD_VOLUNTEERS, "person", post=302, but=person_changed,
        body=lambda _world, _actor, made: {"name": "New", "language": "en", "version": made.version}),
    row("person-give-role", policy.ADD_VOLUNTEERS, "person", get=None, post=302, but=role_given,
        body=lambda _world, actor, made: {"role": "buyer" if made.username != "actor-08" else "visitor"}),
    row("person-take-role", policy.ADD_VOLUNTEERS, "assignment", get=None, post=200, but=person_changed),
    row("person-deactivate", policy.ADD_VOLUNTEERS, "person", get=None, post=302, but=shut),
    row("person-reactivate", policy.ADD_VOLUNTEERS, "inactive", get=None, post=302, but=reactivated),
    row("person-erase", policy.CHANGE_PEOPLE, "person", post=302, but=shut),
    row("bureaus", policy.SEE_BUREAUS),
    row("bureau-add", policy.CHANGE_BUREAUS, post=302, body={"code": "new", "name_en": "New"}),
    row("bureau", policy.CHANGE_BUREAUS, "bureau", post=302, body={"name_en": "New", "version": 1}),
    row("organizations", policy.SEE_BUREAUS),
    row("organization-add", policy.CHANGE_BUREAUS, post=302, body={"code": "new", "name_en": "New"}),
    row("organization", policy.CHANGE_BUREAUS, "organization", post=302, body={"name_en": "New", "version": 1}),
    # plan: the same keys are in every edition's plan, so another edition's row is no row of this one's
    row("plan", policy.SEE_PLAN),
    row("plan-begin", policy.IMPORT_PLAN, get=None, post=422),
    row("plan-check", policy.SEE_PLAN),
    row("plan-codes", policy.SEE_PLAN, query="?of=gates&q=W"),
    row("plan-changes", policy.SEE_PLAN),
    row("plan-undo", policy.CHANGE_PLAN, "plan_act", get=None, post=302, has_elsewhere=False),
    row("plan-export", policy.SEE_PLAN, put=lambda _world: {"form": "json"}),
    row("plan-import", policy.IMPORT_PLAN, post=302, body=workbook),
    row("plan-import-job", policy.IMPORT_PLAN, "import"),
    row("plan-import-apply", policy.IMPORT_PLAN, "import", get=None, post=302),
    row("plan-import-again", policy.IMPORT_PLAN, "import", get=None, post=302),
    row("plan-sheet", policy.SEE_PLAN, put=lambda _world: {"sheet": "gates"}),
    row("plan-row-add", policy.CHANGE_PLAN, put=lambda _world: {"sheet": "levels"}, post=302,
        body={"row-code": "attic", "row-elevation_m": "9"}),
    row("plan-row", policy.SEE_PLAN, "plan_row", post=302, but=plan_row_posted, body=row_of_plan),
    row("plan-row-history", policy.SEE_PLAN, "plan_row"),
    row("plan-row-remove", policy.CHANGE_PLAN, "plan_row", post=302, body={"version": "1"}),
    row("plan-row-move", policy.CHANGE_PLAN, "plan_row", get=None, post=302, body={"step": "up"},
        but=lambda _role, whose, method: 422 if whose == "elsewhere" and method == "POST" else None),
    # ledger, search, files, notices
    row("ledger", policy.SEE_LEDGER),
    row("ledger-chain", policy.CHECK_LEDGER),
    row("ledger-export", policy.CHECK_LEDGER),
    row("poll-key", policy.CHANGE_EDITION, get=None, post=302),
    row("search", policy.SEE_SEARCH, query="?q=canary"),
    row("files", policy.SEE_FILES),
    row("file-add", policy.ADD_FILES, get=None, post=302, body=text),
    row("file", policy.SEE_FILES, "file"),
    row("file-remove", policy.REMOVE_FILES, "file", post=302),
    row("notices", policy.SEE_NOTICES),
    row("notices-read", policy.SEE_NOTICES, get=None, post=302),
    row("notices-mail", policy.SEE_NOTICES, get=None, post=302, body={"wants_mail": "no"}),
    row("notice", policy.SEE_NOTICES, "notice", get=None, post=302,
        but=lambda _role, whose, method: 404 if whose != "own" and method == "POST" else None),
    # jobs
    row("jobs", policy.SEE_JOBS),
    row("job", policy.SEE_JOBS, "job"),
    row("job-cancel", policy.CANCEL_JOBS, "job", get=None, post=302),
    # webhooks
    row("webhooks", policy.CHANGE_WEBHOOKS),
    row("webhook-add", policy.CHANGE_WEBHOOKS, post=302, body={"name": "n", "url": "https://1.1.1.1/h", "form": "json"}),
    row("webhook", policy.CHANGE_WEBHOOKS, "webhook"),
    row("webhook-switch", policy.CHANGE_WEBHOOKS, "webhook", get=None, post=302),
    row("webhook-renew", policy.CHANGE_WEBHOOKS, "webhook", get=None, post=302),
    row("webhook-test", policy.CHANGE_WEBHOOKS, "webhook", get=None, post=302),
    row("deliveries", policy.CHANGE_WEBHOOKS),
    row("delivery-replay", policy.CHANGE_WEBHOOKS, "delivery", get=None, post=302),
    # keys of programs: everybody's own, whatever the role
    row("tokens", policy.OWN_TOKENS),
    row("make-token", policy.OWN_TOKENS, post=200, body={"name": "t", "actions": ["edition.see"], "days": 1}),
    row("revoke-token", policy.OWN_TOKENS, "token", get=None, post=302,
        but=lambda _role, whose, method: 404 if method == "POST" and whose != "own" else None),
    row("wall-screens", policy.CHANGE_SCREENS, post=200, body={"name": "left", "language": "en"}),
    row("wall-screen-revoke", policy.CHANGE_SCREENS, "screen", get=None, post=302),
    # calendar
    row("calendar", policy.SEE_CALENDAR),
    row("calendar-renew", policy.SEE_CALENDAR, get=None, post=200),
    row("calendar-revoke", policy.SEE_CALENDAR, get=None, post=302),
    # venue
    row("map", venue.SEE_MAP, query="?q=a&at=areas.west"),
    row("map-level", venue.SEE_MAP, put=lambda _world: {"level": "0"}),
    row("ways", venue.SEE_MAP, query="?from=areas.west&to=areas.east"),
    row("ways-level", venue.SEE_MAP, put=lambda _world: {"level": "0"}, get=404),
    row("ways-make", venue.MAKE_WAYS, get=None, post=302),
    # rehearsals
    row("rehearsals", rehearsal.SEE_REHEARSALS),
    row("rehearsal-start", rehearsal.START_REHEARSAL, post=302, body={"seed": 7}),
    row("advices", rehearsal.SEE_REHEARSALS),
    row("advice-start", rehearsal.START_REHEARSAL, post=302, body={**ASKED, "overrides": ""}),
    row("advice", rehearsal.SEE_REHEARSALS, "advice"),
    row("calibrations", rehearsal.SEE_REHEARSALS),
    row("calibration-start", rehearsal.START_REHEARSAL, post=302, body=counts),
    row("calibration", rehearsal.SEE_REHEARSALS, "calibration"),
    row("calibration-files", rehearsal.SEE_REHEARSALS, "fitted"),
    row("scenarios", rehearsal.SEE_REHEARSALS),
    row("scenario-upload", rehearsal.KEEP_SCENARIO, post=302, body=scenario_file),
    row("scenario-trial", rehearsal.KEEP_SCENARIO, "scenario_trial"),
    row("scenario-keep", rehearsal.KEEP_SCENARIO, "scenario_trial", get=None, post=302),
    row("scenario", rehearsal.SEE_REHEARSALS, "scenario"),
    row("scenario-file", rehearsal.SEE_REHEARSALS, "scenario"),
    row("scenario-remove", rehearsal.KEEP_SCENARIO, "scenario", post=302),
    row("rehearsals-compare", rehearsal.SEE_REHEARSALS),
    row("comparison-start", rehearsal.START_REHEARSAL, get=None, post=302, body=two_rehearsals),
    row("comparison", rehearsal.SEE_REHEARSALS, "comparison"),
    row("rehearsal", rehearsal.SEE_REHEARSALS, "rehearsal"),
    row("rehearsal-state", rehearsal.SEE_REHEARSALS, "rehearsal"),
    row("rehearsal-repeat", rehearsal.START_REHEARSAL, "rehearsal", get=None, post=302),
    row("rehearsal-report", rehearsal.SEE_REHEARSALS, "rehearsal"),
    row("rehearsal-file", rehearsal.SEE_REHEARSALS, "rehearsal",
        put=lambda made: {"key": made.public_id, "name": "summary.json"}),
    row("rehearsal-remark", rehearsal.REMARK, "rehearsal", get=None, post=302, body={"text": "Look at gate W."}),
    row("rehearsal-places", rehearsal.SEE_FINDINGS, "rehearsal", query="?q=w"),
    row("finding-mark", rehearsal.ADD_FINDING, "rehearsal", post=302, body={"title": "A queue", "severity": 2}),
    row("findings", rehearsal.SEE_FINDINGS),
    row("finding", rehearsal.SEE_FINDINGS, "finding"),
    row("finding-change", rehearsal.CHANGE_FINDING, "finding", post=302, body=state_of_finding),
    row("finding-undo", rehearsal.CHANGE_FINDING, "finding", get=None, post=302, body=undo_of_finding),
]  # fmt: skip


def outside(name: str, get: tuple[int, int, int] = (302, 200, 200), **more: Any) -> Outside:
    """A page of no edition."""
    return Outside(name=name, get=get, **more)


NOBODYS = (200, 200, 200)  # anybody may see it
ALIKE = (302, 302, 302)
NEVER = (405, 405, 405)

OUTSIDE = [
    outside("healthz", NOBODYS),
    outside("favicon", NOBODYS),
    outside("start", ALIKE),
    outside("editions"),
    outside("edition-open", (302, 403, 200), post=(302, 403, 302), body={
        "expo": "new-expo", "code": "new-edition", "name_en": "N", "time_zone": "Asia/Shanghai",
        "opens_on": "2028-01-01", "closes_on": "2028-01-02"}),
    outside("set_language", NEVER, post=ALIKE, body={"language": "en"}),
    outside("set_theme", NEVER, post=ALIKE, body={"theme": "dark"}),
    outside("public", NOBODYS, put=lambda world: {"edition": world.fair.code}),
    outside("calendar-feed", NOBODYS, put=lambda world: {"secret": world.feed}),
    outside("wall-screen", NOBODYS, put=lambda world: {"secret": world.wall}, may_write=True),  # notes when it was seen
    outside("poll", NOBODYS, put=lambda world: {"key": world.fair.head.poll_key}),
    outside("api:openapi", NOBODYS),
    outside("api:reference", NOBODYS),
    outside("api:api-root", (404, 404, 404)),
    # signing in, and one's own account
    outside("mfa_index"),
    outside("account_details", post=(302, 302, 302), body=lambda world, actor, _made: own_details(world, actor)),
    outside("account_confirm_contact", ALIKE, post=ALIKE, body={"column": "email", "code": "AAAA-AAAA"}),
    outside("account_login", (200, 302, 302), post=(200, 302, 302), body={"login": "who", "password": "x"}),
    outside("account_logout", post=ALIKE),
    outside("account_reauthenticate", post=(302, 200, 200), body={"password": "x"}),
    outside("account_change_password", post=(302, 200, 200), body={"oldpassword": "x"}),
    outside("account_set_password", ALIKE, post=ALIKE, body={"password1": "x"}),  # who has one changes it
    outside("mfa_authenticate", ALIKE, post=ALIKE, body={"code": "1"}),
    outside("mfa_reauthenticate", ALIKE, post=ALIKE, body={"code": "1"}),
    outside("mfa_activate_totp", ALIKE, post=ALIKE, body={"code": "1"}),  # asks for the password first
    outside("mfa_deactivate_totp", (302, 404, 404), post=(302, 404, 404)),  # there is none
    outside("mfa_view_recovery_codes", (302, 404, 404), post=(302, 404, 404)),
    outside("mfa_generate_recovery_codes", ALIKE, post=ALIKE),
    outside("mfa_download_recovery_codes", (302, 405, 405), post=(302, 404, 404)),
    outside("account_code", (200, 302, 302), post=(422, 302, 302), body={"code": "AAAA"}),
    outside("account_phone", (200, 302, 302), post=(302, 302, 302), body={"phone": "+8613000000000"}),
    outside("account_phone_code", ALIKE, post=ALIKE, body={"code": "1"}),
]  # fmt: skip


def operation(key: str, action: str | None, kind: str = "", **more: Any) -> Operation:
    """An operation of the API."""
    return Operation(key=key, action=action, kind=kind, **{"put": (USUAL | IN_API).get(kind, lambda _made: {})} | more)


OF = "/editions/{edition}"
ROW = OF + "/plan/sheets/{sheet}/rows"
OPERATIONS = [
    # plan
    operation(f"GET {OF}/plan", policy.SEE_PLAN),
    operation(f"GET {OF}/plan/workbook", policy.SEE_PLAN),
    operation(f"GET {OF}/plan/sheets", policy.SEE_PLAN),
    operation(f"GET {OF}/plan/sheets/{{sheet}}", policy.SEE_PLAN, put=lambda _world: {"sheet": "levels"}),
    operation(f"GET {ROW}", policy.SEE_PLAN, put=lambda _world: {"sheet": "levels"}),
    operation(f"POST {ROW}", policy.CHANGE_PLAN, put=lambda _world: {"sheet": "levels"}, status=201,
              body={"cells": {"code": "attic", "elevation_m": 9}}),
    operation(f"GET {ROW}/{{key}}", policy.SEE_PLAN, "plan_row"),
    operation(f"PATCH {ROW}/{{key}}", policy.CHANGE_PLAN, "plan_row", body={"cells": {"elevation_m": 6}, "version": 1}),
    operation(f"DELETE {ROW}/{{key}}", policy.CHANGE_PLAN, "plan_row", status=204, query="?version=1"),
    operation(f"PUT {ROW}/{{key}}/place", policy.CHANGE_PLAN, "plan_row", body={"after": ""}),
    operation(f"POST {OF}/plan/acts/{{number}}/undo", policy.CHANGE_PLAN, "plan_act", has_elsewhere=False),
    operation(f"POST {OF}/plan/imports", policy.IMPORT_PLAN, status=202, body=workbook),
    operation(f"POST {OF}/plan/imports/{{job}}/apply", policy.IMPORT_PLAN, "import"),
    operation(f"POST {OF}/plan/imports/{{job}}/retry", policy.IMPORT_PLAN, "import", status=202),
    # venue
    operation(f"GET {OF}/venue/levels", venue.SEE_MAP),
    operation(f"GET {OF}/venue/levels/{{level}}", venue.SEE_MAP, put=lambda _world: {"level": "0"}),
    operation(f"POST {OF}/venue/ways", venue.MAKE_WAYS, status=202),
    operation(f"GET {OF}/venue/places", venue.SEE_MAP, query="?q=west"),
    operation(f"GET {OF}/venue/way", venue.SEE_MAP, query="?from=areas.plaza&to=areas.H1", status=422),
    # rehearsals
    operation(f"GET {OF}/rehearsals", rehearsal.SEE_REHEARSALS),
    operation(f"POST {OF}/rehearsals", rehearsal.START_REHEARSAL, status=202, body={"seed": 7}),
    operation(f"GET {OF}/rehearsals/{{rehearsal}}", rehearsal.SEE_REHEARSALS, "rehearsal"),
    operation(f"POST {OF}/rehearsals/{{rehearsal}}/cancel", rehearsal.CANCEL_REHEARSAL, "open_rehearsal", unreached=403),
    operation(f"POST {OF}/rehearsals/{{rehearsal}}/repeat", rehearsal.START_REHEARSAL, "rehearsal", status=202),
    operation(f"GET {OF}/rehearsals/{{rehearsal}}/files/{{name}}", rehearsal.SEE_REHEARSALS, "rehearsal",
              put=lambda made: {"rehearsal": made.public_id, "name": "summary.json"}),
    operation(f"GET {OF}/rehearsals/{{rehearsal}}/remarks", rehearsal.SEE_REHEARSALS, "rehearsal"),
    operation(f"POST {OF}/rehearsals/{{rehearsal}}/remarks", rehearsal.REMARK, "rehearsal", status=201, body={"text": "x"}),
    operation(f"POST {OF}/rehearsals/{{rehearsal}}/findings", rehearsal.ADD_FINDING, "rehearsal", status=201,
              body={"title": "A queue"}),
    operation(f"GET {OF}/advice", rehearsal.SEE_REHEARSALS),
    operation(f"POST {OF}/advice", rehearsal.START_REHEARSAL, status=202, body={"budget": "lanes=1"}),
    operation(f"GET {OF}/advice/{{advice}}", rehearsal.SEE_REHEARSALS, "advice"),
    operation(f"POST {OF}/advice/{{advice}}/cancel", rehearsal.CANCEL_REHEARSAL, "advice", unreached=403),
    operation(f"GET {OF}/calibrations", rehearsal.SEE_REHEARSALS),
    operation(f"POST {OF}/calibrations", rehearsal.START_REHEARSAL, status=202, body=counts),
    operation(f"GET {OF}/calibrations/{{calibration}}", rehearsal.SEE_REHEARSALS, "calibration"),
    operation(f"GET {OF}/calibrations/{{calibration}}/files", rehearsal.SEE_REHEARSALS, "fitted"),
    operation(f"POST {OF}/calibrations/{{calibration}}/cancel", rehearsal.CANCEL_REHEARSAL, "calibration", unreached=403),
    operation(f"GET {OF}/scenarios", rehearsal.SEE_REHEARSALS),
    operation(f"POST {OF}/scenarios/trials", rehearsal.KEEP_SCENARIO, status=202, body=scenario_file),
    operation(f"POST {OF}/scenarios/trials/{{job}}/keep", rehearsal.KEEP_SCENARIO, "scenario_trial", status=201),
    operation(f"GET {OF}/scenarios/{{scenario}}", rehearsal.SEE_REHEARSALS, "scenario"),
    operation(f"GET {OF}/scenarios/{{scenario}}/file", rehearsal.SEE_REHEARSALS, "scenario"),
    operation(f"DELETE {OF}/scenarios/{{scenario}}", rehearsal.KEEP_SCENARIO, "scenario", status=204),
    operation(f"GET {OF}/comparisons/stored", rehearsal.SEE_REHEARSALS, "rehearsal", has_elsewhere=False,
              put=lambda made: {"query": f"?a={made.public_id}&b={made.public_id}"}),
    operation(f"GET {OF}/comparisons", rehearsal.SEE_REHEARSALS),
    operation(f"POST {OF}/comparisons", rehearsal.START_REHEARSAL, status=202, body=two_rehearsals),
    operation(f"GET {OF}/comparisons/{{comparison}}", rehearsal.SEE_REHEARSALS, "comparison"),
    operation(f"POST {OF}/comparisons/{{comparison}}/cancel", rehearsal.CANCEL_REHEARSAL, "comparison", unreached=403),
    operation(f"GET {OF}/findings", rehearsal.SEE_FINDINGS),
    operation(f"GET {OF}/findings/{{finding}}", rehearsal.SEE_FINDINGS, "finding"),
    operation(f"PATCH {OF}/findings/{{finding}}", rehearsal.CHANGE_FINDING, "finding", unreached=403, body=state_for_api),
    operation(f"POST {OF}/findings/{{finding}}/undo", rehearsal.CHANGE_FINDING, "finding", unreached=403,
              body=undo_of_finding),
    # jobs, snapshots, results, ledger
    operation(f"GET {OF}/jobs", policy.SEE_JOBS),
    operation(f"GET {OF}/jobs/{{job}}", policy.SEE_JOBS, "job"),
    operation(f"POST {OF}/jobs/{{job}}/cancel", policy.CANCEL_JOBS, "job", unreached=403),
    operation(f"GET {OF}/snapshots", policy.SEE_PLAN),
    operation(f"GET {OF}/snapshots/{{plan_sha256}}/plan", policy.SEE_PLAN, "snapshot", has_elsewhere=False),
    operation(f"GET {OF}/results", policy.SEE_PLAN),
    operation(f"GET {OF}/results/{{result}}", policy.SEE_PLAN, "result"),
    operation(f"GET {OF}/ledger", policy.SEE_LEDGER),
    operation(f"GET {OF}/ledger/history", policy.SEE_LEDGER, query="?kind=edition"),
    operation(f"GET {OF}/ledger/chain", policy.CHECK_LEDGER),
    operation(f"GET {OF}/ledger/poll", policy.SEE_EDITION),
    operation(f"POST {OF}/ledger/poll/renew", policy.CHANGE_EDITION),
    operation(f"GET {OF}/ledger/{{number}}", policy.SEE_LEDGER, "act", has_elsewhere=False),
    # files, calendar, notices
    operation(f"GET {OF}/files", policy.SEE_FILES),
    operation(f"POST {OF}/files", policy.ADD_FILES, status=201, body=text),
    operation(f"GET {OF}/files/{{file}}", policy.SEE_FILES, "file"),
    operation(f"DELETE {OF}/files/{{file}}", policy.REMOVE_FILES, "file", status=204, unreached=403),
    operation(f"GET {OF}/files/{{file}}/content", policy.SEE_FILES, "file"),
    operation(f"GET {OF}/calendar", policy.SEE_CALENDAR),
    operation(f"POST {OF}/calendar/address", policy.SEE_CALENDAR, status=201),
    operation(f"DELETE {OF}/calendar/address", policy.SEE_CALENDAR, status=204),
    operation(f"GET {OF}/notices", policy.SEE_NOTICES),
    operation(f"POST {OF}/notices/read", policy.SEE_NOTICES, body={"ids": []}),
    # webhooks
    operation(f"GET {OF}/webhooks", policy.CHANGE_WEBHOOKS),
    operation(f"POST {OF}/webhooks", policy.CHANGE_WEBHOOKS, status=201, body={"name": "n", "url": "https://1.1.1.1/h"}),
    operation(f"GET {OF}/webhooks/{{webhook}}", policy.CHANGE_WEBHOOKS, "webhook"),
    operation(f"PUT {OF}/webhooks/{{webhook}}/active", policy.CHANGE_WEBHOOKS, "webhook", body={"is_active": False}),
    operation(f"POST {OF}/webhooks/{{webhook}}/secret", policy.CHANGE_WEBHOOKS, "webhook", status=201),
    operation(f"POST {OF}/webhooks/{{webhook}}/test", policy.CHANGE_WEBHOOKS, "webhook", status=202),
    operation(f"GET {OF}/deliveries", policy.CHANGE_WEBHOOKS),
    operation(f"POST {OF}/deliveries/{{delivery}}/replay", policy.CHANGE_WEBHOOKS, "delivery", status=202),
    # editions, first screen, search
    operation("GET /me", None),
    operation("PUT /me/mail", None, body={"wants_mail": True}),
    operation("PATCH /me/details", None, body=lambda world, actor, _made: {
        "name": "New", "version": world.people[actor].version if world.people[actor] else 1}),
    operation("POST /me/contact", None, status=422, body={"column": "email", "value": "new@example.org"}),
    operation("POST /me/contact/confirm", None, status=422,
              body={"column": "email", "value": "new@example.org", "code": "AAAA-AAAA"}),
    operation("GET /editions", None),
    operation("POST /editions", None, status=403, but=lambda role, _whose, _method: 201 if role == "superuser" else None,
              body={"expo": "new-expo", "code": "new-edition", "name_en": "N", "opens_on": "2028-01-01",
                    "closes_on": "2028-01-02"}),
    operation(f"GET {OF}", policy.SEE_EDITION),
    operation(f"PATCH {OF}", policy.CHANGE_EDITION,
              body=lambda world, _actor, _made: {"name_en": "New", "version": world.fair.version}),
    operation(f"GET {OF}/summary", policy.SEE_EDITION),
    operation(f"GET {OF}/brief", policy.SEE_BRIEF),
    operation(f"GET {OF}/search", policy.SEE_SEARCH, query="?q=canary"),
    operation(f"GET {OF}/plan/problems", policy.SEE_PLAN),
    operation(f"GET {OF}/ledger/export", policy.CHECK_LEDGER),
    # people
    operation(f"GET {OF}/people", policy.SEE_PEOPLE),
    operation(f"POST {OF}/people", policy.ADD_VOLUNTEERS, status=201, body={"username": "new-one", "role": "volunteer"}),
    operation(f"POST {OF}/people/imports", policy.ADD_VOLUNTEERS, status=202, body=list_of_people),
    operation(f"POST {OF}/people/imports/{{job}}/apply", policy.ADD_VOLUNTEERS, "people_import", status=202),
    operation(f"POST {OF}/people/imports/{{job}}/retry", policy.ADD_VOLUNTEERS, "people_import", status=202),
    operation(f"POST {OF}/people/codes", policy.MAKE_CODES, status=201,
              body=lambda world, _actor, _made: {"people": [world.victim.code]}),
    operation(f"POST {OF}/people/acts/{{number}}/undo", policy.CHANGE_PEOPLE, "taken", has_elsewhere=False),
    operation(f"GET {OF}/people/{{person}}", policy.SEE_PEOPLE, "person", but=person_seen),
    operation(f"PATCH {OF}/people/{{person}}", policy.ADD_VOLUNTEERS, "person", but=person_changed,
              body=lambda _world, _actor, made: {"name": "New", "version": made.version}),
    operation(f"POST {OF}/people/{{person}}/roles", policy.ADD_VOLUNTEERS, "person", status=201, but=role_given_by_api,
              body=lambda world, actor, made: {"role": "buyer" if made.username != "actor-08" else "visitor"}),
    operation(f"DELETE {OF}/people/{{person}}/roles/{{role}}", policy.ADD_VOLUNTEERS, "assignment", status=204,
              but=person_changed),
    operation(f"POST {OF}/people/{{person}}/deactivate", policy.ADD_VOLUNTEERS, "person", but=shut),
    operation(f"POST {OF}/people/{{person}}/reactivate", policy.ADD_VOLUNTEERS, "inactive", but=reactivated),
    operation(f"POST {OF}/people/{{person}}/erase", policy.CHANGE_PEOPLE, "person", but=shut),
    operation(f"GET {OF}/roles", policy.SEE_ROLES),
    operation(f"GET {OF}/bureaus", policy.SEE_BUREAUS),
    operation(f"POST {OF}/bureaus", policy.CHANGE_BUREAUS, status=201, body={"code": "new", "name_en": "New"}),
    operation(f"PATCH {OF}/bureaus/{{code}}", policy.CHANGE_BUREAUS, "bureau", body={"name_en": "New", "version": 1}),
    operation(f"GET {OF}/organizations", policy.SEE_BUREAUS),
    operation(f"POST {OF}/organizations", policy.CHANGE_BUREAUS, status=201, body={"code": "new", "name_en": "New"}),
    operation(f"PATCH {OF}/organizations/{{code}}", policy.CHANGE_BUREAUS, "organization",
              body={"name_en": "New", "version": 1}),
    # screens
    operation(f"GET {OF}/wall/screens", policy.CHANGE_SCREENS),
    operation(f"POST {OF}/wall/screens", policy.CHANGE_SCREENS, status=201, body={"name": "left"}),
    operation(f"DELETE {OF}/wall/screens/{{screen}}", policy.CHANGE_SCREENS, "screen", status=204),
    # tokens
    operation("GET /editions/{edition}/tokens", policy.OWN_TOKENS),
    operation("POST /editions/{edition}/tokens", policy.OWN_TOKENS, status=201,
              body={"name": "t", "actions": ["edition.see"], "days": 1}),
    operation("DELETE /editions/{edition}/tokens/{token}", policy.OWN_TOKENS, "token", status=204,
              but=lambda _role, whose, _method: 404 if whose != "own" else None),
]  # fmt: skip
