"""What people and the worker do about rights: take points back, give into what is owed, forget somebody, do errands."""

from __future__ import annotations

from pathlib import Path

from tests.faults.at_the_office import give_once
from tests.faults.places import CHEN, LI, STATION, Place, begin
from tests.faults.scenario import scenario

BACK, AGAIN = 30, 10


@scenario("rights")
class Rights:
    """Each is done once, whatever died between."""

    def prepare(self, root: Path) -> None:
        begin(root)

    def play(self, root: Path, life: int) -> None:
        from office.books.models import Correction, Resident
        from office.services.corrections import take_back
        from office.services.erasing import ask_erasure, confirm_erasure
        from office.worker.rights import Rights as Worker

        parts = Place(root, life).office()
        if not Correction.objects.exists():
            take_back(parts, CHEN, BACK, "记错")
        give_once(Place(root, life), "补登", AGAIN)
        if Resident.objects.get(pk=LI).erased_at is None:
            confirm_erasure(parts, ask_erasure(parts, LI, "本人要求").pk)
        from office.services.errands import leave

        leave(parts, "station", STATION)
        Worker(parts).work_off(0.0)

    def check(self, root: Path) -> None:
        from office.books.models import Correction, Erasure, ErasureStation, Errand, Recall, Resident
        from office.services.grants import free_points

        Place(root, 3)
        chen, owed, recall = Resident.objects.get(pk=CHEN), Correction.objects.get(), Recall.objects.get()
        assert (owed.points, owed.burnt, chen.burnt) == (BACK, AGAIN, AGAIN)
        assert (recall.asked, recall.answered) == (BACK, 0)
        assert free_points(chen) == 0
        assert Erasure.objects.exclude(confirmed_at=None).count() == ErasureStation.objects.count() == 1
        assert not Errand.objects.exists()
