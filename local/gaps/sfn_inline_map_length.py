"""moto 5.2.5: an inline Map never ends when one worker has some thousand items.

`IterationWorker._eval_pool` calls itself for every item, until Python's limit of recursion ends its
thread; the Map waits on.
"""

from __future__ import annotations

from moto.stepfunctions.parser.asl.component.state.exec.state_map.iteration.iteration_worker import (  # noqa: E501
    IterationWorker,
)

from local.context import GapContext
from local.gaps import seams
from local.gaps.seams import Untyped


def close(context: GapContext) -> None:
    """Work through the items one after the other."""
    del context

    def eval_pool(worker: Untyped, job: Untyped, worker_frame: Untyped) -> None:
        while job is not None:
            frame = worker_frame.open_inner_frame()
            worker._eval_job(env=frame, job=job)
            worker_frame.close_frame(frame)
            is_over = isinstance(job.job_output, Exception) or worker.stopped()
            following = None if is_over else worker._job_pool.next_job()
            if following is None:
                # A Map waits for jobs, not for workers: the frame is closed before the last job.
                if not is_over:
                    last_event = frame.event_history_context.last_published_event_id
                    worker_frame.event_history_context.source_event_id = last_event
                worker._env.close_frame(worker_frame)
            worker._job_pool.close_job(job)
            if following is None:
                return
            job = following
        worker._env.close_frame(worker_frame)

    seams.replace(IterationWorker, "_eval_pool", eval_pool)
