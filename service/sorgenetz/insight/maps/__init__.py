"""Maps from our own outlines: the outlines, a projection made for Germany, and both drawn as paths."""
