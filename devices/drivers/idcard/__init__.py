"""Readers of resident ID cards: SAM_V modules (GA/T 467) on a serial line."""
