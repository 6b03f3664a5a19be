"""What the office does, one verb a file: each in one transaction, with the rows locked that it must have."""
