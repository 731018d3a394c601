"""What every app stands on: refusals, facts, the clock, money, pages, two languages.

Knows Django and ninja; knows no app.
"""
