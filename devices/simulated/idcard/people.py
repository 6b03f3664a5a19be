"""Invented people with cards of all four kinds, one with a name of four-byte characters among them.

Their numbers pass every check and can be nobody's: no place has the codes 10…, the holders of permits were born in the
nineteenth century, and no country has the letters XAA.
"""

from __future__ import annotations

from devices.ports import DocumentType
from devices.simulated.idcard.card import SimulatedCard

_NOWHERE = "109901"


def citizen_number(place: str, born: str, sequence: int) -> str:
    """Six digits of a place, YYYYMMDD, a sequence (odd: male), and the check in the recursive form of ISO 7064."""
    digits = f"{place}{born}{sequence:03d}"
    product = 0
    for digit in digits:
        product = (product + int(digit)) * 2 % 11
    check = (12 - product) % 11
    return digits + ("X" if check == 10 else str(check))


def resident(name: str, born: str, sequence: int, *, valid_to: str = "20380101", nation: str = "01") -> SimulatedCard:
    """Somebody with a resident ID card; ``valid_to`` may be 长期, or long past."""
    return SimulatedCard(
        document=DocumentType.RESIDENT,
        name=name,
        sex="1" if sequence % 2 else "2",
        nation=nation,
        born=born,
        address=f"乌有省子虚市无何有区第{sequence}号",
        number=citizen_number(_NOWHERE, born, sequence),
        issuer="子虚市公安局",
        valid_from="20180101",
        valid_to=valid_to,
    )


def permit(name: str, born: str, sequence: int) -> SimulatedCard:
    """Somebody from Hong Kong, with a residence permit."""
    return SimulatedCard(
        document=DocumentType.PERMIT,
        name=name,
        sex="1" if sequence % 2 else "2",
        born=born,
        address=f"乌有省子虚市亡是街{sequence}号",
        number=citizen_number("810000", born, sequence),
        issuer="子虚市公安局",
        valid_from="20190101",
        valid_to="20240101",
        travel_number="H00000000",
        issues="01",
    )


def foreigner_2017(name: str, english_name: str, born: str) -> SimulatedCard:
    """A foreigner with the card of 2017."""
    return SimulatedCard(
        document=DocumentType.FOREIGNER_2017,
        name=name,
        english_name=english_name,
        sex="2",
        born=born,
        number=f"XAA1099{born[2:]}01",
        nationality="XAA",
        valid_from="20170601",
        valid_to="20270601",
    )


def foreigner_2023(name: str, english_name: str, born: str, sequence: int) -> SimulatedCard:
    """A foreigner with the card of 2023."""
    return SimulatedCard(
        document=DocumentType.FOREIGNER_2023,
        name=name,
        english_name=english_name,
        sex="1" if sequence % 2 else "2",
        born=born,
        number=citizen_number("910999", born, sequence),
        nationality="XAA",
        valid_from="20240101",
        valid_to="20340101",
    )


ZHANG = resident("张三丰", "19491001", 17, valid_to="长期")
WANG = resident("王𠮷𬭎", "19520229", 28, valid_to="20200101")
AHMET = resident("阿合买提·乌有", "19610705", 133, nation="05")
CHAN = permit("陈无何", "18991231", 2)
MARIA = foreigner_2017("玛丽亚", "NOWHERE, MARIA ANNA", "19700115")
JOHN = foreigner_2023("约翰", "NOBODY-OF-THE-VERY-LONG-NAMES, JOHN JACOB", "19630430", 41)
PEOPLE = (ZHANG, WANG, AHMET, CHAN, MARIA, JOHN)
