"""The guide's day: the person in front of her, why now, what to say, what to do today, how it is going.

It brings together what the apps below know. It never sends by itself: a guide sends with her own hand,
in the chat she is in; what goes to many is `reach`'s.
"""
