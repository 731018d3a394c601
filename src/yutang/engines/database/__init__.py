"""Django's PostgreSQL backend, asked more cheaply whether its connection still lives."""
