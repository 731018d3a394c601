"""What happens to whom, when: journeys, their versions, the people in them, and the engine that moves them.

A campaign, an SOP, a Moments plan and a welcome flow are journeys with another face. A journey never
chooses people by itself (that is `audiences`) and never talks to a channel (that is `reach`).
"""
