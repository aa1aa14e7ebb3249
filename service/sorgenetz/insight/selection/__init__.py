"""What a reader has chosen among the initiatives: by facets from the shapes, place, time, words and confidence."""
