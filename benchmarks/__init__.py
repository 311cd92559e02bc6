"""What entrepot costs, side by side with its peers. `python -m benchmarks` measures everything.

    imports.py, path.py, growth.py         importing: the statement, long paths, many modules
    programs.py, peers.py                  real programs: with images and without; code-data-share
    metadata.py, resources.py, zip.py      what is beside importing
    trace.py, report.py                    the tools
    document.py, performance.md            make docs/performance.md of what was measured
    compare.py                             tells what has got worse

Each file runs on its own, too. All measure in the same way, which is `_harness.py`'s: the peers and
entrepot in turns, in fresh processes; medians; the ratio; how far the ratios of the rounds lie
apart. Absolute times belong to a machine and a day. The ratios are what is promised.
"""
