"""A stand-in MIR service: the whole contract over real HTTP, a made-up account, faults on request.

Not promised: anything about Mitel's product; the contract it speaks is this project's own.
"""
