"""What importing costs, and why it happens: `entrepot trace`, `entrepot.trace()`.

1. `model` is a trace: imports, who asked for each, and where its time went.
2. `file` reads and writes it as JSON, and refuses what is no whole trace.
"""
