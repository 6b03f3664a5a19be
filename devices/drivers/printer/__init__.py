"""The ESC/POS receipt printer: layout, bytes, status and the printer itself."""
