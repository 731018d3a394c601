"""Settings, addresses, the mounted API, the command line: the only place that knows every app."""
