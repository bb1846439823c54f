"""The arguments of `diff`."""

from __future__ import annotations

import pytest
from support.zoo import Run


def test_a_day_that_is_none_is_a_usage_error(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as raised:
        run("diff", "old.yaml", "new.yaml", "--accept", "x", "--expires", "soon")
    assert raised.value.code == 2
    assert "invalid date 'soon'; expected YYYY-MM-DD" in capsys.readouterr().err
