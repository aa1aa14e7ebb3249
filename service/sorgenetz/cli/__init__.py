"""The command line: serve, build, check, query, releases, rollback."""
