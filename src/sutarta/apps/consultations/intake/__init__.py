"""How submissions come in while the site serves: one process stores many with one sync.

The web processes hand what they received over a Unix socket (`handing`); the sequencer takes
whatever waits, stores all of it in one transaction and answers everybody (`taking`). Without a
sequencer the web process stores the submission itself: the form's key makes it the same one.
"""
