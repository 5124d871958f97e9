"""Texts that people type into forms of the site."""

from pathlib import Path

FORMS = Path(__file__).parents[2] / "src" / "hostcity"


def test_every_text_of_a_form_is_a_field_that_refuses_odd_characters():
    plain = {path.name for path in FORMS.rglob("*.py") if "forms.CharField" in path.read_text("utf-8")}
    assert plain == {"typed_texts.py", "forms.py"}
    cells = FORMS / "core" / "plan_rows" / "forms.py"  # whose texts the plan's own reader reads
    assert [path for path in FORMS.rglob("forms.py") if "forms.CharField" in path.read_text("utf-8")] == [cells]
