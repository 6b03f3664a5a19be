"""The station: screen, devices and journal, wired together in ``kiosk.app``."""
