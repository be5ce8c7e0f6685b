"""The sign-in page for the browser, as HTML.

Not promised: a check of anything; what is shown comes escaped, wherever it came from.
"""

from collections.abc import Mapping
from html import escape

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;background:#eef1f5;color:#1d2530;display:grid;place-items:center;
min-height:100vh;margin:0}
main{background:#fff;padding:2rem 2.5rem;border-radius:10px;box-shadow:0 2px 14px #0002;width:20rem}
h1{font-size:1.3rem;margin:0 0 1rem}label{display:block;margin:.8rem 0 .2rem}
input{width:100%;box-sizing:border-box;padding:.5rem;font:inherit;border:1px solid #98a4b3;border-radius:6px}
button{margin-top:1.3rem;width:100%;padding:.6rem;font:inherit;border:0;border-radius:6px;background:#1857b6;color:#fff}
p.wrong{color:#a01818;font-weight:600}small{color:#5a6675}
"""


def form_page(*, action: str, hidden: Mapping[str, str], account: str, username: str = "", wrong: str = "") -> str:
    """The page that asks for name and password; `hidden` fields come along with them."""
    fields = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in hidden.items()
    )
    warning = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    return _page(
        f"<h1>Sign in to {escape(account)}</h1>{warning}"
        f'<form method="post" action="{escape(action)}">{fields}'
        f'<label for="username">Name</label><input id="username" name="username" value="{escape(username)}" '
        'autocomplete="username" autofocus required maxlength="320">'
        '<label for="password">Password</label><input id="password" name="password" type="password" '
        'autocomplete="current-password" required maxlength="1024">'
        '<button type="submit">Sign in</button></form>'
        "<p><small>A stand-in service with a made-up account.</small></p>"
    )


def wrong_link_page(reason: str) -> str:
    """The page that says what is wrong with the link; it leads nowhere."""
    return _page(f'<h1>Sign in</h1><p class="wrong" role="alert">This sign-in link is not valid: {escape(reason)}</p>')


def _page(body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign in</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>'
        f"<body><main>{body}</main></body></html>"
    )
