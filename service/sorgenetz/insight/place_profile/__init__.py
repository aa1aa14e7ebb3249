"""A place at a glance: what it is, who is in it and near it, what nobody says of it, and which places are like it."""
