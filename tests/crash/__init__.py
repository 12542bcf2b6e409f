"""`make crash`: parts of a living installation are killed without warning, over and over.

People send submissions all the while, each of them noting what was acknowledged. Afterwards
everything acknowledged must be there once and whole, in the log and in the author's hands; what
was not acknowledged is there whole or not at all.
"""
