"""Writes what ipywidgets says of its controls to schema.json beside this file.

Run it with the version of ipywidgets that the schema is to describe. The classes and their
synchronized traits are read from the installed package, as ipywidgets' own schema is made.
"""

import json
import pathlib
import sys
import warnings

import ipywidgets
import traitlets
from ipywidgets.widgets import trait_types
from ipywidgets.widgets.widget_link import WidgetTraitTuple

warnings.simplefilter("ignore")

# Two classes of the game controller have names that other classes have, too.
NAMES = {"ControllerAxisModel": "ControllerAxis", "ControllerButtonModel": "ControllerButton"}

# Traits with a form of their own on the wire, whatever their class says.
SPECIAL = {("FileUpload", "value"): {"type": "files"}, ("Output", "outputs"): {"type": "json"}}

# What the browser alone decides, and what would identify a class twice.
LEFT_OUT = {"_model_module", "_model_module_version", "_model_name", "_view_module"}
LEFT_OUT |= {"_view_module_version", "_view_name", "_view_count"}


# These cannot be made without what they select from or link.
MADE_WITH_ARGUMENTS = (
    ipywidgets.widgets.widget_selection._Selection,
    ipywidgets.widgets.widget_selection._MultipleSelection,
    ipywidgets.widgets.widget_link.Link,
)


def class_name(widget):
    return NAMES.get(widget._model_name.default_value, widget.__name__)


def kind(trait, owner):
    """The type of a trait, in the words of the schema."""
    if isinstance(trait, WidgetTraitTuple):
        return {"type": "end"}
    if isinstance(trait, traitlets.Union):
        return {"type": "union", "of": [kind(part, owner) for part in trait.trait_types]}
    if isinstance(trait, trait_types.InstanceDict):
        return {"type": "widget", "widget": trait.klass.__name__}
    if isinstance(trait, traitlets.Instance) and not isinstance(trait, traitlets.Container):
        if issubclass(trait.klass, ipywidgets.Widget):
            return {"type": "widget", "widget": class_name_of_reference(trait.klass)}
        return {"type": "json"}
    if isinstance(trait, (traitlets.CaselessStrEnum, traitlets.Enum)):
        return {"type": "choice", "values": list(trait.values)}
    if isinstance(trait, traitlets.Tuple) and trait._traits:
        return {"type": "tuple", "of": [kind(part, owner) for part in trait._traits]}
    if isinstance(trait, traitlets.Container):
        element = getattr(trait, "_trait", None)
        of = {"type": "json"} if element is None else kind(element, owner)
        return {"type": "list", "of": of}
    simple = [
        (trait_types.Color, "color"),
        (trait_types.NumberFormat, "numberFormat"),
        (trait_types.ByteMemoryView, "bytes"),
        (trait_types.Datetime, "naiveDatetime" if owner.startswith("Naive") else "datetime"),
        (trait_types.Date, "date"),
        (trait_types.Time, "time"),
        (traitlets.Bool, "boolean"),
        (traitlets.Int, "integer"),
        (traitlets.Float, "number"),
        (traitlets.Unicode, "string"),
        (traitlets.Dict, "json"),
        (traitlets.Any, "json"),
    ]
    for python, name in simple:
        if isinstance(trait, python):
            return {"type": name}
    sys.exit(f"{owner}: no word for {type(trait).__name__}")


def class_name_of_reference(widget):
    return class_name(widget) if hasattr(widget, "_model_name") else widget.__name__


def default(value, spec):
    if spec["type"] in ("widget", "end"):
        return None
    if isinstance(value, memoryview):
        return bytes(value).hex()
    return list(value) if isinstance(value, tuple) else value


def describe_trait(name, trait, owner, example):
    spec = SPECIAL.get((owner, name)) or kind(trait, owner)
    # Of an object, because some classes choose their defaults when they make one.
    value = trait.default() if example is None else getattr(example, name)
    if value is traitlets.Undefined:
        value = [] if spec["type"] == "list" else None
    described = {"name": name, **spec, "default": default(value, spec), "help": trait.help}
    if trait.allow_none:
        described["nullable"] = True
    if trait.read_only:
        described["readOnly"] = True
    if trait.metadata.get("echo_update") is False:
        described["echo"] = False
    return described


def describe(widget):
    owner = class_name(widget)
    traits = widget.class_traits(sync=True)
    words = {name: traits[name].default_value for name in LEFT_OUT}
    example = None if issubclass(widget, MADE_WITH_ARGUMENTS) else widget()
    document = (widget.__doc__ or "").strip().split("\n\n")[0]
    return {
        "name": owner,
        "help": " ".join(document.split()),
        "model": [words["_model_module"], words["_model_module_version"], words["_model_name"]],
        "view": [words["_view_module"], words["_view_module_version"], words["_view_name"]],
        "traits": [
            describe_trait(name, trait, owner, example)
            for name, trait in sorted(traits.items())
            if name not in LEFT_OUT
        ],
    }


def main():
    registry = ipywidgets.widgets.widget._registry
    widgets = [describe(widget) for _, widget in registry.items() if widget.__name__ != "_Media"]
    schema = {
        "ipywidgets": ipywidgets.__version__,
        "protocol": ipywidgets._version.__protocol_version__,
        "widgets": sorted(widgets, key=lambda widget: widget["name"]),
    }
    text = json.dumps(schema, indent=2, sort_keys=True) + "\n"
    target = sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).with_name("schema.json")
    pathlib.Path(target).write_text(text)


main()
