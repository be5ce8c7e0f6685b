"""The control interface of the wire: the journal of the public side.

Not promised: protection; who knows the address may do everything.
"""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mir_sandbox.front.journal import Journal


def wire_app(journal: Journal) -> Starlette:
    """The application to be mounted as `wire`.

    `GET /journal?after=N&limit=N` entries after that number · `GET /totals` counts · `DELETE /journal` forgets both.
    """

    async def entries(request: Request) -> Response:
        try:
            after, limit = (int(request.query_params.get(name, usual)) for name, usual in _USUAL.items())
        except ValueError as error:
            return JSONResponse({"error": str(error)}, status_code=400)
        return JSONResponse({"items": [entry.as_json() for entry in journal.since(after, limit=limit)]})

    async def totals(_request: Request) -> Response:
        return JSONResponse(journal.totals())

    async def forget(_request: Request) -> Response:
        journal.clear()
        return Response(status_code=204)

    return Starlette(
        routes=[
            Route("/journal", entries, methods=["GET"]),
            Route("/journal", forget, methods=["DELETE"]),
            Route("/totals", totals, methods=["GET"]),
        ]
    )


_USUAL = {"after": "0", "limit": "10000"}
