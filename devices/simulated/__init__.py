"""The other end of each wire: the real drivers run against these."""
