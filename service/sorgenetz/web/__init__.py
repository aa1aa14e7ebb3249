"""The web: Flask lives in this room only."""
