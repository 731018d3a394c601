"""The interface every way out keeps, and the ways out that come with us.

A channel is told a batch and answers for each recipient; it never judges who may be reached. One that
did not answer says `UNKNOWN`: it is asked again what became of it, never just told again.
"""
