"""People who live: needs, cycles, trust, fatigue, friends; what is sent to them changes what they do.

`mind` is the arithmetic, a person a position in arrays; `life` lets it act in a corp; `truth` says what a
message really changes. Nothing of the truth is on the platform's wire.
"""
