"""What the pages that matter cost: `make bench`."""
