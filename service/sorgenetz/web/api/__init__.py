"""The questions as addresses for programs, the description of these in OpenAPI, and the page of that."""
