"""settings, doctor."""

from __future__ import annotations

from download_client.cli.context import Context
from download_client.cli.exit_codes import Exit
from download_client.cli.words import plain
from download_client.engine import Health
from download_client.errors import UsageError
from download_client.settings import TABLE, Origin, find

_SIGNS = {Health.GOOD: "ok  ", Health.WARNING: "look", Health.BAD: "BAD "}
_ORIGINS = {Origin.DEFAULT: "default", Origin.USER: "yours", Origin.POLICY: "fixed by your organisation"}


def settings(context: Context) -> Exit:
    """Show every setting, or change one."""
    options = context.options
    if options.name is None:
        return _show(context)
    setting = find(options.name)
    if options.unset:
        if options.value is not None:
            raise UsageError("--unset takes no value")
        context.settings.unset(setting)
    elif options.value is not None:
        if setting.name.endswith("_template"):
            for name in context.engine.preview(**{setting.key: options.value}):
                context.output.note(f"  {name}.wav")
        context.settings.set(setting, options.value)
    shown = context.settings.shown(setting)
    origin = context.settings.origin(setting)
    context.output.say(f"{setting.name} = {shown}  ({_ORIGINS[origin]})")
    context.output.result({"name": setting.name, "value": shown, "origin": origin.value})
    return Exit.COMPLETE


def _show(context: Context) -> Exit:
    output = context.output
    for setting in TABLE:
        origin = context.settings.origin(setting)
        output.say(f"{setting.name} = {context.settings.shown(setting)}  ({_ORIGINS[origin]})")
        output.say(f"    {setting.doc}")
        output.say(f"    Values: {setting.kind.range}")
    output.say()
    output.say(
        "Fields of the two templates (a time takes a form such as {start:%Y-%m-%d}, a text a length {calling:.20}):"
    )
    for name, meaning in context.engine.template_fields.items():
        output.say(f"    {{{name}}}  {meaning}")
    output.say(f"Your file: {context.paths.settings_file}")
    for problem in context.settings.problems:
        output.note(f"mir-download: {problem}")
    output.result(
        {
            "settings": [
                {
                    "name": setting.name,
                    "value": context.settings.shown(setting),
                    "origin": context.settings.origin(setting).value,
                    "where": context.settings.where(setting),
                    "description": setting.doc,
                }
                for setting in TABLE
            ],
            "templateFields": context.engine.template_fields,
            "file": str(context.paths.settings_file),
            "problems": [str(problem) for problem in context.settings.problems],
        }
    )
    return Exit.COMPLETE


def doctor(context: Context) -> Exit:
    """Say what this machine, keyring, proxy, service and archive can do."""
    if context.options.as_task is not None:
        if context.options.archive is not None:
            raise UsageError("--as-task looks at the schedule's own archive; it takes no --archive")
        checks = context.engine.doctor_as_task(context.options.as_task)
    else:
        checks = context.engine.doctor(context.options.archive)
    for check in checks:
        context.output.say(f"{_SIGNS[check.health]}  {check.name}: {plain(check.said, longest=400)}")
        if check.advice and check.health is not Health.GOOD:
            context.output.say(f"        {check.advice}")
    context.output.result(
        {
            "healthy": all(check.health is not Health.BAD for check in checks),
            "checks": [
                {"name": c.name, "health": c.health.value, "said": c.said, "advice": c.advice, "code": c.code}
                for c in checks
            ],
        }
    )
    return Exit.COMPLETE if all(check.health is not Health.BAD for check in checks) else Exit.FAILED
