"""`python -m mir_sandbox.faults CONTROL_URL ...`: adds and clears faults in a running service by hand.

Not promised: the control address; it stands in the line that the service printed when it started.
"""

import argparse
import json
import sys
from collections.abc import Sequence

import requests

from mir_sandbox.faults.catalogue import CATALOGUE
from mir_sandbox.faults.catalogue.fault import Fault
from mir_sandbox.faults.parameters import Kind, Parameter, kebab
from mir_sandbox.faults.rule import Often, Per

_EXAMPLES = """\
examples ($C is the controlUrl that the service printed):
  python -m mir_sandbox.faults $C catalogue                      all faults with their parameters
  python -m mir_sandbox.faults $C add stall --after 1000         every recording stands still after 1,000 bytes
  python -m mir_sandbox.faults $C add reset --times 1 --per recording
                                                                 the first attempt of each recording is cut off
  python -m mir_sandbox.faults $C add rate-limited --retry-after 5 --where route=conversations --skip 3 --times 2
  python -m mir_sandbox.faults $C add refuse --lifetime 10       nobody listens for ten seconds
  python -m mir_sandbox.faults $C list                           what stands, and how often it has struck
  python -m mir_sandbox.faults $C release                        let go what stands still
  python -m mir_sandbox.faults $C clear                          clear all; or clear ID
  python -m mir_sandbox.faults $C journal                        what was asked on the wire

where:  route=NAME (or any), method=GET, path=REGEX, recording=ID, conversation=ID, user=NAME, ranged=true, door=NAME
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(
        "python -m mir_sandbox.faults",
        description="Drives the faults of a running stand-in service.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("control_url", metavar="CONTROL_URL")
    verbs = made.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("catalogue", help="all faults there are")
    verbs.add_parser("list", help="all faults that stand")
    verbs.add_parser("journal", help="what was asked on the wire")
    for verb, text in (
        ("clear", "clear all faults, or one"),
        ("release", "let go what waits, of all faults or of one"),
    ):
        verbs.add_parser(verb, help=text).add_argument("id", nargs="?", metavar="ID")
    names = verbs.add_parser("add", help="add a fault").add_subparsers(dest="fault", required=True, metavar="FAULT")
    for fault in CATALOGUE:
        _add_fault(names.add_parser(fault.name, help=fault.description, description=fault.description), fault)
    return made


def _add_fault(made: argparse.ArgumentParser, fault: Fault) -> None:
    for parameter in fault.parameters:
        made.add_argument(
            f"--{kebab(parameter.name)}",
            dest=f"parameter_{parameter.name}",
            metavar=parameter.kind.value.upper(),
            default=argparse.SUPPRESS,
            help=f"{parameter.description} {_choices(parameter)}(default: {json.dumps(parameter.default)})".replace(
                "%", "%%"
            ),
        )
    usual = Often()
    often = made.add_argument_group("how often")
    often.add_argument("--skip", type=int, default=usual.skip, help="let so many through first")
    often.add_argument("--stride", type=int, default=usual.stride, help="then hit each so manieth")
    often.add_argument("--times", type=int, help="hit so many at most")
    often.add_argument(
        "--per", choices=[per.value for per in Per], default=usual.per.value, help="what that counts for"
    )
    often.add_argument("--probability", type=float, default=usual.probability, help="from 0 to 1")
    often.add_argument("--seed", type=int, default=usual.seed, help="of the chance")
    often.add_argument("--lifetime", type=float, help="seconds after which it ends by itself")
    made.add_argument("--where", action="append", default=[], metavar="NAME=VALUE", help="which requests; see above")


def _choices(parameter: Parameter) -> str:
    return f"One of {', '.join(parameter.choices)}. " if parameter.choices else ""


def _value(parameter: Parameter, word: str) -> object:
    """What a word of the command line means for a parameter; the service checks it."""
    if parameter.kind is Kind.TEXT and word != "null":
        return word
    try:
        return json.loads(word)
    except ValueError:
        return word


def order_of(arguments: argparse.Namespace) -> dict[str, object]:
    """The order that an `add` asks for."""
    fault = next(fault for fault in CATALOGUE if fault.name == arguments.fault)
    given = vars(arguments)
    where: dict[str, object] = {}
    for pair in arguments.where:
        name, _, value = pair.partition("=")
        where[name] = value == "true" if name == "ranged" else value
    return {
        "fault": fault.name,
        "parameters": {
            parameter.name: _value(parameter, given[f"parameter_{parameter.name}"])
            for parameter in fault.parameters
            if f"parameter_{parameter.name}" in given
        },
        "where": where,
        **{name: given[name] for name in Often().as_json()},
    }


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code."""
    arguments = parser().parse_args(words)
    control = arguments.control_url.rstrip("/")
    one = f"/faults/{arguments.id}" if getattr(arguments, "id", None) else None
    method, path, body = {
        "catalogue": ("GET", "/faults/catalogue", None),
        "list": ("GET", "/faults/", None),
        "journal": ("GET", "/wire/journal", None),
        "clear": ("DELETE", one or "/faults/", None),
        "release": ("POST", f"{one or '/faults'}/release", None),
        "add": ("POST", "/faults/", order_of(arguments) if arguments.verb == "add" else None),
    }[arguments.verb]
    with requests.Session() as session:
        session.trust_env = False
        try:
            answer = session.request(method, control + path, json=body, timeout=60)
        except requests.RequestException as error:
            print(f"The service does not answer: {error}", file=sys.stderr)  # noqa: T201 - the command line
            return 1
    if not answer.ok:
        print(f"The service says no: {answer.text}", file=sys.stderr)  # noqa: T201 - the command line
        return 1
    if answer.content:
        print(json.dumps(answer.json(), indent=2, ensure_ascii=False))  # noqa: T201 - the command line
    return 0


if __name__ == "__main__":
    sys.exit(main())
