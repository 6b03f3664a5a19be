"""What goes wrong, by kind of world; and what people do about it, as the law says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from domain.entries import decode_entry
from domain.facts import UP, AwardUndone, Fenced, VoucherIssued, fact_of
from domain.ids import Epoch
from sync.chain import Direction
from tests.fleet.card import Card
from tests.fleet.disk import Chain
from tests.fleet.node import Node
from tests.fleet.office_end import open_life

if TYPE_CHECKING:
    from tests.fleet.world import World

KINDS = (
    "calm", "lossy", "partitions", "crashes", "clock", "stick", "released", "fenced", "old_image", "clone", "restored",
)  # fmt: skip


def happen(world: World) -> None:
    """One more fault of the world's kind, or none."""
    kind, chance = world.kind, world.random.random()
    node = world.random.choice(world.nodes) if world.nodes else None
    if node is None or kind == "calm":
        return
    if world.buried and world.random.random() < 0.3:
        dig_up(world)
        return
    if world.memory and world.random.random() < 0.5:
        go_on(world, world.random.choice([*world.memory]))
        return
    if chance < (0.5 if kind == "partitions" else 0.2):
        world.disconnect(node) if node.online else take_over(world, node)
    elif kind == "crashes":
        disk = world.office if chance < 0.6 else node.card
        disk.fuse = world.random.randrange(12)
    elif kind == "clock":
        world.clock_ok[node.station] = not world.clock_ok[node.station]
    elif chance < 0.6:
        grave = GRAVE.get(kind)
        if grave is not None:
            grave(world, node)


def die(world: World, node: Node) -> None:
    """The machine is gone for good. A stick or its card may be read later."""
    if memory(world, node.station) is None and not alive_twice(world, node):
        world.disconnect(node)
        world.nodes.remove(node)
        world.memory[node.station] = [node.card]
    else:
        go_on(world, node.station)


def go_on(world: World, station: str) -> None:
    """Somebody deals with a life that is over: fence, then import or release, then new hardware."""
    state = world.office.stations[station].state
    if state in ("open", "closing"):
        fence(world, station)
    elif state == "fenced" and not world.sound and world.memory.get(station) and world.random.random() < 0.4:
        world.buried.append((station, world.office.stations[station].epoch, world.memory[station][0]))
        replace(world, station)
    elif state == "fenced":
        end(world, station, world.office.stations[station].epoch, memory(world, station))
    else:
        replace(world, station)


def dig_up(world: World) -> None:
    """The journal of a life whose station has gone on with new hardware is found, or given up."""
    station, epoch, card = world.buried.pop()
    before = {key: row.returned for key, row in world.office.counters.items()}
    end(world, station, epoch, card)
    with world.office.transaction():
        for (where, of, thing), row in [*world.office.counters.items()]:
            if (where, of) == (station, epoch) and not thing.startswith("points/"):
                world.office.grant(station, thing, row.returned - before[where, of, thing])
        world.office.list_rest(station, epoch)
    world.told["lives settled after they were replaced"] += 1


def end(world: World, station: str, epoch: int, card: Card | None) -> None:
    import_card(world, station, epoch, card) if world.kind == "stick" else release(world, station, epoch, card)


def fence(world: World, station: str) -> None:
    office, row = world.office, world.office.stations[station]
    with office.transaction():
        office.put(office.lives, (station, row.epoch), "fenced")
        office.set(station, state="fenced")
        good = max((key[2] for key in office.vouchers if key[:2] == (station, row.epoch)), default=0)
        office.put(office.last_good, (station, row.epoch), good)
        office.say(station, Fenced(Epoch(row.epoch), "r"))
        for other in world.stations:
            office.list_life(station, row.epoch, other)
    world.memory.setdefault(station, [])


def import_card(world: World, station: str, epoch: int, card: Card | None) -> None:
    """The rest of the journal is read from the card or the stick; what is left then returns."""
    office = world.office
    assert card is not None
    chain, held = card.own[epoch], office.up[station, epoch]
    if chain.hashes[: held.last + 1] != held.hashes:
        raise AssertionError("the card is not what the office holds")
    with office.transaction():
        for first in range(held.last, chain.last, 50):
            office.take(station, epoch, first + 1, chain.data[first : first + 50])
        good = max((key[2] for key in office.vouchers if key[:2] == (station, epoch)), default=0)
        office.put(office.last_good, (station, epoch), good)
        for other in world.stations:
            office.list_life(station, epoch, other)
        over(world, station, epoch, "imported")
    world.no_parking()


def release(world: World, station: str, epoch: int, card: Card | None) -> None:
    """A named person gives the rights back. What was spent and is not known is a late claim, counted to the point."""
    office = world.office
    excuse_unknown(world, card, office.up[station, epoch].last, epoch)
    for node in world.nodes:
        if node.station == station and node.card.epoch == epoch:
            excuse_unknown(world, node.card, office.up[station, epoch].last, epoch)
            node.claims = True
    world.oracle.lost_places.add(station)
    with office.transaction():
        over(world, station, epoch, "released")
        if card is not None and epoch in card.own and world.random.random() < 0.5:  # it was found after all
            held, chain = office.up[station, epoch], card.own[epoch]
            if chain.hashes[: held.last + 1] == held.hashes:
                office.claim(station, epoch, chain.data[held.last :])
                world.told["late claims"] += chain.last - held.last


def over(world: World, station: str, epoch: int, state: str) -> None:
    world.office.end(station, epoch, state)
    world.office.hand_back(station, epoch)


def replace(world: World, station: str) -> None:
    """New hardware, a new life, a new log of the office for it."""
    office, row = world.office, world.office.stations[station]
    for node in [node for node in world.nodes if node.station == station]:
        world.disconnect(node)
        world.nodes.remove(node)
    world.hardware += 1
    with office.transaction():
        office.put(office.down, (station, row.down + 1), Chain.begin(Direction.DOWN, station, row.down + 1))
        office.set(station, down=row.down + 1, holds=0)
        open_life(office, station, row.epoch + 1)
    world.memory.pop(station, None)
    world.begin(station, row.epoch + 1, row.down + 1)


def fence_living(world: World, node: Node) -> None:
    """A station is fenced while it may still sell; nobody hears of it any more than the line allows."""
    go_on(world, node.station)


def memory(world: World, station: str) -> Card | None:
    return next(iter(world.memory.get(station, [])), None)


def alive_twice(world: World, node: Node) -> bool:
    return sum(other.station == node.station for other in world.nodes) > 1


def old_image(world: World, node: Node) -> None:
    """An older copy of the card is put in; what the newer one had written and not sent is lost."""
    image = world.images.get(node.station)
    if image is None or image.epoch != node.card.epoch:
        world.images[node.station] = node.card.image()
    elif image.log.last < node.card.log.last and not node.stale:
        del world.images[node.station]
        world.oracle.lost_places.add(node.station)
        held = world.office.up[node.station, image.epoch].last
        excuse_unknown(world, node.card, max(held, image.log.last), image.epoch)
        world.disconnect(node)
        world.nodes.remove(node)
        revived = world.add(image)
        world.told["old cards"] += 1
        # What the newer card had sent may still be on its way: then the office does not know yet that this one is old,
        # and an answer of this one meets the other's under one number. That is a fork, and waits for a person.
        revived.stale, revived.used = True, held <= image.log.last


def clone(world: World, node: Node) -> None:
    """A copy of the card runs in a second machine, offline for as long as it can."""
    if alive_twice(world, node) or node.stale:
        other = next((other for other in world.nodes if other.station == node.station and not other.online), None)
        if other is not None and world.random.random() < 0.3:
            take_over(world, other)
        return
    world.oracle.lost_places.add(node.station)
    out_of_sight(world, node)
    twin = world.add(node.card.image())
    twin.counted = node.counted.copy()
    world.disconnect(twin)
    world.connect(node)
    world.told["clones"] += 1
    twin.stale = node.stale = True  # nobody can say which of them is the real one


def take_over(world: World, node: Node) -> None:
    """A machine comes on line; another one of its station is out of sight from now on, with what it holds."""
    for other in world.nodes:
        if other is not node and other.station == node.station and world.kind == "clone":
            out_of_sight(world, other)
    world.connect(node)


def out_of_sight(world: World, node: Node) -> None:
    """One of two copies can spend once more what it held when the office last heard of it, and not a point more."""
    card = node.card
    chain = world.office.up.get((node.station, card.epoch))
    known = 0 if chain is None else chain.last
    held = Counter[str]()
    if not world.sound:  # else nobody sells on it any more
        held.update({resident: card.right(f"points/{resident}").available for resident in world.residents})
    for data in card.log.data[known:]:
        fact = fact_of(decode_entry(data), UP)
        if isinstance(fact, VoucherIssued | AwardUndone):
            held[fact.resident] += fact.points
    for resident, points in (held - node.counted).items():
        world.oracle.excused[resident] += points
        world.told["points on cards that were copied"] += points
    node.counted |= held


def restore(world: World, node: Node) -> None:
    """The office's disk is gone; a backup is put in, and it begins by asking everybody."""
    if world.backup is None or world.random.random() < 0.4:
        if not world.office.blocked:
            world.backup = (world.office.copy(), world.oracle.burnt.copy())
        return
    office, burnt = world.backup
    world.told["offices restored"] += 1
    world.oracle.burnt = burnt.copy()  # whoever took points back since then must do so again
    highest = {station: row.down for station, row in world.office.stations.items()}
    world.office = office = office.copy()
    world.start_office()
    with office.transaction():
        for station in world.stations:
            epoch = max(highest[station], office.stations[station].down) + 1
            office.put(office.down, (station, epoch), Chain.begin(Direction.DOWN, station, epoch))
            office.put(office.formers, station, tuple(range(office.stations[station].down, epoch)))
            office.set(station, down=epoch, holds=0, merged=False)
    office.recovering = office.recovered = True


def excuse_unknown(world: World, card: Card | None, known: int, epoch: int) -> None:
    """Count what a card spent behind the entry up to which somebody knows of it."""
    if card is None or epoch not in card.own:
        return
    for data in card.own[epoch].data[known:]:
        fact = fact_of(decode_entry(data), UP)
        if isinstance(fact, VoucherIssued | AwardUndone):
            world.oracle.excused[fact.resident] += fact.points


GRAVE: dict[str, Callable[[World, Node], None]] = {
    "stick": die, "released": die, "fenced": fence_living, "old_image": old_image, "clone": clone, "restored": restore,
}  # fmt: skip
