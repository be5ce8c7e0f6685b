"""Ways to sign in (OAuth 2) and out; the tokens they bring live in `tokens`.

`grants` what is asked of the token endpoint · `browser` the system browser with PKCE · `loopback` where it comes back.
"""
