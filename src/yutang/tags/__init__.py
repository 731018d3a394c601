"""What a brand says of its customers: tag groups, tags, and who tagged whom, when and why.

A tag is given from a *source* (a person, a rule, an import, the API); what a rule gave only that rule
takes away. Every change is in an append-only history. Rules themselves live in `audiences`, which
calls `tags.service.apply`. Never decides who ought to have a tag.
"""
