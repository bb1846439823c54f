"""The configuration of gunicorn with gevent: it is patched before all other imports."""

from gevent import monkey

monkey.patch_all()
