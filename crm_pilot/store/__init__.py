"""The project file: connections, schema, journal, working copy, saving, lock, recovery."""
