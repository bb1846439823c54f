"""Tasks of celery that add an event each, with a queue in a directory.

In: tasks, and the directory in QUEUE. Out: events.
"""

from __future__ import annotations

import os

from celery import Celery
from celery.signals import worker_process_shutdown
from counted_client import Counted, batching, models

queue = os.environ["QUEUE"]
app = Celery("batched_tasks", broker="filesystem://")
app.conf.broker_transport_options = {
    "data_folder_in": queue,
    "data_folder_out": queue,
    "control_folder": queue,
}
batch = batching.Batch(Counted().events.send_events, every=60)
models.Event  # noqa: B018 - it is imported before the workers are forked


@app.task
def record() -> None:
    """Add an event."""
    batch.add(models.Event(name="task"))


@worker_process_shutdown.connect
def close(**_: object) -> None:
    """Send what waits: these processes skip the exit of Python."""
    batch.close()
