"""Feeds to entries; runs in the parsing child."""
