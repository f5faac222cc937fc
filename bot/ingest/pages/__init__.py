"""Web pages to articles; runs in the parsing child."""
