"""`yutang audience`: ask a question, or why somebody is in the answer, from the command line."""

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from yutang.audiences.service import Reason
    from yutang.workspaces.models import Workspace
    from yutang.workspaces.service import Member

__all__ = ["command"]

EXAMPLE = "近30天收藏≥1次 且 近7天活跃 且 城市=北京 且 性别=女 且 入会满1年"


@click.group(
    help="Ask who meets a condition, in a sentence, Chinese or English:\n\n"
    f'\b\n  yutang audience count "{EXAMPLE}"\n'
    '  yutang audience explain "近30天收藏≥1次" --customer 1024\n\n'
    "On the embedded engines stop `yutang up` first, or ask in the console: one process has them."
)
def command() -> None:
    pass


@command.command(help=f'Count who meets a condition, such as "{EXAMPLE}".')
@click.argument("sentence")
@click.option("--workspace", help="Its slug; not needed where there is one.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object: count, condition, ms.")
def count(sentence: str, workspace: str | None, *, as_json: bool) -> None:
    import time

    from yutang.config.standing import standing

    with standing():
        from yutang.audiences import service as audiences
        from yutang.kit.clock import now

        member = _member(workspace)
        tree = _tree(member.workspace, sentence)
        began = time.perf_counter()
        found = audiences.preview(member, tree, sample=0, now=now()).count
        ms = (time.perf_counter() - began) * 1000
        said = audiences.said(member.workspace, tree)
    if as_json:
        click.echo(json.dumps({"count": found, "ms": round(ms, 1), "condition": tree}))
        return
    click.echo(f"{said.zh}\n{said.en}\n{found:,} 人 people · {ms:,.0f} ms")


@command.command(help="Say node by node why a customer is in or out.")
@click.argument("sentence")
@click.option("--customer", required=True, type=int, help="The customer's number.")
@click.option("--workspace", help="Its slug; not needed where there is one.")
def explain(sentence: str, customer: int, workspace: str | None) -> None:
    from yutang.config.standing import standing

    with standing():
        from yutang.audiences import service as audiences
        from yutang.config.runtime import Refused
        from yutang.kit.clock import now
        from yutang.kit.errors import DomainError

        member = _member(workspace)
        tree = _tree(member.workspace, sentence)
        try:
            _show(audiences.explain(member, tree, customer, now=now()), "")
        except DomainError as refusal:
            raise Refused(f"{refusal.sentence('zh')}\n{refusal.sentence('en')}") from None


def _show(reason: "Reason", indent: str) -> None:
    mark = "✓" if reason.holds else "✗"
    evidence = f"  — {reason.evidence.zh}" if reason.evidence.zh else ""
    click.echo(f"{indent}{mark} {reason.said.zh}{evidence}")
    for each in reason.of:
        _show(each, indent + "  ")


def _member(slug: str | None) -> "Member":
    """Return the owner of the workspace: whoever has the machine may ask what its owner may."""
    from yutang.config.standing import chosen_workspace
    from yutang.workspaces import service as workspaces
    from yutang.workspaces.models import Role

    workspace = chosen_workspace(slug)
    owner = workspaces.members_of(workspace).filter(role=Role.OWNER).order_by("pk")[0].user
    return workspaces.member_of_user(owner, str(workspace.pk))


def _tree(workspace: "Workspace", sentence: str) -> dict[str, object]:
    from yutang.audiences import service as audiences
    from yutang.config.runtime import Refused
    from yutang.kit.errors import DomainError

    try:
        return audiences.read_sentence(workspace, sentence)
    except DomainError as refusal:
        said = [f"{refusal.sentence('zh')}\n{refusal.sentence('en')}"]
        raise Refused("\n".join([*said, *(each.message for each in refusal.errors)])) from None
