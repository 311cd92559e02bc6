"""What entrepot costs, side by side with its peers. `python -m benchmarks` measures everything.

    imports.py, programs.py, growth.py, path.py, image.py     importing
    metadata.py, resources.py, zip.py                         what is beside it
    trace.py, report.py                                       the tools
    document.py    makes docs/performance.md of what was measured
    compare.py     tells what has got worse

Each file runs on its own, too. All measure in the same way, which is `_harness.py`'s: the peer and
entrepot in turns, in fresh processes; medians; the ratio; how far the ratios of the rounds lie
apart. Absolute times belong to a machine and a day. The ratios are what is promised.
"""
