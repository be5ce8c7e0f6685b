"""The control interface of the faults: what there is, what stands, add, clear, release, wait for.

Not promised: protection; who knows the address may do everything.
"""

import json
import math

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mir_sandbox.faults.board import Board
from mir_sandbox.faults.catalogue import CATALOGUE
from mir_sandbox.faults.parameters import Rejected
from mir_sandbox.faults.rule import read_order

_LONGEST_WAIT = 300.0


def faults_app(board: Board) -> Starlette:
    """The application to be mounted as `faults`.

    `GET /catalogue` · `GET /` all rules with their counts · `POST /` adds one · `DELETE /` clears all ·
    `GET /{id}?hits=N&waiting=N&timeout=S` one rule, when it has hit so often and so many wait, or after the time ·
    `DELETE /{id}` · `POST /release` lets go what waits, the rules stand · `POST /{id}/release` for one rule.
    A fault that cannot be is answered 400 `{"error": text}`.
    """
    desk = _Desk(board)
    return Starlette(
        routes=[
            Route("/catalogue", desk.catalogue, methods=["GET"]),
            Route("/release", desk.release, methods=["POST"]),
            Route("/", desk.show, methods=["GET"]),
            Route("/", desk.add, methods=["POST"]),
            Route("/", desk.clear, methods=["DELETE"]),
            Route("/{rule}", desk.show_one, methods=["GET"]),
            Route("/{rule}", desk.clear_one, methods=["DELETE"]),
            Route("/{rule}/release", desk.release_one, methods=["POST"]),
        ]
    )


class _Desk:
    """The handlers."""

    def __init__(self, board: Board) -> None:
        self._board = board

    async def catalogue(self, _request: Request) -> Response:
        return JSONResponse({"items": [fault.as_json() for fault in CATALOGUE]})

    async def show(self, _request: Request) -> Response:
        return JSONResponse({"items": [rule.as_json() for rule in self._board.rules()]})

    async def add(self, request: Request) -> Response:
        try:
            order = read_order(json.loads(await request.body()))
        except Rejected as error:
            return _error(400, str(error))
        except ValueError as error:
            return _error(400, f"that is no JSON: {error}")
        return JSONResponse(self._board.add(order).as_json(), status_code=201)

    async def clear(self, _request: Request) -> Response:
        self._board.clear()
        return Response(status_code=204)

    async def release(self, _request: Request) -> Response:
        return JSONResponse({"released": self._board.release()})

    async def show_one(self, request: Request) -> Response:
        rule = self._board.get(request.path_params["rule"])
        if rule is None:
            return _error(404, "there is no such rule")
        try:
            hits, waiting = (int(request.query_params.get(name, "0")) for name in ("hits", "waiting"))
            timeout = float(request.query_params.get("timeout", "0"))
        except ValueError as error:
            return _error(400, str(error))
        if timeout > 0 and math.isfinite(timeout):
            await self._board.until(
                lambda: rule.hits >= hits and rule.waiting >= waiting, seconds=min(timeout, _LONGEST_WAIT)
            )
        return JSONResponse(rule.as_json())

    async def clear_one(self, request: Request) -> Response:
        cleared = self._board.remove(request.path_params["rule"])
        return Response(status_code=204) if cleared else _error(404, "there is no such rule")

    async def release_one(self, request: Request) -> Response:
        rule = self._board.get(request.path_params["rule"])
        if rule is None:
            return _error(404, "there is no such rule")
        released = rule.waiting
        rule.release()
        return JSONResponse({"released": released})


def _error(status: int, text: str) -> Response:
    return JSONResponse({"error": text}, status_code=status)
