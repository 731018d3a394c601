"""What people type into one line: names and short remarks, as the shapes of the API take them."""

from pydantic import StringConstraints

__all__ = ["one_line"]


def one_line(most: int, *, may_be_empty: bool = False) -> StringConstraints:
    """Return what a line of so many characters must be: without blanks around it, without control characters.

    Name = Annotated[str, one_line(60)]
    """
    return StringConstraints(
        strip_whitespace=True,
        min_length=None if may_be_empty else 1,
        max_length=most,
        pattern=r"^[^\x00-\x1f\x7f]" + ("*$" if may_be_empty else "+$"),
    )
