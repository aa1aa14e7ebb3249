"""The loop hears of each descriptor that it waits for, once, and of no other."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from sorgenetz.web.news import News


def run(task: Callable[[News], Coroutine[None, None, None]]) -> None:
    """Run it by epoll and without, in a loop of its own thread, since that of the tests may have the browser's."""
    with ThreadPoolExecutor(1) as thread:
        for by_epoll in (True, False):
            thread.submit(asyncio.run, task(News(by_epoll))).result(30)


def soon(seconds: float = 20) -> float:
    return asyncio.get_running_loop().time() + seconds


def test_each_hears_of_its_own_descriptor() -> None:
    async def task(news: News) -> None:
        with ExitStack() as open_now:
            pairs = [tuple(map(open_now.enter_context, socket.socketpair())) for _ in range(5)]
            waiting = [asyncio.ensure_future(news.of(ours.fileno(), soon())) for ours, _ in pairs]
            await asyncio.sleep(0.01)
            for told, at in enumerate((3, 0, 4, 2, 1), 1):
                pairs[at][1].send(b"x")
                assert await waiting[at]
                assert sum(one.done() for one in waiting) == told

    run(task)


def test_who_waits_too_long_is_told_and_hears_of_it_the_next_time() -> None:
    async def task(news: News) -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            assert not await news.of(ours.fileno(), soon(0.01))
            theirs.send(b"x")
            # Nobody waits for it now.
            await asyncio.sleep(0.01)
            assert await news.of(ours.fileno(), soon())
            # It has not been read, so it still can be.
            assert await news.of(ours.fileno(), soon())

    run(task)


def test_the_end_of_the_other_side_is_news_and_a_number_may_come_back() -> None:
    async def task(news: News) -> None:
        numbers = []
        for _ in range(3):
            ours, theirs = socket.socketpair()
            numbers.append(ours.fileno())
            with ours:
                theirs.close()
                assert await news.of(ours.fileno(), soon())
        assert len(set(numbers)) == 1

    run(task)
