"""What stations say of themselves: only the newest counts, and a new life begins anew."""

from __future__ import annotations

import json

from office.books.models import Station
from office.worker.states import STATE_BYTES_MAX, States
from tests.office.world import FIRST, OfficeWorld


def said(boot: int, **more: object) -> bytes:
    return json.dumps({"boot": boot, "online": True, "waiting": 3} | more).encode()


def held() -> dict[str, object]:
    return dict(Station.objects.get(pk=FIRST).state)


def test_a_will_of_an_earlier_start_is_stale(office: OfficeWorld) -> None:
    states = States()
    assert states.take(FIRST, said(7))
    assert states.take(FIRST, said(6, online=False))
    states.write()
    assert (held()["boot"], held()["online"]) == (7, True)


def test_a_new_life_of_a_station_is_heard_though_it_counts_from_one(office: OfficeWorld) -> None:
    states = States()
    states.take(FIRST, said(7))
    states.write()
    office.enrol(FIRST)
    assert held() == {}
    states.forget(FIRST)
    states.take(FIRST, said(1))
    states.write()
    assert held()["boot"] == 1


def test_what_is_none_is_left(office: OfficeWorld) -> None:
    states = States()
    for bad in (b"x", said(-1), said(1, software="a\nb"), b"[" * 500, said(1, junk="x" * STATE_BYTES_MAX), said(2**60)):
        assert not states.take(FIRST, bad)
    assert states.take(FIRST, b"")  # a retained message was deleted
    states.write()
    assert held() == {}
