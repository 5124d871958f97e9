"""What drawings and their proofs say, on one screen and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hostcity.plan.dxf import Contents, Layer, Proof
from hostcity.plan.problems import Problem
from hostcity.site.screens import as_data
from hostcity.site.screens.words import Words

MOST_CHANGES = 40
STYLES = {"added": "green", "moved": "yellow", "changed": "yellow", "gone": "red"}


def show_layers(console: Console, contents: Contents, layers: Sequence[Layer], _: Words) -> None:
    """A line for each layer."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(_("layer"))
    for name in (_("outlines"), _("lines"), _("texts"), _("others")):
        table.add_column(name, justify="right")
    table.add_column(_("extent"), justify="right")
    table.add_column(_("texts, for example"))
    table.add_column(_("probably"))
    off = _("(off)")
    for each in layers:
        name = f"{each.name} {off}" if each.is_hidden else each.name
        counts = (each.closed, each.open, each.texts, each.others)
        table.add_row(
            name, *(f"{count:,}" if count else "" for count in counts), _extent(each), "  ".join(each.samples)[:40], each.guess
        )  # fmt: skip
    console.print(table)
    unit = contents.unit or _("none")
    console.print(_("Unit of the file: {unit}. Extents are in it.").format(unit=unit), style="dim")


def _extent(layer: Layer) -> str:
    if layer.box is None:
        return ""
    west, south, east, north = layer.box
    return f"{east - west:,.1f} x {north - south:,.1f}"


def layer_notes(layers: Sequence[Layer], _: Words) -> dict[str, str]:
    """What is behind each layer in a map to begin with."""
    told = _("{outlines} outlines, {lines} lines, {texts} texts")
    return {
        each.name: " ".join([told.format(outlines=each.closed, lines=each.open, texts=each.texts), *each.samples])
        for each in layers
    }


def layer_bodies(layers: Sequence[Layer]) -> list[dict[str, Any]]:
    """Layers as JSON."""
    return [
        {
            "name": each.name, "outlines": each.closed, "lines": each.open, "texts": each.texts, "others": each.others,
            "samples": list(each.samples), "box": each.box, "is_hidden": each.is_hidden, "guess": each.guess,
        } for each in layers
    ]  # fmt: skip


def show_proof(console: Console, proof: Proof, _: Words) -> None:
    """What would change, what is doubtful, what is refused, and the hash by which it is approved."""
    verbs = {"added": _("added"), "moved": _("moved"), "changed": _("changed"), "gone": _("gone")}
    counts = Counter((each.sheet, each.verb) for each in proof.changes)
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(_("sheet"))
    for name in (_("found"), *verbs.values()):
        table.add_column(name, justify="right")
    for sheet, found in proof.found:
        table.add_row(sheet, f"{found:,}", *(f"{counts[sheet, verb]:,}" for verb in verbs))
    console.print(table)
    told = _(
        "Level {level}, unit {unit}. Rows that stay the same: {same}. Outlines joined: {joined}. Slivers left out: {slivers}."
    )
    console.print(
        told.format(level=proof.level, unit=proof.unit, same=proof.same, joined=proof.joined, slivers=proof.slivers),
        style="dim",
    )
    for each in proof.changes[:MOST_CHANGES]:
        moved = _("by {meters} m").format(meters=f"{each.moved_m:.2f}") if each.moved_m else ""
        line = f"  {verbs[each.verb]}  {each.sheet}.{each.code}  {moved}"
        console.print(Text(line.rstrip(), STYLES[each.verb]))
    if len(proof.changes) > MOST_CHANGES:
        console.print(_("  and {count} more").format(count=len(proof.changes) - MOST_CHANGES), style="dim")
    number = _list(console, _("Refused:"), proof.refusals, 1, _)
    _list(console, _("Doubtful:"), proof.doubts, number, _)
    if not proof.refusals:
        console.print(_("Proof {hash}: approve it with this hash.").format(hash=proof.sha256[:12]))


def _list(console: Console, heading: str, problems: Sequence[Problem], number: int, _: Words) -> int:
    """Problems with the numbers that they have in the picture; the next number."""
    if problems:
        console.print(heading)
    for each in problems:
        console.print(Text(f"  {number}  {_.problem(each)}"), soft_wrap=True)
        number += 1
    return number


def proof_body(proof: Proof) -> dict[str, Any]:
    """A proof as JSON."""
    return {
        "proof": proof.sha256, "file_sha256": proof.file_sha256, "map_sha256": proof.map_sha256, "plan_sha256": proof.plan_sha256,
        "level": proof.level, "unit": proof.unit, "found": dict(proof.found), "same": proof.same, "joined": proof.joined,
        "slivers": proof.slivers,
        "changes": [
            {"sheet": each.sheet, "code": each.code, "verb": each.verb, "moved_m": each.moved_m, "fields": list(each.fields)}
            for each in proof.changes
        ],
        "doubts": [as_data.of_problem(each) for each in proof.doubts],
        "refusals": [as_data.of_problem(each) for each in proof.refusals],
    }  # fmt: skip
