"""The audit as a command and as nightly work: what it says, and whom it tells."""
