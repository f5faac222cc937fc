"""The one door to the web: which addresses are fetched, how, and how politely."""
