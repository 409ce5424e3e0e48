"""How gunicorn serves the web process."""

import os

bind = f"{os.environ.get('BIND', '0.0.0.0')}:{os.environ.get('PORT', '8000')}"  # noqa: S104
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
# Loaded once and shared; no database connection is opened before the fork.
preload_app = True
timeout = 30
graceful_timeout = 20
keepalive = 75
max_requests = 50_000
max_requests_jitter = 5_000
# Nobody manages it at run time, and it would want to write into the home folder.
control_socket_disable = True
accesslog = None
errorlog = "-"
