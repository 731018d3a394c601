"""A quiet installation does not carry what only imports, dry runs and effects need."""

import subprocess
import sys

import pytest

from yutang.kit.late import late

_ASK = """
import sys
from yutang.config.serving import application
application()
import yutang.config.urls
print(*sorted({"numpy", "polars", "pyarrow", "scipy"} & sys.modules.keys()))
"""


def test_serving_loads_no_library_for_columns_of_figures() -> None:
    run = subprocess.run([sys.executable, "-c", _ASK], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []


def test_what_stands_for_a_library_is_the_library_to_those_who_use_it() -> None:
    json = late("json")
    assert json.loads(json.dumps([1])) == [1]


def test_a_name_the_library_lacks_is_told_as_the_library_tells_it() -> None:
    with pytest.raises(AttributeError, match="'json'"):
        _ = late("json").no_such_thing
