"""Checking a receipt or a kept checkpoint at somebody's own machine. Runs without Django."""
