"""Files of every kind to articles; runs in the parsing child."""
