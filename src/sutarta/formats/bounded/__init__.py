"""Work on a stranger's file in a process of its own, bounded in time and memory.

refusing  why a file is refused: one code, one sentence
working   what a worker does: sets its limits, reads standard input, answers on standard output
asking    what its caller does: starts it, waits no longer than allowed, takes answer or refusal

A worker is a module run as `python -m MODULE ARGUMENTS... SECONDS MEGABYTES`. This package imports
nothing, so that a worker starts with what it needs alone.
"""
