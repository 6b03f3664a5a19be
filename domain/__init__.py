"""The rules of Yizhan, pure: rights, vouchers, cards, entries. No I/O, no clock, no randomness."""
