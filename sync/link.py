"""One connection to an MQTT broker, supervised by us; the only user of paho-mqtt.

paho 2.2 loses its thread to an exception in a callback while it still says it is connected, queues without end what is
published offline, reconnects without jitter, and notices a half-open line late. So no thread of its own runs here: the
owner calls ``run``, callbacks only put into a bounded queue, a connection that fails is thrown away with its client,
and the next one is made after a wait with jitter. The broker is alive while any byte comes; a silent office is no
reason to reconnect. Nothing is remembered over a reconnect: that is the log's business.
"""

from __future__ import annotations

import logging
import socket
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage, MQTTv5, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from sync.address import Address, Counts, Will, wait

logger = logging.getLogger(__name__)

MESSAGE_BYTES_MAX = 64 * 1024
PACKET_BYTES_MAX = MESSAGE_BYTES_MAX + 1024  # the topic and the rest of the packet
GATHERED_BYTES_MAX = 1024 * 1024  # far more than a broker lets a station send: this is the broker's own doing
INBOX_MAX = 4096
OUTBOX_MAX = 1024
READS_A_TURN = 256
EXPIRY_SECONDS = 300
CONNECT_SECONDS = 5.0  # for the name, the connection and the handshake of TLS, each
GREETING_SECONDS = 10.0
# Growing slowly: whoever was cut off for ten seconds is not made to wait for thirty more.
BACK_OFF_FIRST, BACK_OFF_GROWTH, BACK_OFF_MAX = 0.5, 1.5, 30.0
SILENCE_OF_KEEPALIVE = 1.9


class Link:
    """Owned by one thread. ``take(topic, payload)``, ``came()`` and ``went(reason)`` are called within ``run``."""

    def __init__(
        self,
        *,
        address: Address,
        subscriptions: Sequence[str],
        take: Callable[[str, bytes], None],
        came: Callable[[], None],
        went: Callable[[str], None],
        clock: Callable[[], float],
        random: Callable[[], float],
        will: Will | None = None,
    ) -> None:
        self._address = address
        self._subscriptions = dict.fromkeys(subscriptions)
        self._take, self._came, self._went = take, came, went
        self._clock, self._random, self._will = clock, random, will
        self._client: Client | None = None
        self._inbox: deque[tuple[str, bytes]] = deque()
        self._fault = ""
        self._subscribed: int | None = None
        self._ready = False
        self._heard_at = 0.0
        self._opened_at = 0.0
        self._try_at = clock()
        self._tries = 0
        self.counts = Counts()

    @property
    def up(self) -> bool:
        """Whether the broker took our greeting and our subscriptions, and nothing has gone wrong since."""
        return self._ready and not self._fault

    def run(self, timeout: float, watch: Sequence[socket.socket] = ()) -> None:
        """Work for at most ``timeout`` real seconds, less when something comes or a socket of ``watch`` stirs."""
        if self._client is not None and (self._fault or self._client.socket() is None):
            self._drop(self._fault or "the line broke")  # a write outside of here may be what showed it
        if self._client is None and self._clock() >= self._try_at:
            self._open()
        client = self._client
        if client is None or client.socket() is None:
            wait(None, watch, min(timeout, max(0.0, self._try_at - self._clock())))
            return
        readable, writable = wait(client.socket(), watch, timeout, writing=client.want_write())
        self._turn(client, readable=readable, writable=writable)
        self._deliver()

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> bool:
        """Hand a message to the broker, QoS 1; ``False`` without a connection, and then nothing is remembered of it."""
        if not self.up or self._client is None:
            return False
        properties = None
        if self._address.mqtt == "5" and not retain:
            properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
            properties.MessageExpiryInterval = EXPIRY_SECONDS
        sent = self._client.publish(topic, payload, qos=1, retain=retain, properties=properties)
        if sent.rc not in (MQTTErrorCode.MQTT_ERR_SUCCESS, MQTTErrorCode.MQTT_ERR_QUEUE_SIZE):
            self._fault = self._fault or f"publish failed: {sent.rc}"
        return sent.rc == MQTTErrorCode.MQTT_ERR_SUCCESS

    def subscribe(self, topic: str) -> None:
        """Listen to one more topic, now and after every reconnect."""
        if topic not in self._subscriptions:
            self._subscriptions[topic] = None
            if self._client is not None and self._subscribed is not None:
                self._subscribed += not self._ready
                self._client.subscribe(topic, qos=1)

    def unsubscribe(self, topic: str) -> None:
        """Listen to a topic no more."""
        if topic in self._subscriptions:
            del self._subscriptions[topic]
            if self._client is not None and self._subscribed is not None:
                self._client.unsubscribe(topic)

    @property
    def plug(self) -> socket.socket | None:
        """The socket of the present connection."""
        plug = None if self._client is None else self._client.socket()
        return plug if isinstance(plug, socket.socket) else None

    def close(self) -> None:
        """Take leave of the broker, so that the will is not spoken."""
        client, self._client, self._ready = self._client, None, False
        if client is not None:
            client.disconnect()
            client.loop_write()
            _shut(client)

    def _open(self) -> None:
        address = self._address
        client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=address.client_id,
            protocol=MQTTv5 if address.mqtt == "5" else MQTTv311,
            clean_session=None if address.mqtt == "5" else True,
        )
        client.connect_timeout = CONNECT_SECONDS
        client.max_queued_messages = OUTBOX_MAX
        client.on_connect, client.on_subscribe = self._on_connect, self._on_subscribe
        client.on_message, client.on_disconnect = self._on_message, self._on_disconnect
        if address.username:
            client.username_pw_set(address.username, address.password or None)
        if self._will is not None:
            client.will_set(self._will.topic, self._will.payload, qos=1, retain=True)
        self._fault, self._subscribed, self._inbox = "", None, deque()
        self._client, self._opened_at, self._heard_at = client, self._clock(), self._clock()
        try:
            if address.tls is not None:
                client.tls_set_context(address.tls.context())
            client.connect(address.host, address.port, address.keepalive, **self._how())
        except (OSError, ValueError) as error:
            self._drop(str(error))
            return
        plug = client.socket()
        if isinstance(plug, socket.socket):
            plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _how(self) -> dict[str, Any]:
        if self._address.mqtt != "5":
            return {}
        properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
        properties.SessionExpiryInterval = 0
        properties.MaximumPacketSize = PACKET_BYTES_MAX
        return {"clean_start": True, "properties": properties}

    def _turn(self, client: Client, *, readable: bool, writable: bool) -> None:
        """Let paho do what there is to do, then judge the line ourselves."""
        try:
            if readable:
                self._heard_at = self._clock()
                self._read(client)
            if writable or client.want_write():
                self._note(_failed(client.loop_write()))
            self._note(_failed(client.loop_misc()))
        except Exception as error:  # noqa: BLE001 - whatever paho trips over ends this connection, never the process
            self.counts.faults += 1
            self._fault = f"{type(error).__name__}: {error}"
        now = self._clock()
        if not self._ready and now - self._opened_at > GREETING_SECONDS:
            self._fault = self._fault or "the broker does not answer the greeting"
        if now - self._heard_at > SILENCE_OF_KEEPALIVE * self._address.keepalive:
            self._fault = self._fault or "the line is silent"

    def _note(self, fault: str) -> None:
        """Keep the first fault; a callback may have noted one while paho was at work."""
        self._fault = self._fault or fault

    def _read(self, client: Client) -> None:
        """Take what has come; paho takes one packet at a time, and a flood must not end the turn's other work."""
        for _ in range(READS_A_TURN):
            self._note(_failed(client.loop_read()))
            if _hoards(client):
                self.counts.oversize += 1
                self._note("the broker sends what no station ever said")
            if self._fault or client.socket() is None or not wait(client.socket(), (), 0.0)[0]:
                return

    def _deliver(self) -> None:
        """Hand over what came; a fault in it is the owner's, is said in the log, and ends nothing."""
        if self._subscribed == 0 and not self._ready and not self._fault:
            self._ready, self._tries = True, 0
            self._call(self._came)
        while self._inbox:
            topic, payload = self._inbox.popleft()
            self._call(lambda topic=topic, payload=payload: self._take(topic, payload))  # type: ignore[misc]
        if self._fault:
            self._drop(self._fault)

    def _call(self, handler: Callable[[], None]) -> None:
        try:
            handler()
        except Exception:
            self.counts.faults += 1
            logger.exception("link.fault: a message could not be dealt with")

    def _drop(self, reason: str) -> None:
        client, self._client, was = self._client, None, self._ready
        self._ready = False
        if client is not None:
            _shut(client)
        wait = min(BACK_OFF_FIRST * BACK_OFF_GROWTH ** min(self._tries, 20), BACK_OFF_MAX)
        self._tries += 1
        self._try_at = self._clock() + wait * (0.5 + self._random())
        if was:
            self.counts.lost += 1
            logger.warning("link.lost: %s", reason)
            self._call(lambda: self._went(reason))
        elif self._tries == 1:
            logger.warning("link.unreachable: %s:%s: %s", self._address.host, self._address.port, reason)

    # What paho calls: each only puts something aside.

    def _on_connect(self, client: Client, _data: Any, _flags: ConnectFlags, code: ReasonCode, _props: Any) -> None:
        if code.is_failure:
            self._fault = f"the broker refuses us: {code}"
            return
        self._subscribed = len(self._subscriptions)
        for topic in self._subscriptions:
            client.subscribe(topic, qos=1)

    def _on_subscribe(self, _client: Client, _data: Any, _mid: int, codes: list[ReasonCode], _props: Any) -> None:
        if any(code.is_failure for code in codes):
            self._fault = f"the broker refuses a subscription: {codes[0]}"
        if self._subscribed:
            self._subscribed -= 1

    def _on_message(self, _client: Client, _data: Any, message: MQTTMessage) -> None:
        if len(message.payload) > MESSAGE_BYTES_MAX:
            self.counts.oversize += 1
        elif len(self._inbox) >= INBOX_MAX:
            self.counts.overflow += 1
        else:
            self._inbox.append((message.topic, bytes(message.payload)))

    def _on_disconnect(self, _client: Client, _data: Any, _flags: DisconnectFlags, code: ReasonCode, _p: Any) -> None:
        self._fault = self._fault or f"the broker closed the line: {code}"


def _failed(code: MQTTErrorCode) -> str:
    return "" if code == MQTTErrorCode.MQTT_ERR_SUCCESS else f"the line failed: {code}"


def _hoards(client: Client) -> bool:
    """Whether paho is made to gather: a packet of up to 256 MB, or messages of QoS 2 that are never released.

    An honest broker does neither. MQTT 5 lets us forbid the first; a broker in wrong hands does not mind.
    """
    announced = getattr(client, "_in_packet", {}).get("remaining_length", 0)
    return announced > GATHERED_BYTES_MAX or bool(getattr(client, "_in_messages", None))


def _shut(client: Client) -> None:
    """Close the socket under paho, without its calling back."""
    client.on_disconnect = None
    plug = client.socket()
    if plug is not None:
        plug.close()
