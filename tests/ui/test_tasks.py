"""Jobs: their own reader, results in the main thread, progress at a walking pace, cancel."""

from __future__ import annotations

import gc
import threading
import time
from typing import Any

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm_pilot.errors import Cancelled, UserError
from crm_pilot.project import Add, Project
from ui.tasks import Jobs


def test_job_reads_by_itself_and_answers_in_the_main_thread(qtbot: QtBot, project: Project) -> None:
    project.execute(Add("department", {"name": "Sales"}))
    jobs = Jobs()
    answers: list[tuple[Any, bool]] = []

    def work(reader: Any, progress: Any, cancelled: Any) -> tuple[str, bool]:
        there = threading.current_thread() is threading.main_thread()
        return reader.value("SELECT name FROM department"), there

    def done(result: Any) -> None:
        answers.append((result, threading.current_thread() is threading.main_thread()))

    job = jobs.run("Reading", work, reader=project.job_reader(), done=done)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [(("Sales", False), True)]
    qtbot.waitUntil(lambda: not jobs.busy)
    assert not job.is_cancelled()


def test_garbage_with_widgets_is_collected_in_the_main_thread_alone(qtbot: QtBot) -> None:
    freed: list[bool] = []

    class Round(QWidget):
        def __init__(self) -> None:
            super().__init__()
            self.me = self  # only a collection ends it

        def __del__(self) -> None:
            freed.append(threading.current_thread() is threading.main_thread())

    def busy(progress: Any, cancelled: Any) -> int:
        kept: list[list[list[Any]]] = []
        for _ in range(200_000):  # far more than what starts a collection
            kept.append([[]])
        return len(kept)

    jobs = Jobs()
    Round()
    jobs.run("Making much", busy)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert gc.isenabled()
    assert freed in ([], [True])
    gc.collect()
    assert freed == [True]


def test_garbage_is_collected_again_after_the_last_job(qtbot: QtBot) -> None:
    jobs, gate = Jobs(), threading.Event()
    jobs.run("Waiting", lambda progress, cancelled: gate.wait(5))
    jobs.run("Short", lambda progress, cancelled: 0)
    qtbot.waitUntil(lambda: len(jobs._running) == 1)
    assert not gc.isenabled()
    gate.set()
    assert jobs.wait()
    assert gc.isenabled()
    qtbot.waitUntil(lambda: not jobs.busy)


def test_progress_is_told_at_most_twenty_times_a_second(qtbot: QtBot) -> None:
    jobs, told = Jobs(), []

    def work(progress: Any, cancelled: Any) -> None:
        end = time.monotonic() + 0.4
        while time.monotonic() < end:
            progress(1, 2)

    job = jobs.run("Counting", work)
    job.progressed.connect(lambda share, text: told.append(share))
    qtbot.waitUntil(lambda: not jobs.busy, timeout=3000)
    assert 1 <= len(told) <= 10
    assert set(told) == {0.5}


def test_cancelled_job_changes_nothing_and_says_so(qtbot: QtBot) -> None:
    jobs, done = Jobs(), []

    def work(progress: Any, cancelled: Any) -> None:
        while not cancelled():
            time.sleep(0.005)
        raise Cancelled

    job = jobs.run("Waiting", work, done=done.append)
    with qtbot.waitSignal(job.cancelled, timeout=2000):
        job.cancel()
    assert not done


def test_mistake_and_bug_of_a_job_are_told_apart(qtbot: QtBot) -> None:
    jobs = Jobs()

    def mistaken(progress: Any, cancelled: Any) -> None:
        raise UserError("No such column.")

    def broken(progress: Any, cancelled: Any) -> None:
        raise KeyError("x")

    with qtbot.waitSignal(jobs.failed, timeout=2000):
        jobs.run("One", mistaken)
    with qtbot.waitSignal(jobs.broken, timeout=2000) as caught:
        jobs.run("Two", broken)
    assert isinstance(caught.args[0], KeyError)
