"""Fetches the bodies of recordings into part files; it does not try again, name a file, or say whether a body is right.

`order` what is asked and told · `answer` the response gate and resume table · `fields` header fields ·
`problem` error answers · `redirects` where a redirect may lead · `journey` one order on its way ·
`line` one connection handle · `pool` memory and rate · `bearer` the access token · `trust` whom TLS trusts ·
`door` foreign failures become ours · `part` one part file · `writer` the writing thread · `worker` a thread ·
`loop` the transfer thread · `fetcher` the front.
"""

from download_client.content.fetcher import Fetcher
from download_client.content.order import ContentOptions, Durable, Order, Outcome

__all__ = ["ContentOptions", "Durable", "Fetcher", "Order", "Outcome"]
