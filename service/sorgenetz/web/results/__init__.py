"""Results for people: their views, the ways between these, files to take away, and code to go on with."""
