"""What the office may hand out, ask back and take away. Pure: rows come in as values, what to write comes out."""
