"""The faults stop: everything must come into step, and every point that was not spent can be spent anywhere."""

from __future__ import annotations

from domain.entries import decode_entry
from domain.facts import UP, DocumentTaken, VoucherHonoured, fact_of
from domain.ids import ResidentId
from domain.rights import points_of
from sync.frame import Want
from tests.fleet import faults
from tests.fleet.node import Node
from tests.fleet.oracle import Violation
from tests.fleet.world import World

ROUNDS = 90
LOSING = ("old_image", "clone", "released", "fenced")  # what a card held can be lost with it


def heal(world: World) -> None:
    """No more faults; people finish what they began."""
    world.sound, world.office.fuse = True, None
    for node in world.nodes:
        node.card.fuse, node.wishes = None, {}
    while world.buried:
        faults.dig_up(world)
    for station in world.stations:
        world.clock_ok[station] = True
        while world.office.stations[station].state in ("fenced", "imported", "released"):
            faults.go_on(world, station)
        if not any(node.station == station for node in world.nodes):
            while world.office.stations[station].state != "open" or not world.on_line(station):
                faults.go_on(world, station)
    for node in [*world.nodes]:
        settle_clones(world, node)
    for node in world.nodes:
        if not node.online:
            world.connect(node)
    settle(world)
    for node in [*world.nodes]:
        if not node.card.alarms and world.office.stations[node.station].state == "closing":
            # A copy asked for its tail and was never seen again: the next thing that the station writes says so.
            with node.card.transaction():
                node.card.write(DocumentTaken("notices", 1, ""))
            node.log.poke()
        if node.card.alarms:
            put_right(world, node)
    settle(world)
    in_step(world)
    same_books(world)
    spend_everything(world)
    settle(world)
    in_step(world)
    honour_everything(world)
    settle(world)
    in_step(world)


def settle(world: World) -> None:
    """Let time pass until nobody has anything to say."""
    quiet = 0
    for _ in range(ROUNDS):
        world.now += 16.0
        world.steps += 1
        world.speak_all()
        busy = drain(world)
        world.workers.wish_again(world.now)
        quiet = 0 if busy else quiet + 1
        if quiet >= 3:
            return


def drain(world: World) -> bool:
    """Deliver everything, and let the office do what follows; return whether anything changed."""
    before = signature(world)
    for _ in range(3000):
        if world.net:
            world.steps += 1
            world.deliver()
        elif not world.workers.idle:
            world.steps += 1
            world.work()
        else:
            break
    else:
        raise Violation("it never comes to rest")
    return signature(world) != before


def signature(world: World) -> tuple[int, ...]:
    ups = sum(chain.last for chain in world.office.up.values())
    downs = sum(chain.last for chain in world.office.down.values())
    held = sum(node.card.peer_head().number + node.card.log.last + node.card.meta["holds"] for node in world.nodes)
    holds = sum(row.holds + row.merged for row in world.office.stations.values())
    return ups, downs, held, holds, len(world.office.alarms), sum(len(node.card.alarms) for node in world.nodes)


def settle_clones(world: World, node: Node) -> None:
    """Two machines of one station: both are heard, one after the other; then one is taken away."""
    others = [other for other in world.nodes if other.station == node.station and other is not node]
    if not others or node not in world.nodes:
        return
    for machine in (node, *others, node, *others):
        faults.take_over(world, machine)
        settle(world)
    keep = next((machine for machine in (node, *others) if not machine.card.alarms), node)
    for machine in (node, *others):
        if machine is not keep:
            if machine.card.alarms == {} and machine.card.log.last and machine.card.log.data != keep.card.log.data:
                raise Violation("two machines of one station, and neither was told")
            known = world.office.up[machine.station, machine.card.epoch].last
            world.disconnect(machine)
            world.nodes.remove(machine)
            assert known >= 0
    faults.take_over(world, keep)


def put_right(world: World, node: Node) -> None:
    """A fork waits for a person, who fences the life and puts in new hardware."""
    station = node.station
    if world.kind not in ("old_image", "clone"):
        raise Violation(f"false alarm at the station: {node.card.alarms}")
    while world.office.stations[station].state != "open" or world.on_line(station) is node:
        faults.go_on(world, station)


def in_step(world: World) -> None:
    """Each side holds all that the other wrote, and knows that it does."""
    if world.office.alarms and world.kind not in ("old_image", "clone"):
        raise Violation(f"false alarm at the office: {world.office.alarms}")
    if world.office.early:
        raise Violation(f"parked for want of a fate, and never tried again: {[*world.office.early]}")
    if world.office.errands or world.workers.wishes:
        raise Violation(f"the office leaves undone: {world.office.errands} {world.workers.wishes}")
    for node in world.nodes:
        card, row = node.card, world.office.stations[node.station]
        if card.halted:
            raise Violation(f"{node.station} does not sell: {card.alarms} {card.meta}")
        held = world.office.up[node.station, row.epoch]
        if (card.epoch, card.log.data) != (row.epoch, held.data):
            raise Violation(f"not all that {node.station} wrote is at the office: {card.log.head} {held.head}")
        if card.peer[card.meta["down"]].data != world.office.down[node.station, row.down].data:
            raise Violation(f"not all that the office wrote is at {node.station}")
        if card.meta["holds"] != card.log.last:
            raise Violation(f"{node.station} does not know that all of it is at the office")
        if card.waiting:
            raise Violation(f"{node.station} never did what it put off: {card.waiting}")


def same_books(world: World) -> None:
    """Counters at the stations and at the office agree; what was handed out stands in both."""
    for node in world.nodes:
        epoch = node.card.epoch
        for (of, right), counters in node.card.counters.items():
            if of == epoch and world.office.counters[node.station, of, right] != counters:
                raise Violation(f"{right} at {node.station}: {counters} is not what the books say")
    for resident in world.residents:
        given = world.oracle.given[resident] - world.oracle.burnt[resident]
        if world.kind != "restored" and world.office.credits.get(resident, 0) != given:
            raise Violation(f"{resident} was given {given}, the books say {world.office.credits.get(resident, 0)}")
    if world.kind in LOSING:
        return
    goods = sum(len(held.goods) for held in world.oracle.papers)
    chains = world.office.up.values()
    told = sum(isinstance(fact_of(decode_entry(data), UP), VoucherHonoured) for chain in chains for data in chain.data)
    booked = sum(row.fate == "honoured" for row in world.office.vouchers.values())
    if not goods == told == booked:
        raise Violation(f"goods {goods}, entries {told}, books {booked}")


def spend_everything(world: World) -> None:
    """Every resident goes to any station and spends all they have."""
    for resident in world.residents:
        right = points_of(ResidentId(resident))
        open_nodes = [node for node in world.nodes if not node.card.halted]
        node = world.random.choice(open_nodes)
        exact = world.kind not in LOSING
        office = world.office
        owed = office.owed.get(resident, 0)
        rights = sum(row.available for (_, _, thing), row in office.counters.items() if thing == right)
        free = office.purse(right, world.heard).free
        left = max(0, world.oracle.ceiling(resident) - world.oracle.worth[resident]) if exact else rights + free
        if exact and world.kind != "restored" and left != rights + free:
            raise Violation(f"{resident} has {left} left by what happened, {rights} + {free} by the books")
        left = min(left, rights + free) - owed
        if left > 0:
            spend(world, node, resident, left)


def spend(world: World, node: Node, resident: str, left: int) -> None:
    right = points_of(ResidentId(resident))
    for _ in range(40):
        node.wishes = {str(right): Want("v", right, left)}  # also again, should something have been asked back
        node.asked_at = -10.0
        world.now += 4.0
        world.speak_all()
        drain(world)
        if node.card.right(right).available >= left:
            break
    else:
        raise Violation(f"{left} points of {resident} cannot be had at {node.station}: {node.card.right(right)}")
    node.wishes = {}
    world.workers.wishes.clear()
    while left > 0:
        pieces = min(15, left)
        if not world.sell(node, resident, 1, pieces):
            raise Violation(f"{pieces} points of {resident} are at {node.station} and cannot be spent")
        left -= pieces
        node.log.poke()


def honour_everything(world: World) -> None:
    """Every paper that is good is taken where it says."""
    for held in world.oracle.papers:
        if held.dead or held.goods or held.voucher.expires < world.day or world.kind in LOSING:
            continue
        node = world.on_line(held.voucher.place)
        assert node is not None
        world.honour(node, held)
        if not held.goods:
            raise Violation(f"a good paper is refused at {node.station}: {held.voucher}")
