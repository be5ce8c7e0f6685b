"""The wire contract, and the checker that holds the client and the stand-in service to it."""
