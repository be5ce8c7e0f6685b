"""Faults on request: what can go wrong between a client and the service, as named values that are added and cleared.

Not promised: sockets. A fault only says what shall happen on the wire; the front does it.
"""
