"""What stands on the other side: nginx over TLS 1.3 for the audio, the stand-in service behind it for all the rest.

Everything listens on loopback. nginx answers content straight from the corpus, with the entity tags that the service
lists, and hands every other request on; the peers fetch the same files from the same nginx.
"""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trustme

from bench.measure import BenchFailed
from mir_sandbox.remote import Sandbox, User

_STARTS_WITHIN = 10.0
_BASE = "/mir/api/v1"

_CONFIGURATION = """\
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes auto;
events {{ worker_connections 1024; }}
http {{
  types {{ audio/wav wav; }}
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  upstream service {{ server 127.0.0.1:{service_port}; keepalive 8; }}
  server {{
    listen 127.0.0.1:{port} ssl;
    server_name localhost;
    ssl_certificate {folder}/server.pem;
    ssl_certificate_key {folder}/server.pem;
    ssl_protocols TLSv1.3;
    ssl_session_cache shared:tls:1m;
    location ~ ^{base}/conversations/[^/]+/recordings/([^/]+)/content$ {{
      alias {corpus}/$1.wav;
      default_type audio/wav;
    }}
    location /files/ {{
      alias {corpus}/;
      autoindex on;
    }}
    location / {{
      proxy_pass https://service;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_ssl_trusted_certificate {service_ca};
      proxy_ssl_verify on;
      proxy_ssl_name localhost;
      proxy_buffers 16 256k;
      proxy_buffer_size 64k;
      proxy_busy_buffers_size 512k;
    }}
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Stage:
    """A service that stands: where it is, whom to trust, who may see everything."""

    origin: str
    ca_file: Path
    user: User
    sandbox: Sandbox

    @property
    def server(self) -> str:
        """What `--server` is told."""
        return self.origin + _BASE

    def file_url(self, name: str) -> str:
        """Where nginx serves a file of the corpus to the peers."""
        return f"{self.origin}/files/{name}"


@contextmanager
def stage(*, corpus: Path, folder: Path) -> Iterator[Stage]:
    """Both servers over one corpus; `folder` is theirs."""
    folder.mkdir(parents=True, exist_ok=True)
    authority = trustme.CA()
    ca_file = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    authority.issue_cert("localhost", "127.0.0.1").private_key_and_cert_chain_pem.write_to_path(
        str(folder / "server.pem")
    )
    with Sandbox.start(tls=True, options=service_options(corpus)) as sandbox:
        service_port = int(sandbox.doors["main"].rpartition(":")[2])
        port = _free_port()
        if sandbox.ca_file is None:
            raise BenchFailed("the stand-in service names no certificate")
        configuration = folder / "nginx.conf"
        configuration.write_text(
            _CONFIGURATION.format(
                folder=folder,
                port=port,
                service_port=service_port,
                service_ca=sandbox.ca_file,
                corpus=corpus,
                base=_BASE,
            ),
            encoding="utf-8",
        )
        with _nginx(configuration, port=port):
            yield Stage(f"https://localhost:{port}", ca_file, sandbox.user(access_level="all"), sandbox)


def service_options(corpus: Path) -> Sequence[str]:
    """Words of the service's command line: limits so high that only the program is measured."""
    return ["--corpus", str(corpus), "--search-rate", "0/0", "--content-rate", "0/0", "--sign-in-rate", "0/0"]


@contextmanager
def _nginx(configuration: Path, *, port: int) -> Iterator[None]:
    process = subprocess.Popen(["nginx", "-p", configuration.parent, "-c", configuration, "-e", "stderr"])
    try:
        _await_port(process, port)
        yield
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        process.kill()
        process.wait()


def _await_port(process: subprocess.Popen[Any], port: int) -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise BenchFailed("nginx does not serve")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
