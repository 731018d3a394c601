"""`yutang bench`: measure this machine, against its own engines."""

import importlib
import json

import click

__all__ = ["command"]

BENCHES = {
    "ingest": "events per second over HTTP, durable, identities resolved",
    "audience": "milliseconds to count the canonical audience",
    "timeline": "p95 milliseconds to read one customer's 50 newest events and profile",
    "sidebar": "p95 milliseconds to read the person in front of a guide, with why now",
    "search": "p95 milliseconds to find customers by name, pinyin, telephone or tag",
    "membership": "seconds to refresh a saved audience, entered and left recorded",
    "import": "rows per second from CSV and Parquet, with the memory peak",
    "gate": "seconds to judge a million people and write their deliveries",
    "journey": "node transitions a second, committed with effects; what waits costs nothing",
    "dispatch": "messages a second through a channel of HTTP, answers and receipts recorded",
    "callback": "callbacks of WeCom a second, kept on disk before they are answered; welcomes meanwhile",
    "dryrun": "seconds of trying a journey on 30 days and ten million events",
    "population": "seconds a day of the WeCom sandbox's people takes",
    "sync": "customer relations a second from a corp of a million, killed on the way",
    "startup": "seconds from a cold `yutang up` to the first page, and idle memory",
}


@click.command(
    context_settings={"ignore_unknown_options": True},
    help="Measure one thing on data made on the spot, in a temporary folder; nothing of yours is touched.\n\n"
    "\b\n"
    + "\n".join(f"{name:<11} {what}" for name, what in BENCHES.items())
    + "\n\nScale with flags, such as `yutang bench audience --customers 1000000 --events 10000000`."
    " The last line of the output is one JSON object; `floor` is the raw engine doing the same by hand.",
)
@click.argument("name", type=click.Choice(list(BENCHES)))
@click.option("--json", "only_json", is_flag=True, help="Print only the JSON line.")
@click.argument("flags", nargs=-1, type=click.UNPROCESSED)
def command(name: str, only_json: bool, flags: tuple[str, ...]) -> None:
    from yutang.config.bench.stage import bare_stage, empty_stage, watching_the_machine

    scale = _scale(name, flags)
    # `startup` brings its own processes, and one process can open the warehouse; `population` needs none.
    with bare_stage() if name in {"startup", "population"} else empty_stage() as stage:
        module = importlib.import_module(f"yutang.config.bench.{name.replace('import', 'import_')}")
        if unknown := scale.keys() - module.FLAGS.keys():
            raise click.UsageError(
                f"{name} does not know {', '.join(sorted(unknown))}; it knows {', '.join(module.FLAGS)}"
            )
        with watching_the_machine() as machine:
            figures = module.measure(stage, **{**module.FLAGS, **scale})
    line = figures.line(name) | {key: round(value, 3) for key, value in machine.items()}
    if not only_json:
        for key, value in line.items():
            click.echo(f"{key:>28}  {value}", err=True)
    click.echo(json.dumps(line, ensure_ascii=False))


def _scale(name: str, flags: tuple[str, ...]) -> dict[str, int]:
    """Read `--events 1000` or `--events=1000` pairs."""
    words = [word for flag in flags for word in flag.split("=", 1)]
    if len(words) % 2 or not all(word.startswith("--") for word in words[::2]):
        raise click.UsageError(f"flags of {name} come as --NAME NUMBER, got {' '.join(flags)}")
    scale = {}
    for key, value in zip(words[::2], words[1::2], strict=True):
        if not value.replace("_", "").isdigit():
            raise click.UsageError(f"{key} takes a whole number, got {value!r}")
        scale[key[2:].replace("-", "_")] = int(value)
    return scale
