"""Makes `docs/api/index.html` from `mir-api.yaml`: one page that needs nothing else, not even a network.

Not promised: a renderer for every OpenAPI document; it knows what this contract uses. Same input, same bytes.

    python resources/openapi/make_page.py           writes the page
    python resources/openapi/make_page.py --check   ends with 1 when the page is not up to date
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "mir-api.yaml"
STYLE = HERE / "page.css"
PAGE = HERE.parents[1] / "docs" / "api" / "index.html"
METHODS = ("get", "head", "post", "put", "delete")

Node = Mapping[str, Any]


class Page:
    """The page of one OpenAPI document."""

    def __init__(self, document: Node, style: str) -> None:
        self._document = document
        self._style = style
        self._markdown = MarkdownIt("commonmark", {"html": False}).enable("table")

    def html(self) -> str:
        """The whole page, UTF-8 text that ends with a newline."""
        info = self._document["info"]
        main = [*self._overview(info), *self._operations(), *self._security(), *self._schemas()]
        title = escape(info["title"])
        return "\n".join(
            [
                "<!doctype html>",
                '<html lang="en">',
                "<head>",
                '<meta charset="utf-8">',
                '<meta name="viewport" content="width=device-width, initial-scale=1">',
                f"<title>{title}</title>",
                f"<style>\n{self._style}</style>",
                "</head>",
                "<body>",
                '<div class="frame">',
                *self._contents(info),
                "<main>",
                *main,
                "</main>",
                "</div>",
                "</body>",
                "</html>",
                "",
            ]
        )

    # Text

    def _prose(self, text: str) -> str:
        html = str(self._markdown.render(text)).strip()
        html = re.sub(r"<h2>(.*?)</h2>", lambda m: f'<h3 id="{_slug(m[1])}">{m[1]}</h3>', html)
        return html.replace("<table>", '<div class="table"><table>').replace("</table>", "</table></div>")

    def _inline(self, text: str) -> str:
        return str(self._markdown.renderInline(" ".join(text.split())))

    def _resolve(self, node: Node) -> Node:
        """The node itself, or what its `$ref` names, with the words that stand beside the `$ref` laid over it."""
        if "$ref" not in node:
            return node
        found: Any = self._document
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        beside = {key: value for key, value in node.items() if key != "$ref"}
        return {**self._resolve(found), **beside}

    def _meaning(self, node: Node) -> str:
        """What a parameter or property means; where it has no words of its own, those of its schema."""
        schema = self._resolve(node.get("schema", node))
        return self._inline(node.get("description", schema.get("description", "")))

    # Parts of the page

    def _tagged(self, tag: str) -> Iterator[tuple[str, str, Node, Node]]:
        for path, item in self._document["paths"].items():
            for method in METHODS:
                if method in item and tag in item[method]["tags"]:
                    yield path, method, item, item[method]

    def _contents(self, info: Node) -> Iterator[str]:
        yield '<nav aria-label="Contents">'
        yield f'<a class="title" href="#top">{escape(info["title"])}</a>'
        yield "<strong>Overview</strong><ul>"
        for heading in re.findall(r"^## (.+)$", info["description"], re.MULTILINE):
            yield f'<li><a href="#{_slug(heading)}">{escape(heading)}</a></li>'
        yield '<li><a href="#security">Security and scopes</a></li></ul>'
        for tag in self._document["tags"]:
            yield f"<strong>{escape(tag['name'])}</strong><ul>"
            for path, method, _, operation in self._tagged(tag["name"]):
                place = f"{_verb(method)}<span>{_breakable(path)}</span>"
                yield f'<li><a href="#{operation["operationId"]}">{place}</a></li>'
            yield "</ul>"
        yield "<strong>Schemas</strong><ul>"
        for name in self._document["components"]["schemas"]:
            yield f'<li><a href="#schema-{name}">{name}</a></li>'
        yield "</ul></nav>"

    def _overview(self, info: Node) -> Iterator[str]:
        server = self._document["servers"][0]
        first, _, rest = info["description"].partition("\n\n")
        yield '<header id="top">'
        yield f"<h1>{escape(info['title'])}</h1>"
        version = f"Version {escape(info['version'])}, OpenAPI {escape(self._document['openapi'])}."
        yield f'<p class="lead">{escape(info["summary"])} {version}</p>'
        yield f'<div class="notice">{self._prose(first)}</div>'
        yield f"<p>Base: <code>{escape(server['url'])}</code></p>"
        yield "</header>"
        yield f'<div class="prose">{self._prose(rest)}</div>'

    def _operations(self) -> Iterator[str]:
        for tag in self._document["tags"]:
            yield f'<h2 id="{_slug(tag["name"])}">{escape(tag["name"])}</h2>'
            yield f'<div class="prose">{self._prose(tag["description"])}</div>'
            for path, method, item, operation in self._tagged(tag["name"]):
                yield from self._operation(path, method, item, operation)

    def _operation(self, path: str, method: str, item: Node, operation: Node) -> Iterator[str]:
        yield f'<section class="operation" id="{operation["operationId"]}">'
        yield f"<h3>{self._inline(operation['summary'])}</h3>"
        yield f'<p class="line">{_verb(method)}<span class="path">{_breakable(path)}</span></p>'
        if "description" in operation:
            yield f'<div class="prose">{self._prose(operation["description"])}</div>'
        yield f'<p class="small">{self._who(operation.get("security", self._document["security"]))}</p>'
        parameters = [self._resolve(each) for each in (*item.get("parameters", ()), *operation.get("parameters", ()))]
        if parameters:
            yield "<h4>Parameters</h4>"
            yield from _table(
                ("Name", "In", "Type", "Meaning"),
                (
                    (
                        f"<code>{escape(each['name'])}</code> {_need(each.get('required', False))}",
                        each["in"],
                        self._type(each["schema"]),
                        f"{self._meaning(each)} {_example(each['example'])}",
                    )
                    for each in parameters
                ),
            )
        if "requestBody" in operation:
            for media, body in operation["requestBody"]["content"].items():
                yield f"<h4>Body: <code>{escape(media)}</code></h4>"
                yield f"<p>{self._type(body['schema'])}</p>"
                yield from self._examples(body)
        yield "<h4>Answers</h4>"
        yield from _table(
            ("Status", "Meaning", "Headers", "Body"),
            (self._answer(status, self._resolve(each)) for status, each in sorted(operation["responses"].items())),
        )
        yield "</section>"

    def _answer(self, status: str, answer: Node) -> tuple[str, ...]:
        headers = []
        for name, header in answer.get("headers", {}).items():
            kind = "" if self._resolve(header).get("required") else ' <span class="may">perhaps</span>'
            headers.append(f'<span class="header"><code>{escape(name)}</code>{kind}</span>')
        bodies = []
        for media, body in answer.get("content", {}).items():
            bodies.append(f"<code>{escape(media)}</code> {self._type(body['schema']) if 'schema' in body else ''}")
            bodies.extend(self._examples(body))
        return (f"<code>{status}</code>", self._inline(answer["description"]), "<br>".join(headers), "\n".join(bodies))

    def _examples(self, body: Node) -> Iterator[str]:
        if "example" in body:
            yield f"<details><summary>Example</summary>{_code(body['example'])}</details>"
        for each in body.get("examples", {}).values():
            example = self._resolve(each)
            yield f"<details><summary>{escape(example['summary'])}</summary>{_code(example['value'])}</details>"

    def _who(self, security: Iterable[Node]) -> str:
        ways = []
        for way in security:
            for name, scopes in way.items():
                needs = " with " + ", ".join(f"<code>{escape(each)}</code>" for each in scopes) if scopes else ""
                ways.append(f'<a href="#security-{name}">{escape(name)}</a>{needs}')
            if not way:
                ways.append("no credentials besides the body")
        return "Needs " + " or ".join(ways) + "." if ways else "Needs no credentials."

    def _security(self) -> Iterator[str]:
        yield '<h2 id="security">Security and scopes</h2>'
        for name, scheme in self._document["components"]["securitySchemes"].items():
            yield f'<section class="schema" id="security-{name}"><h3>{escape(name)}</h3>'
            yield f'<div class="prose">{self._prose(scheme["description"])}</div>'
            flows = scheme.get("flows", {})
            if flows:
                yield f"<p>Flows: {', '.join(f'<code>{escape(each)}</code>' for each in flows)}, with these scopes:</p>"
                scopes = {scope: text for flow in flows.values() for scope, text in flow["scopes"].items()}
                yield from _table(
                    ("Scope", "Permits"), ((f"<code>{escape(k)}</code>", escape(v)) for k, v in scopes.items())
                )
            yield "</section>"

    def _schemas(self) -> Iterator[str]:
        yield '<h2 id="schemas">Schemas</h2>'
        for name, schema in self._document["components"]["schemas"].items():
            yield f'<section class="schema" id="schema-{name}"><h3>{name}</h3>'
            yield f'<div class="prose">{self._prose(schema["description"])}</div>'
            if "properties" in schema:
                required = schema.get("required", ())
                yield from _table(
                    ("Property", "Type", "Meaning"),
                    (
                        (
                            f"<code>{escape(key)}</code> {_need(key in required)}",
                            self._type(each),
                            self._meaning(each),
                        )
                        for key, each in schema["properties"].items()
                    ),
                )
                if "then" in schema:
                    test = " and ".join(
                        f"<code>{escape(k)}</code> is <code>{escape(v['const'])}</code>"
                        for k, v in schema["if"]["properties"].items()
                    )
                    more = ", ".join(f"<code>{escape(each)}</code>" for each in schema["then"]["required"])
                    yield f'<p class="small">When {test}, also required: {more}.</p>'
            else:
                yield f"<p>{self._type(schema)}</p>"
            for example in schema["examples"]:
                yield f"<details><summary>Example</summary>{_code(example)}</details>"
            yield "</section>"

    def _type(self, schema: Node) -> str:
        """A schema in one line of HTML."""
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            return f'<a href="#schema-{name}">{name}</a>'
        if "oneOf" in schema:
            return "one of " + ", ".join(self._type(each) for each in schema["oneOf"])
        if "const" in schema:
            return f"always <code>{escape(str(schema['const']))}</code>"
        if "enum" in schema:
            values = " | ".join(f"<code>{escape(each)}</code>" for each in schema["enum"])
            return values + _default(schema)
        if schema.get("type") == "array":
            return f"list of {self._type(schema['items'])}"
        words = [schema.get("format") or schema["type"]]
        low, high = schema.get("minimum"), schema.get("maximum")
        if high is not None:
            words.append(f"{low or 0} to {high}")
        elif low is not None:
            words.append(f"≥ {low}")
        low, high = schema.get("minLength"), schema.get("maxLength")
        if high is not None:
            words.append(f"of {low or 0} to {high} characters")
        elif low is not None:
            words.append("not empty")
        if "pattern" in schema:
            words.append(f"<code>{escape(schema['pattern'])}</code>")
        return " ".join(words) + _default(schema)


def _default(schema: Node) -> str:
    if "default" not in schema:
        return ""
    return f' <span class="may">default <code>{escape(str(schema["default"]))}</code></span>'


def _verb(method: str) -> str:
    return f'<span class="verb {method}">{method.upper()}</span>'


def _need(required: bool) -> str:
    return '<span class="need">required</span>' if required else ""


def _example(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return f'<span class="may">Example <code>{escape(text)}</code></span>'


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _breakable(path: str) -> str:
    """The path, in which a line may break after each slash."""
    return escape(path).replace("/", "/<wbr>")


def _table(titles: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    titles = tuple(titles)
    heads = "".join(f"<th>{each}</th>" for each in titles)
    yield f'<div class="table"><table><thead><tr>{heads}</tr></thead><tbody>'
    for row in rows:
        cells = (
            f'<td class="type">{cell}</td>' if title == "Type" else f"<td>{cell}</td>"
            for title, cell in zip(titles, row, strict=True)
        )
        yield "<tr>" + "".join(cells) + "</tr>"
    yield "</tbody></table></div>"


TOKEN = re.compile(
    r'(?P<k>"(?:[^"\\]|\\.)*"(?=:))|(?P<s>"(?:[^"\\]|\\.)*")|(?P<n>\b(?:-?\d[\d.eE+-]*|true|false|null)\b)'
)


def _code(value: object) -> str:
    """An example: text as it is, anything else as coloured JSON."""
    if isinstance(value, str):
        plain = escape(value.replace("\r\n", "\n"))
        return f"<pre><code>{plain}</code></pre>"
    text, parts, end = json.dumps(value, ensure_ascii=False, indent=2), [], 0
    for found in TOKEN.finditer(text):
        parts.append(escape(text[end : found.start()]))
        parts.append(f'<span class="{found.lastgroup}">{escape(found[0])}</span>')
        end = found.end()
    return f"<pre><code>{''.join(parts)}{escape(text[end:])}</code></pre>"


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` compare it; the exit code."""
    document = yaml.load(SOURCE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    html = Page(document, STYLE.read_text(encoding="utf-8")).html()
    if arguments == ["--check"]:
        if PAGE.is_file() and PAGE.read_bytes() == html.encode():
            return 0
        sys.stderr.write(f"{PAGE} is not up to date. Run: python {Path(__file__).name}\n")
        return 1
    if arguments:
        sys.stderr.write(__doc__ or "")
        return 2
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(html, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
