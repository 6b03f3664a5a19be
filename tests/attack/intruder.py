"""An MQTT client that keeps to nothing: any name, any topic, any size."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from typing import Any

from paho.mqtt.client import Client, MQTTv5, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

PATIENCE_SECONDS = 20.0
NOT_AUTHORIZED = 135


class Intruder:
    """Connected on return, or ``refused`` says why not."""

    def __init__(
        self,
        port: int,
        context: ssl.SSLContext | None,
        client_id: str = "intruder",
        *,
        user: str = "",
        password: str = "",
        will: tuple[str, bytes] | None = None,
        v5: bool = True,
        expiry: int = 0,
    ) -> None:
        self.got: list[tuple[str, bytes]] = []
        self.reasons: dict[int, int] = {}
        self.refused = ""
        self.ended = threading.Event()
        self._came = threading.Event()
        self._changed = threading.Condition()
        version = MQTTv5 if v5 else MQTTv311
        client = Client(CallbackAPIVersion.VERSION2, client_id, protocol=version, reconnect_on_failure=False)
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message
        client.on_publish = self._on_publish
        client.max_inflight_messages_set(1000)
        if context is not None:
            client.tls_set_context(context)
        if user:
            client.username_pw_set(user, password)
        if will is not None:
            client.will_set(*will, qos=1, retain=True)
        self.client = client
        try:
            if v5:
                properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
                properties.SessionExpiryInterval = expiry
                client.connect("127.0.0.1", port, 20, clean_start=True, properties=properties)
            else:
                client.connect("127.0.0.1", port, 20)
        except (OSError, ssl.SSLError) as error:
            self.refused = str(error)
            return
        client.loop_start()
        assert self._came.wait(PATIENCE_SECONDS)
        if self.ended.is_set():
            self.refused = self.refused or "the broker closed the line"
            client.loop_stop()

    @property
    def up(self) -> bool:
        return not self.refused and not self.ended.is_set()

    def subscribe(self, *topics: str) -> None:
        for topic in topics:
            self.client.subscribe(topic, qos=1)

    def publish(self, topic: str, payload: bytes, *, retain: bool = False, qos: int = 1) -> int:
        return int(self.client.publish(topic, payload, qos=qos, retain=retain).mid)

    def answered(self, mid: int) -> int:
        """Wait for the broker's word on a message of QoS 1 (MQTT 5); return its reason code."""
        self.wait(lambda: mid in self.reasons or self.ended.is_set())
        return self.reasons.get(mid, -1)

    def wait(self, condition: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, PATIENCE_SECONDS)

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()

    def tear(self) -> None:
        """Go without a word, so that the will is spoken."""
        plug = self.client.socket()
        if isinstance(plug, socket.socket):
            with contextlib.suppress(OSError):
                plug.shutdown(socket.SHUT_RDWR)
        self.client.loop_stop()

    def _on_connect(self, _client: Client, _data: Any, _flags: Any, code: Any, _props: Any) -> None:
        self.refused = str(code) if code.is_failure else ""
        self._came.set()

    def _on_disconnect(self, *_: Any) -> None:
        with self._changed:
            self.ended.set()
            self._came.set()
            self._changed.notify_all()

    def _on_message(self, _client: Client, _data: Any, message: Any) -> None:
        with self._changed:
            self.got.append((message.topic, bytes(message.payload)))
            self._changed.notify_all()

    def _on_publish(self, _client: Client, _data: Any, mid: int, code: Any, _props: Any) -> None:
        with self._changed:
            self.reasons[mid] = int(code.value)
            self._changed.notify_all()


def raw_line(port: int, context: ssl.SSLContext | None) -> socket.socket:
    """A line for bytes that no client sends."""
    plug = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
    return plug if context is None else context.wrap_socket(plug, server_hostname="127.0.0.1")


def is_closed(plug: socket.socket) -> bool:
    """Whether the other side ends the line, whatever it says before."""
    end = time.monotonic() + PATIENCE_SECONDS
    plug.settimeout(PATIENCE_SECONDS)
    try:
        while time.monotonic() < end:
            if not plug.recv(4096):
                return True
    except TimeoutError:
        return False
    except OSError:
        return True
    return False
