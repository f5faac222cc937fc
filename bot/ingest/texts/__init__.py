"""What a text says of itself, and what it is recognised by; runs in the parsing child."""
