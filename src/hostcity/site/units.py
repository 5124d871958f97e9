"""What a machine needs to run the site by itself, as texts to be put where they belong."""

from __future__ import annotations

import sys
from pathlib import Path

SYSTEMD = """\
# /etc/systemd/system/hostcity.service
[Unit]
Description=hostcity: the expo's command center
After=network-online.target postgresql.service
Wants=network-online.target

[Service]
Type=notify
NotifyAccess=all
User={user}
EnvironmentFile={home}/hostcity.env
Environment=XDG_CACHE_HOME={home}/cache
ExecStart={python} -m hostcity.site serve --home {home} --port {port}
Restart=on-failure
TimeoutStopSec=45
KillMode=mixed
UMask=0077
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
ReadWritePaths={home}

[Install]
WantedBy=multi-user.target
"""
CADDY = """\
# /etc/caddy/Caddyfile
{host} {{
    encode zstd gzip
    request_body {{
        max_size 12MB
    }}
    reverse_proxy 127.0.0.1:{port} {{
        health_uri /healthz
    }}
}}
"""
NGINX = """\
# /etc/nginx/sites-available/hostcity
server {{
    listen 443 ssl;
    server_name {host};
    ssl_certificate     /etc/ssl/{host}.pem;
    ssl_certificate_key /etc/ssl/private/{host}.key;
    client_max_body_size 12m;
    gzip on;
    gzip_types text/css text/javascript application/javascript application/json image/svg+xml;

    location / {{
        proxy_pass http://127.0.0.1:{port};
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Request-ID $request_id;
    }}
}}
server {{
    listen 80;
    server_name {host};
    return 301 https://$host$request_uri;
}}
"""
TEXTS = {"systemd": SYSTEMD, "caddy": CADDY, "nginx": NGINX}


def unit(kind: str, *, home: Path, user: str, port: int, host: str) -> str:
    """One of the texts, filled in."""
    return TEXTS[kind].format(home=home, user=user, port=port, host=host, python=sys.executable)
