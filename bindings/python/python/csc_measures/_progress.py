"""How far long work has come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["Progress", "of"]

Progress = Callable[[str, int, int], object]
"""Called with the name of the task, how much of the task is done, and how much there is."""


def of(given: Any) -> Progress | None:
    """What to call with each step: what the caller gives, or a bar if that is true."""
    if given is None or given is False:
        return None
    if given is True:
        return _Bar()
    if callable(given):
        function: Progress = given
        return function
    raise TypeError(
        "`progress` must be True or a function of three arguments (what, done, total), "
        f"not {type(given).__qualname__}"
    )


class _Bar:
    """A bar on the terminal or in the notebook."""

    def __init__(self) -> None:
        try:
            from tqdm.auto import tqdm
        except ImportError:
            raise ImportError(
                "`progress=True` needs tqdm, which is not installed; run `pip install 'csc-measures[progress]'`"
            ) from None
        self._make: Any = tqdm
        self._bar: Any = None

    def __call__(self, what: str, done: int, total: int) -> None:
        if self._bar is None:
            self._bar = self._make(total=total, unit_scale=True, leave=False)
        self._bar.set_description(what, refresh=False)
        self._bar.update(done - self._bar.n)
        if done >= total:
            self._bar.close()
