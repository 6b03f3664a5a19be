"""How words travel: the chain of numbered entries, and the keys that sign."""
