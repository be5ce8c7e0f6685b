"""The only room that knows the wire contract; it never computes what may be seen, and never fetches audio."""
