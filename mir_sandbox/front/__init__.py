"""The public side of the stand-in service: raw sockets that pass HTTP/1.1 through byte for byte, or lie on request.

Not promised: HTTP/2, and any protection; this is a test partner for loopback, not a reverse proxy for the world.
"""
