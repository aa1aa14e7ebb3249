"""Who works with whom: the network of actors, seen whole, around one of them, and along ways between two."""
