"""Background jobs: visible from the moment they are asked for until long after they ended."""

import pytest

from yutang.kit.i18n import Text
from yutang.kit.pulse import beat_all_once
from yutang.workspaces import jobs  # noqa: F401  its pulses
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Job, JobState, Role, Workspace
from yutang.workspaces.tests.builders import NOON, a_member, a_workspace, as_member

pytestmark = pytest.mark.django_db


def start(workspace: Workspace, actor: str = "user:1", total: int | None = 10) -> Job:
    return workspaces.start_job(
        workspace,
        "tracking.import",
        Text("导入 orders.csv", "Import orders.csv"),
        actor=actor,
        total=total,
        now=NOON,
    )


def now_of(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_a_job_is_seen_waiting_running_and_done() -> None:
    job = start(a_workspace())
    states = [now_of(job).state]

    workspaces.begin_job(job.pk, now=NOON)
    workspaces.report_progress(job.pk, 4)
    states.append(now_of(job).state)
    workspaces.finish_job(
        job.pk, summary=Text("导入 10 行。", "Imported 10 rows."), result={"import": 3}, now=NOON
    )

    done = now_of(job)
    assert [*states, done.state] == ["waiting", "running", "done"]
    assert (done.done, done.total, done.attempts) == (4, 10, 1)
    assert (done.said_zh, done.said_en, done.result) == (
        "导入 10 行。",
        "Imported 10 rows.",
        {"import": 3},
    )


def test_how_much_there_is_may_become_known_on_the_way() -> None:
    job = start(a_workspace(), total=None)
    workspaces.begin_job(job.pk, now=NOON)

    workspaces.report_progress(job.pk, 5, 50)

    assert (now_of(job).done, now_of(job).total) == (5, 50)


def test_a_refusal_ends_a_job_with_its_sentence() -> None:
    job = start(a_workspace())

    with workspaces.running_job(job.pk) as goes_on:
        assert goes_on
        raise workspaces.NoSuchStore

    failed = now_of(job)
    assert (failed.state, failed.said_zh) == (JobState.FAILED, "没有这家门店。")
    assert failed.said_en == "There is no such store."


def test_what_nobody_expected_ends_it_too_and_goes_on_to_the_log() -> None:
    job = start(a_workspace())

    with pytest.raises(ZeroDivisionError), workspaces.running_job(job.pk):
        1 / 0  # noqa: B018

    assert now_of(job).state == JobState.FAILED
    assert "0" not in now_of(job).said_en


def test_a_job_that_begins_again_counts_its_attempts() -> None:
    job = start(a_workspace())
    workspaces.begin_job(job.pk, now=NOON)
    workspaces.fail_job(job.pk, Text("断了。", "It broke."), now=NOON)

    workspaces.begin_job(job.pk, now=NOON)

    again = now_of(job)
    assert (again.state, again.attempts, again.said_zh) == ("running", 2, "")


def test_a_cancelled_job_does_not_begin_and_does_not_end_otherwise() -> None:
    owner = a_member(a_workspace())
    job = start(owner.workspace, owner.actor)
    workspaces.cancel_job(owner, job.pk, now=NOON)

    with workspaces.running_job(job.pk) as goes_on:
        assert not goes_on
    workspaces.finish_job(job.pk, now=NOON)
    workspaces.fail_job(job.pk, Text("断了。", "It broke."), now=NOON)

    assert now_of(job).state == JobState.CANCELLED
    assert workspaces.job_is_cancelled(job.pk)


def test_a_job_that_is_over_cannot_be_cancelled() -> None:
    owner = a_member(a_workspace())
    job = start(owner.workspace)
    workspaces.finish_job(job.pk, now=NOON)

    with pytest.raises(workspaces.JobIsOver):
        workspaces.cancel_job(owner, job.pk, now=NOON)


def test_who_started_it_may_cancel_it_and_others_not() -> None:
    tea = a_workspace()
    operator, analyst = a_member(tea, Role.OPERATOR), a_member(tea, Role.ANALYST)
    job = start(tea, operator.actor)

    with pytest.raises(workspaces.NotYourJob):
        workspaces.cancel_job(analyst, job.pk, now=NOON)

    assert workspaces.cancel_job(operator, job.pk, now=NOON).state == JobState.CANCELLED


def test_jobs_are_found_by_kind_app_and_state() -> None:
    tea = a_workspace()
    job = start(tea)

    def found(**only: str) -> list[Job]:
        return list(workspaces.jobs_of(tea, **only))

    assert found() == found(kind="tracking") == found(kind="tracking.import") == [job]
    assert found(state="waiting") == [job]
    assert found(kind="track") == found(state="done") == []


def test_the_rival_sees_no_job() -> None:
    job = start(a_workspace())
    rival = as_member(a_member(a_workspace("Coffee House")))

    assert rival.get(f"/jobs/{job.pk}").status_code == 404
    assert rival.post(f"/jobs/{job.pk}/cancel").status_code == 404
    assert rival.get("/jobs").json()["items"] == []


def test_a_job_is_read_in_the_readers_language() -> None:
    owner = a_member(a_workspace())
    job = start(owner.workspace)

    zh = as_member(owner).get(f"/jobs/{job.pk}").json()
    en = as_member(owner, language="en").get("/jobs", {"state": "waiting"}).json()["items"][0]

    assert (zh["label"], en["label"]) == ("导入 orders.csv", "Import orders.csv")
    assert zh["state"] == "waiting"


def test_old_entries_of_the_queue_are_swept() -> None:
    beat_all_once("workspaces.sweep")

    assert workspaces.forget_old_jobs() == 0
