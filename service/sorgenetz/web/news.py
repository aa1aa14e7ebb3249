"""Waiting within the loop until a descriptor can be read: one call of the system each time.

A reader of the loop's own is made and taken away for each wait, by nine calls. Where there is epoll (Linux), one knows
all descriptors, and the loop reads that alone.
"""

from __future__ import annotations

import asyncio
import select

HAS_EPOLL = hasattr(select, "epoll")
_ONCE = select.EPOLLIN | select.EPOLLONESHOT if HAS_EPOLL else 0


class News:
    """What is waited for in one loop, that which runs when it is first asked."""

    def __init__(self, by_epoll: bool = HAS_EPOLL) -> None:
        self._epoll = select.epoll() if by_epoll else None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: dict[int, asyncio.Future[bool]] = {}

    async def of(self, descriptor: int, end: float) -> bool:
        """Wait until the descriptor can be read, True, or until `end` by the clock of the loop, False."""
        loop = asyncio.get_running_loop()
        told = self._waiting[descriptor] = loop.create_future()
        timer = loop.call_at(end, _set, told, False)
        if self._epoll is None:
            loop.add_reader(descriptor, _set, told, True)
        else:
            self._look(self._epoll, descriptor, loop)
        try:
            return await told
        finally:
            timer.cancel()
            del self._waiting[descriptor]
            if self._epoll is None:
                loop.remove_reader(descriptor)

    def _look(self, epoll: select.epoll, descriptor: int, loop: asyncio.AbstractEventLoop) -> None:
        if self._loop is not loop:
            self._loop = loop
            loop.add_reader(epoll.fileno(), self._tell, epoll)
        try:
            epoll.modify(descriptor, _ONCE)
        except FileNotFoundError:
            # It is new, or another one by the same number.
            epoll.register(descriptor, _ONCE)

    def _tell(self, epoll: select.epoll) -> None:
        for descriptor, _ in epoll.poll(0):
            # One who has waited long enough may be gone.
            _set(self._waiting.get(descriptor), True)


def _set(told: asyncio.Future[bool] | None, value: bool) -> None:
    if told and not told.done():
        told.set_result(value)
