"""The messages of the contract as types, and their way into `model` and back; it opens no connection."""
