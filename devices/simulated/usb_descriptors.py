"""What a USB printer says of itself: descriptors as in USB 2.0 §9.6 and the printer class 1.1, named as pyusb does."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

PACKET_BYTES = 64  # full speed
_PRINTER_CLASS, _BULK = 7, 2
_LANGUAGES, _MAKER, _PRODUCT, _SERIAL = 0, 1, 2, 3
_ENGLISH = b"\x04\x03\x09\x04"


@dataclass(frozen=True, slots=True)
class UsbModel:
    """One device. ``out`` and ``back`` are the endpoints' addresses; ``back`` 0: it cannot answer."""

    vendor: int = 0x0FE6
    product: int = 0x811E
    serial: str = "A1"
    out: int = 0x03
    back: int = 0x84
    protocol: int = 2
    interface_class: int = _PRINTER_CLASS

    @property
    def name(self) -> str:
        """``vid:pid`` or ``vid:pid:serial``."""
        return f"{self.vendor:04x}:{self.product:04x}" + (f":{self.serial}" if self.serial else "")

    def device(self, address: int) -> SimpleNamespace:
        """The device descriptor, and where the device is."""
        return SimpleNamespace(
            bLength=18,
            bDescriptorType=1,
            bcdUSB=0x0200,
            bDeviceClass=0,
            bDeviceSubClass=0,
            bDeviceProtocol=0,
            bMaxPacketSize0=64,
            idVendor=self.vendor,
            idProduct=self.product,
            bcdDevice=0x0100,
            iManufacturer=_MAKER,
            iProduct=_PRODUCT,
            iSerialNumber=_SERIAL if self.serial else 0,
            bNumConfigurations=1,
            address=address,
            bus=1,
            port_number=address,
            port_numbers=(address,),
            speed=2,
        )

    def configuration(self, index: int) -> SimpleNamespace:
        """The only configuration. Raises ``IndexError`` beyond it, as pyusb expects."""
        _only(index, 1)
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=2,
            wTotalLength=32,
            bNumInterfaces=1,
            bConfigurationValue=1,
            iConfiguration=0,
            bmAttributes=0xC0,
            bMaxPower=1,
            extra_descriptors=[],
        )

    def interface(self, index: int, alternate: int) -> SimpleNamespace:
        """The only interface."""
        _only(index, 1)
        _only(alternate, 1)
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=4,
            bInterfaceNumber=0,
            bAlternateSetting=0,
            bNumEndpoints=len(self._endpoints),
            bInterfaceClass=self.interface_class,
            bInterfaceSubClass=1,
            bInterfaceProtocol=self.protocol,
            iInterface=0,
            extra_descriptors=[],
        )

    def endpoint(self, index: int, interface: int, alternate: int) -> SimpleNamespace:
        """The way out and, where there is one, the way back."""
        _only(interface, 1)
        _only(alternate, 1)
        _only(index, len(self._endpoints))
        return SimpleNamespace(
            bLength=7,
            bDescriptorType=5,
            bEndpointAddress=self._endpoints[index],
            bmAttributes=_BULK,
            wMaxPacketSize=PACKET_BYTES,
            bInterval=0,
            bRefresh=0,
            bSynchAddress=0,
            extra_descriptors=[],
        )

    def string(self, index: int) -> bytes:
        """A string descriptor; number 0 lists the languages."""
        if index == _LANGUAGES:
            return _ENGLISH
        text = {_MAKER: "Simulated", _PRODUCT: "Receipt printer", _SERIAL: self.serial}.get(index, "").encode(
            "utf-16-le"
        )
        return bytes((len(text) + 2, 3)) + text

    @property
    def _endpoints(self) -> tuple[int, ...]:
        return (self.back, self.out) if self.back else (self.out,)


def _only(index: int, count: int) -> None:
    if index >= count:
        raise IndexError(index)
