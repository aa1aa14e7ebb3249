"""Waiting within the loop until a descriptor can be read: one call of the system each time.

A reader of the loop's own is made and taken away for each wait, by nine calls. Here one epoll (Linux) knows all
descriptors, and the loop reads that alone.
"""

from __future__ import annotations

import asyncio
import select

_ONCE = select.EPOLLIN | select.EPOLLONESHOT


class News:
    """What is waited for in one loop, that which runs when it is first asked."""

    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: dict[int, asyncio.Future[bool]] = {}

    async def of(self, descriptor: int, end: float) -> bool:
        """Wait until the descriptor can be read, True, or until `end` by the clock of the loop, False."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop = loop
            loop.add_reader(self._epoll.fileno(), self._tell)
        told = self._waiting[descriptor] = loop.create_future()
        timer = loop.call_at(end, _set, told, False)
        try:
            self._look_for(descriptor)
            return await told
        finally:
            timer.cancel()
            del self._waiting[descriptor]

    def _look_for(self, descriptor: int) -> None:
        try:
            self._epoll.modify(descriptor, _ONCE)
        except FileNotFoundError:
            # It is new, or another one by the same number.
            self._epoll.register(descriptor, _ONCE)

    def _tell(self) -> None:
        for descriptor, _ in self._epoll.poll(0):
            # One who has waited long enough may be gone.
            _set(self._waiting.get(descriptor), True)


def _set(told: asyncio.Future[bool] | None, value: bool) -> None:
    if told and not told.done():
        told.set_result(value)
