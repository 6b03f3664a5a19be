"""The demonstration: the real kiosk on invented data, with simulated devices at the other end of real wires."""
