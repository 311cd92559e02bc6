"""What users look at: answers about imports, made of what the lower layers tell.

    why/         why an import gets what it gets: the search, told without executing anything
    failure/     why an import has failed, told of an exception
    savings/     what the start would save by each lazy import
    report/      a trace as one HTML file
    graph/       who imports whom, and in which circles
    trace/       what each import costs, and who asked for it
    pytest_plugin.py   the same for a test run
    jsonable.py  what the JSON of the answers has in common
    verbose.py   a line for each step, as `python -v` prints them

There are two ways to know. `why` asks the finders itself, reads what is there and imports
nothing. `trace` and `verbose` are observers of the events of an import system
(`core/events.py`): they are told what really happens, while it does. Nothing here has a door of
its own into the engine.
"""
