"""A Discord of our own on loopback, for tests of the real bot process."""
