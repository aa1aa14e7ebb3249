"""Why a query has no answer: the pattern that emptied it, or the place where it fails, and the query mended."""
