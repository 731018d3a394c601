"""The one way out: messages, the gate that judges whom they may reach, deliveries, channels.

Whatever is sent to a person passes the gate: consent, suppression, quiet hours, caps, channel rules, the
sender's own budget, holdout. Every verdict is kept with its reason. Never decides who ought to hear
something (that is `audiences` and `journeys`); nothing else talks to a channel.
"""
