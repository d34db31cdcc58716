"""What is thrown when something that was kept can't be trusted."""


class CacheDamagedError(BaseException):  # no Exception: a template may meet it, and is not to blame
    """What is in a store is not what it was when it was kept."""


# what rows of another shape than ours raise, wherever that shows first
MISFITS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
