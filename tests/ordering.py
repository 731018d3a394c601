"""Which files are begun first: those that take long, so that of two workers none is left with one alone.

By hand and roughly, the longest first; what is not in the list is shorter, and comes in drawn order. Stories
are together: the Yutang that they look at stops after the last of them.
"""

__all__ = ["place"]

_STORIES = "tests/stories"
_CONDITIONS = "src/yutang/audiences/tests/condition"
_IMPORTS = "src/yutang/tracking/imports/tests"
_LONG = (
    f"{_STORIES}/test_contract.py",
    f"{_STORIES}/test_every_screen.py",
    f"{_STORIES}/test_journeys.py",
    f"{_STORIES}/test_up.py",
    f"{_STORIES}/test_reach.py",
    f"{_STORIES}/test_erasure.py",
    f"{_STORIES}/test_a_customer.py",
    f"{_STORIES}/test_a_new_owner.py",
    f"{_STORIES}/test_merging_model.py",
    f"{_STORIES}/test_colleagues.py",
    f"{_STORIES}/test_lists.py",
    f"{_STORIES}/test_a_guide.py",
    f"{_STORIES}/test_refusals.py",
    f"{_STORIES}/test_merging.py",
    f"{_STORIES}/test_a_phone.py",
    f"{_STORIES}/test_bad_input.py",
    "src/yutang/config/tests/questions/test_online_retail.py",
    "src/yutang/events/tests/test_kill.py",
    "src/yutang/config/demo/tests/test_demo.py",
    f"{_CONDITIONS}/test_compiled_conditions.py",
    f"{_CONDITIONS}/test_next_change.py",
    "src/yutang/audiences/tests/test_in_step.py",
    f"{_IMPORTS}/test_importing.py",
    f"{_IMPORTS}/test_public_data.py",
    "src/yutang/journeys/tests/test_kill.py",
    "src/yutang/journeys/tests/test_kill_to_the_channel.py",
    "src/yutang/audiences/tests/test_crashes.py",
    "src/yutang/reach/tests/test_kill.py",
    f"{_CONDITIONS}/test_shards.py",
    f"{_CONDITIONS}/test_statements.py",
    f"{_CONDITIONS}/test_sentences.py",
    "src/yutang/journeys/tests/dry_run/test_agreement.py",
    "src/yutang/journeys/tests/dry_run/test_times.py",
    "src/yutang/config/tests/questions/test_taobao.py",
    "src/yutang/config/tests/questions/test_cdnow.py",
    f"{_IMPORTS}/test_resuming.py",
    f"{_IMPORTS}/test_memory.py",
    "src/yutang/config/tests/test_snapshot.py",
    "src/yutang/config/tests/test_runtime.py",
)
_PLACES = {path: number for number, path in enumerate(_LONG)}


def place(nodeid: str) -> int:
    """Return where the file of a test stands among all."""
    return _PLACES.get(nodeid.partition("::")[0], len(_LONG))
