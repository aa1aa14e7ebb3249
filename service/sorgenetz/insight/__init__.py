"""What people see, as plain data: things with their sources, places, lists, search. Knows nothing of HTTP."""
