"""The garbage collector does not look through the whole program again and again."""

import gc

from bot.app import leave_alone_what_stays


def test_what_is_there_at_the_start_is_passed_over_from_then_on():
    gc.collect()
    before = len(gc.get_objects())
    try:
        leave_alone_what_stays()
        assert len(gc.get_objects()) < before / 10
        assert gc.get_freeze_count() > before / 2
    finally:
        gc.unfreeze()
