"""One question to a release: worker processes with a deadline and a bound on memory; an answer as rows or bytes."""
