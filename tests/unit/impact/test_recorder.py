"""Each use is recorded once, as surely as anything knows it."""

from __future__ import annotations

from flexprice_codegen.impact.recorder import Recorder, create_use
from flexprice_codegen.impact.symbols import Position, Symbol

EMAIL = Symbol("field", "Customer", "email")
HERE = Position(1, 2, 3)


def test_the_surest_use_stays() -> None:
    recorder = Recorder({EMAIL})
    recorder.add(create_use("a.py", HERE, EMAIL, "untyped", "maybe"))
    recorder.add(create_use("a.py", HERE, EMAIL, "attribute", "sure"))
    recorder.add(create_use("a.py", HERE, EMAIL, "text", "likely"))
    (use,) = recorder.list_uses()
    assert (use.way, use.confidence) == ("attribute", "sure")


def test_only_wanted_symbols_are_recorded() -> None:
    recorder = Recorder({EMAIL})
    recorder.add(create_use("a.py", HERE, Symbol("class", "", "Customer"), "name"))
    assert recorder.list_uses() == ()
    assert [*recorder.list_named("email")] == [EMAIL]
    assert [*recorder.list_named("Customer")] == []


def test_a_place_is_mixed_for_all_its_uses() -> None:
    recorder = Recorder({EMAIL})
    recorder.add(create_use("a.py", HERE, EMAIL, "attribute"))
    recorder.add_mixed("a.py", HERE)
    assert [use.is_mixed for use in recorder.list_uses()] == [True]
    recorder.clear("b.py")
    assert recorder.list_uses() != ()
    recorder.clear("a.py")
    assert recorder.list_uses() == ()
