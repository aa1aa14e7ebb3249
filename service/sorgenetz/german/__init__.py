"""Words as a German reader means them: folded, stemmed, and taken apart where they are compounds."""
