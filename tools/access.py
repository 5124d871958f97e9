"""Write docs/reference/access.md from the policy matrix: `python tools/access.py`."""

from __future__ import annotations

import os
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "access.md"
HEAD = """# Who may what

Made by `python tools/access.py` from the policy matrix (`src/hostcity/core/policy.py` and each capability's
`policy.py`): change the matrix, not this page. The same table stands on the page *People, Who may what* of a site.

● everything in the edition, ◐ what belongs to one's bureau, ○ one's own; an empty cell: not at all. Who runs the site (a
superuser) may do everything. Whoever has no role in an edition gets 404 for everything in it, whoever may not do
something 403. A sweep over every address, every role and {own, another's, another edition's} object holds the site to
this table (`tests/site/test_access.py`).

Where the services know more than the matrix:

- An account is the person's in every edition, so it is changed, deactivated, erased or given a code only by who may
  change people in every edition in which the person has a role; a superuser's account by a superuser only.
- A volunteer coordinator adds, imports, changes and deactivates volunteers, and nobody who has another role too.
- Phone and mail are shown to the person, to who has `people.contact` for one of the person's roles, and, where the
  person is a volunteer and nothing else, to who has `people.contact_volunteers`.
- An edition keeps at least one administrator, and nobody deactivates or erases the own account.
- A token of the API is good for its edition and its actions, and never for more than its owner may do at that moment.
"""
SIGNS = {"edition": "●", "bureau": "◐", "own": "○"}


def reference() -> str:
    """The page."""
    from django.utils.translation import override

    from hostcity.core.models.people import Role
    from hostcity.core.policy import MATRIX, MEANINGS

    with override("en"):
        heads = [str(role.label) for role in Role]
        lines = [
            f"\n| action | meaning | {' | '.join(heads)} |\n",
            f"|---|---|{':-:|' * len(heads)}\n",
        ]
        for action, reach in MATRIX.items():
            cells = [SIGNS[reach[role]] if role in reach else "" for role in Role]
            lines.append(f"| `{action}` | {MEANINGS[action]} | {' | '.join(cells)} |\n")
    return HEAD + "".join(lines)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hostcity.site.settings")
    import django

    django.setup()
    PAGE.write_text(reference(), "utf-8")
    print(PAGE)
