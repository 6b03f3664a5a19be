"""The journal: what the station originates, in SQLite. The only home of ``sqlite3``.

Everything that one event changes is committed in one transaction with the entry that says so; the journal is the
outbox. A commit returns after the disk has it (WAL, ``synchronous=FULL``).
"""
