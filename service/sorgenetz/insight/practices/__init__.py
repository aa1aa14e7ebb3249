"""From a barrier to practices: who lowers it, for whom, by what means, in what kind of place, and who says so."""
