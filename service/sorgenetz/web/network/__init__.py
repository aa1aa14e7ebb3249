"""The network of actors as pages, files and data for the picture."""
