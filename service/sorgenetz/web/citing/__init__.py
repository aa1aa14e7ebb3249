"""The permanent addresses of answers, as pages and as files for reference managers."""
