"""What is measured. ``make bench`` writes one metric a line into build/bench.jsonl; nothing here is a test."""
