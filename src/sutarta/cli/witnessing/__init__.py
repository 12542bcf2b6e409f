"""What a witness does: keeps a log's checkpoints, compares, signs. Runs without Django."""
