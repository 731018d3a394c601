"""`yutang import`: a file of any size into a workspace, from the command line."""

import json
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from yutang.tracking.models import Import
    from yutang.tracking.service import imports
    from yutang.workspaces.models import Workspace

__all__ = ["command"]

HELP = """Import a file: CSV, TSV, Excel, Parquet or JSON lines, any size, .gz as it is.

Ready recipes need only the file:

\b
  yutang import taobao        user_behavior_sample.csv.gz
  yutang import online-retail online_retail_2010_2011.csv.gz
  yutang import cdnow         CDNOW_master.txt.gz        (cdnow-sample for the sample)

Any other file is looked at first. --show prints what its columns seem to be, the first rows as they
would be imported, and the mapping as JSON; nothing is imported:

\b
  yutang import orders.csv --show

When the guesses are right, import it; when one is wrong, say so with --map TARGET=COLUMN, as often as
needed, or save the JSON, edit it, and give the file:

\b
  yutang import orders.csv
  yutang import orders.csv --map phone=收货电话 --map amount=实付:yuan --type order
  yutang import orders.csv --map mapping.json
  yutang import members.xlsx --as customers --map joined_at=开卡日:time:%d/%m/%Y

TARGET is an identity (phone, unionid, openid:APP, member_no, email, buyer_id:SHOP), or occurred_at,
event_id, amount, content, campaign, source, staff, store; for --as customers an attribute (name,
gender, birthday, city, joined_at, …) or tags:GROUP; anything else is a property of the event.
COLUMN may be followed by how to read it: text, number, yuan, fen, date, time, unix_seconds, unix_ms,
bool, list, gender.

An import that was stopped or killed goes on where it was when the same command is given again. Rows that
cannot be taken are left out and written to FILE.bad.csv with line and reason; the others are in.
Importing the same file again counts nothing twice.
"""


@dataclass
class _Wish:
    """What the options say."""

    kind: str | None
    maps: tuple[str, ...]
    type: str | None
    time_zone: str | None
    form: dict[str, Any]


@click.command(help=HELP)
@click.argument("what", metavar="[RECIPE] FILE", nargs=-1, required=True)
@click.option(
    "--as", "kind", type=click.Choice(["events", "customers"]), help="Guessed if left out."
)
@click.option("--map", "maps", multiple=True, metavar="TARGET=COLUMN[:as[:format]] | FILE.json")
@click.option("--type", "type_", help="The event type of every row, such as order.")
@click.option("--workspace", help="Its slug; needed where there are several.")
@click.option("--time-zone", help="Of times without one; the workspace's if left out.")
@click.option("--sheet", help="Excel: which sheet.")
@click.option("--header-row", type=int, help="The line of the column names; 0: there is none.")
@click.option("--encoding", help="utf-8, gb18030, …; found out if left out.")
@click.option("--delimiter", help="Found out if left out.")
@click.option("--again", is_flag=True, help="Although the same file was imported before.")
@click.option("--show", is_flag=True, help="Only look: columns, first rows, mapping.")
@click.option("--bad-rows", type=click.Path(path_type=Path), help="Where bad rows go.")
def command(
    what: tuple[str, ...],
    *,
    kind: str | None,
    maps: tuple[str, ...],
    type_: str | None,
    workspace: str | None,
    time_zone: str | None,
    again: bool,
    show: bool,
    bad_rows: Path | None,
    **form: Any,
) -> None:
    from yutang.config.standing import chosen_workspace, standing

    if len(what) > 2:
        raise click.UsageError("give one file, or a recipe and a file / 一次导入一个文件")
    path = Path(what[-1])
    if not path.is_file():
        raise click.UsageError(f"{path} is no file / 没有这个文件")
    recipe = what[0] if len(what) == 2 else None
    wish = _Wish(kind, maps, type_, time_zone, {k: v for k, v in form.items() if v is not None})
    with standing() as drains:
        from yutang.kit.errors import DomainError

        try:
            _import(
                chosen_workspace(workspace),
                path,
                recipe,
                wish,
                again=again,
                show=show,
                drains=drains,
                bad_rows=bad_rows or path.with_name(f"{path.name}.bad.csv"),
            )
        except DomainError as refusal:
            _refuse(refusal)


def _refuse(refusal: Any) -> None:
    details = [f"  {each.field}: {each.message}" for each in refusal.errors]
    raise click.ClickException(
        "\n".join([refusal.sentence("zh"), refusal.sentence("en"), *details])
    )


def _import(
    workspace: "Workspace",
    path: Path,
    recipe: str | None,
    wish: _Wish,
    *,
    again: bool,
    show: bool,
    drains: bool,
    bad_rows: Path,
) -> None:
    from yutang.kit.clock import now
    from yutang.tracking.service import imports

    it = imports.adopt(workspace, "system:import", path, now=now())
    try:
        mapping = None
        if it.rows_read == 0:
            mapping = _mapping(workspace, it, recipe, wish)
            if show:
                _show(workspace, it, mapping)
                return
        elif not show:
            click.echo(
                f"接着导入：前 {it.rows_read:,} 行已导入 / going on after row {it.rows_read:,}",
                err=True,
            )
        imports.start(
            workspace, "system:import", it.pk, mapping, again=again, in_background=False, now=now()
        )
    finally:
        it.refresh_from_db()
        if it.state == "uploaded":
            imports.remove(workspace, "system:import", it.pk, now=now())
    _run(workspace, it, bad_rows, drains=drains)


def _run(workspace: "Workspace", it: "Import", bad_rows: Path, *, drains: bool) -> None:
    from yutang.config.standing import kept_in_step
    from yutang.kit import clock
    from yutang.tracking.service import imports

    with kept_in_step() if drains else nullcontext():
        it = imports.run(it.pk, clock=clock.now, progress=_say)
    click.echo("", err=True)
    click.echo(
        f"{it.rows_in:,} 行已导入，{it.rows_known:,} 行早已导入，{it.rows_bad:,} 行有问题 · "
        f"{it.rows_in:,} rows in, {it.rows_known:,} known before, {it.rows_bad:,} bad"
        f" ({it.rows_read / max(it.seconds, 0.001):,.0f}/s)"
    )
    if it.rows_bad:
        with bad_rows.open("w", encoding="utf-8", newline="") as file:
            file.writelines(
                imports.bad_rows_csv(workspace, it.pk, actor="system:import", now=clock.now())
            )
        click.echo(f"有问题的行 / bad rows: {bad_rows}")
    if it.state != "done":
        raise click.ClickException(f"{it.stopped_zh}\n{it.stopped_en}")


def _say(it: "Import") -> None:
    from yutang.tracking.service import imports

    at = imports.progress_of(it)
    rate = f"{at.rows_per_second or 0:,.0f}/s"
    left = f"{at.seconds_left:,.0f} s" if at.seconds_left else "…"
    line = f"{at.share:6.1%}  {it.rows_read:>12,} 行 rows  {rate:>10}  剩 left {left:<8}"
    click.echo(f"\r{line}" if sys.stderr.isatty() else line, err=True, nl=not sys.stderr.isatty())


def _mapping(
    workspace: "Workspace", it: "Import", recipe: str | None, wish: _Wish
) -> "imports.ImportMapping":
    from yutang.tracking.service import imports

    if recipe is not None:
        return imports.recipe(recipe).mapping
    whole = [Path(each) for each in wish.maps if each.endswith(".json") and "=" not in each]
    if whole:
        return imports.ImportMapping.model_validate_json(whole[0].read_text("utf-8"))
    form = imports.FileFormat(**wish.form)
    mapping = imports.inspect(workspace, it.pk, form, wish.kind).proposal
    if wish.form:
        mapping = mapping.model_copy(update={"format": form})
    if wish.time_zone:
        mapping = mapping.model_copy(update={"time_zone": wish.time_zone})
    if wish.type:
        constant = imports.MappedType(constant=wish.type)
        mapping = mapping.model_copy(update={"type": constant})
    for each in wish.maps:
        mapping = _changed(mapping, each)
    return mapping


_SINGLE = {
    "occurred_at",
    "event_id",
    "amount",
    "content",
    "campaign",
    "source",
    "staff",
    "store",
    "group",
}
_IDENTITIES = {
    "phone",
    "unionid",
    "openid",
    "external_userid",
    "member_no",
    "email",
    "buyer_id",
    "device",
}


def _changed(mapping: "imports.ImportMapping", said: str) -> "imports.ImportMapping":
    """Return the mapping with one target mapped as `TARGET=COLUMN[:as[:format]]` says."""
    from yutang.tracking.service import imports

    target, equals, rest = said.partition("=")
    if not equals or not target or not rest:
        raise click.UsageError(f"--map takes TARGET=COLUMN[:as[:format]], got {said!r}")
    column, _, how = rest.partition(":")
    read_as, _, form = how.partition(":")
    usual = {"occurred_at": "time", "joined_at": "time", "amount": "yuan", "gender": "gender"}
    name, _, extra = target.partition(":")
    kind = read_as or usual.get(name) or {"birthday": "date", "tags": "list"}.get(name, "text")
    value = imports.MappedValue(column=column, read_as=imports.ReadAs(kind), format=form or None)
    if name in _SINGLE:
        return mapping.model_copy(update={name: value})
    if name in _IDENTITIES:
        given = imports.MappedIdentity(kind=name, source=extra, value=value)
        kept = [each for each in mapping.identities if each.kind != name]
        return mapping.model_copy(update={"identities": [*kept, given]})
    if name == "tags":
        tags = imports.MappedTags(group=extra or "导入", value=value)
        return mapping.model_copy(update={"tags": [*mapping.tags, tags]})
    field = "attributes" if mapping.kind == "customers" else "properties"
    made = imports.MappedAttribute if mapping.kind == "customers" else imports.MappedProperty
    others = [each for each in getattr(mapping, field) if each.name != target]
    return mapping.model_copy(update={field: [*others, made(name=target, value=value)]})


def _show(workspace: "Workspace", it: "Import", mapping: "imports.ImportMapping") -> None:
    from yutang.kit.clock import now
    from yutang.tracking.service import imports

    seen = imports.inspect(workspace, it.pk, mapping.format, mapping.kind)
    for doubt in seen.doubts:
        click.echo(f"! {doubt.reason.zh} / {doubt.reason.en}", err=True)
    for each in seen.columns:
        note = f"  ! {each.note.zh} / {each.note.en}" if each.note else ""
        samples = " · ".join(each.samples[:3])
        click.echo(
            f"{each.column:<24} {each.role or '-':<16} {each.read_as:<13} {samples}{note}", err=True
        )
    try:
        found = imports.preview(workspace, it.pk, mapping, now=now())
    except imports.MappingIncomplete as refusal:
        for gap in refusal.errors:
            click.echo(f"? {gap.field}: {gap.message}", err=True)
    else:
        for row in found.rows[:10]:
            what = (
                "；".join(row.problems)
                or f"{row.type or ''} {row.occurred_at or ''} {row.customer} {row.values}"
            )
            click.echo(f"{row.line:>6}  {'✗' if row.problems else '✓'} {what}", err=True)
    click.echo(
        json.dumps(
            mapping.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False, indent=2
        )
    )
