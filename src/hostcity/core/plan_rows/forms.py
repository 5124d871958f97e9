"""The form of a row, made from the columns of its sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Count
from django.utils.translation import gettext as _

from hostcity.core.lookup import Lookup
from hostcity.core.models import PlanRow
from hostcity.core.plan_rows.bodies import Body
from hostcity.core.plan_rows.readers import READERS
from hostcity.core.plan_rows.words import (
    cell_text,
    choice_name,
    heading,
    help_of,
    is_chinese,
    row_name,
    said_of,
    unit_of,
)
from hostcity.plan import SHEETS, PlanError
from hostcity.plan.columns import Column, columns_of, default_text, is_required

MOST_OPTIONS = 80  # of a list to choose from; more are looked up while one types
#: Columns whose text is the code of a row all the same, or the name that rows of a sheet share.
NAMED = {
    ("timeline", "target"): ("stations", "links", "streams", "areas", "openings", "connectors"), ("timeline", "to"): ("streams", "gates"),
    ("streams", "profile"): ("profiles",),
}  # fmt: skip
PREFIX = "row"

Options = dict[str, list[tuple[str, str]]]  # sheet -> (code, what it is called)


class CellField(forms.CharField):
    """A cell. What may stand in it the plan's own reader says, everything at once."""

    default_validators = ()

    def validate(self, value: Any) -> None:
        """Nothing here."""


class RowForm(forms.Form):
    """One row. ``codes`` is where codes are looked up; ``touched`` are the cells that are not as they were when the form was made."""

    use_required_attribute = False

    def __init__(self, sheet: str, *args: Any, options: Options, codes: str, is_new: bool, **more: Any) -> None:
        super().__init__(*args, prefix=PREFIX, **more)
        self.sheet = sheet
        for name, column in columns_of(SHEETS[sheet]).items():
            if name != "code" or is_new:
                self.fields[name] = _field(sheet, name, column, options, codes)

    @property
    def cells(self) -> dict[str, str]:
        """What stands in the form, as it was typed."""
        return {name: self.data.get(self.add_prefix(name), "") for name in self.fields}

    def touched(self, was: Mapping[str, str]) -> dict[str, str]:
        """The cells that were changed."""
        return {name: text for name, text in self.cells.items() if text.replace("\r\n", "\n") != was.get(name)}

    def tell(self, error: PlanError) -> None:
        """Show what is wrong beside the cells where it is."""
        self.full_clean()
        for problem in error.problems:
            self.add_error(problem.column if problem.column in self.fields else None, said_of(problem))


def texts_of(sheet: str, body: Body) -> dict[str, str]:
    """The cells of a stored row as texts of its form."""
    return {name: cell_text(column, body.get(name)) for name, column in columns_of(SHEETS[sheet]).items()}


def options_for(sheet: str) -> Options:
    """Codes that cells of a sheet may name, of sheets short enough for a list; two queries, within the edition's scope."""
    wanted = {column.sheet for column in columns_of(SHEETS[sheet]).values() if column.kind == "ref"}
    counts = PlanRow.objects.filter(sheet__in=wanted).values("sheet").annotate(count=Count("pk"))
    short = [each["sheet"] for each in counts if each["count"] <= MOST_OPTIONS]
    found: Options = {of: [] for of in wanted if of not in {each["sheet"] for each in counts} or of in short}
    rows = PlanRow.objects.filter(sheet__in=short).order_by("sheet", "position", "id")
    for of, body in rows.values_list("sheet", "body"):
        found[of].append((body["code"], row_name(body)))
    return found


def _field(sheet: str, name: str, column: Column, options: Options, codes: str) -> forms.Field:
    unit = unit_of(column)
    return CellField(
        label=f"{heading(column)} [{unit}]" if unit else heading(column),
        help_text=_help(sheet, name, column),
        required=is_required(SHEETS[sheet], name),
        strip=False,
        widget=_widget(sheet, name, column, options, codes),
    )


def _help(sheet: str, name: str, column: Column) -> str:
    default = default_text(SHEETS[sheet], name)
    parts = [help_of(column)]
    if column.low is not None and column.high is not None and column.kind in ("number", "integer"):
        parts.append(_("{low} to {high}.").format(low=f"{column.low:,.10g}", high=f"{column.high:,.10g}"))
    if column.kind in ("code", "text"):
        parts.append(_("At most {most} characters.").format(most=f"{column.most:,}"))
    if default:
        parts.append(_("Empty = {default}.").format(default=choice_name(default)))
    return ("" if is_chinese() else " ").join(parts)


def _widget(sheet: str, name: str, column: Column, options: Options, codes: str) -> forms.Widget:
    if column.kind in ("number", "integer"):
        bounds = {"min": column.low, "max": column.high, "step": "1" if column.kind == "integer" else "any"}
        return forms.NumberInput({key: f"{each:g}" if key != "step" else each for key, each in bounds.items() if each is not None})  # fmt: skip
    if column.kind == "clock":
        return forms.TextInput({"placeholder": "09:30", "inputmode": "text", "size": 8})
    if column.kind == "date":
        return forms.DateInput({"type": "date"})
    if column.kind in ("flag", "choice"):
        return _select(sheet, name, [(each, choice_name(each)) for each in column.choices or ("yes", "no")])
    if column.kind == "outline" or column.has_lines:
        return forms.Textarea({"rows": 2})
    return _naming(sheet, name, column, options, codes)


def _select(sheet: str, name: str, choices: list[tuple[str, str]]) -> forms.Select:
    return forms.Select(choices=[("", "–"), *choices])


def _naming(sheet: str, name: str, column: Column, options: Options, codes: str) -> forms.Widget:
    """A text; with codes to choose from, or looked up while one types, where it names a row."""
    sheets = NAMED.get((sheet, name), ())
    if column.kind == "ref":
        if column.sheet in options:
            said = ((code, f"{code} · {name}" if name else code) for code, name in options[column.sheet])
            return OpenSelect(choices=[("", "–"), *said])
        sheets = (column.sheet,)
    return Lookup(f"{codes}?of={','.join(sheets)}") if sheets and column.kind != "refs" else forms.TextInput()


class OpenSelect(forms.Select):
    """A list to choose from, in which a value that is none of it stays visible: a plan in work may name what is missing."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        """With the value that stands there."""
        known = {code for code, _said in self.choices}
        self.choices = [*self.choices, *((each, f"{each} ?") for each in value if each and each not in known)]
        return super().optgroups(name, value, attrs)


class ImportForm(forms.Form):
    """A file to import."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["file"] = forms.FileField(
            label=_("File"),
            help_text=_(
                "The expo workbook (.xlsx) or a plan as .json is the whole plan. A workbook of volunteers or of the preparation alone replaces its own sheets. "
                "Tasks of Microsoft Project (.xml) and a sheet as .csv, called by its name, are put into the plan by their codes. All else stays. Up to 10 MiB. Nothing changes yet."
            ),
            widget=forms.ClearableFileInput({"accept": ",".join(READERS)}),
            allow_empty_file=True,
        )
