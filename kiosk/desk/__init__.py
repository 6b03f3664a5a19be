"""What the station does, one verb a file. Each is one call on the journal's thread: read, decide, commit."""
