"""Options and arguments that need no conversion, taken as they are.

typer converts every value with an adapter of pydantic, also where there is nothing to convert: text, a word of a choice, an
option that was not given. Loading what makes these adapters takes as long as reading a small workbook.
"""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin


def taken_as_given(parameters: list[Any]) -> list[Any]:
    """Return the parameters of a command, plain values of which need no adapter any more.

    Whatever else is given goes the library's own way, so that its complaints stay what they are.
    """
    for parameter in parameters:
        # Versions of the library without adapters have nothing to spare.
        if hasattr(parameter, "get_runtime_param") and "process_value" not in vars(parameter):
            parameter.process_value = _processor(parameter)
    return parameters


def _processor(parameter: Any) -> Any:  # noqa: ANN401 - whatever typer hands over
    ordinary = parameter.process_value
    annotation = parameter.type_descriptor.annotation
    is_many = parameter.multiple or parameter.nargs == -1

    def process(context: Any, value: Any) -> Any:  # noqa: ANN401 - whatever typer hands over
        if value is None and not parameter.required:
            taken: Any = () if is_many else None
        elif value and _is_plain(annotation, value, is_many=is_many):
            taken = list(value) if is_many else value
        else:
            return ordinary(context, value)
        return taken if parameter.callback is None else parameter.callback(context, parameter, taken)

    return process


def _is_plain(annotation: Any, value: Any, *, is_many: bool) -> bool:  # noqa: ANN401 - whatever typer hands over
    """Whether a value is of the type that is asked for already."""
    if is_many:
        are_texts = isinstance(value, list | tuple) and all(type(entry) is str for entry in value)
        return are_texts and annotation == list[str]
    if get_origin(annotation) is Literal:
        return value in get_args(annotation)
    return annotation is str and type(value) is str
