"""The drivers: each speaks to one kind of device over its real wire."""
