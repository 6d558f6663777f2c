"""What can be done from the command line; each module has the commands about one thing, and `cli` joins them.

`--help` has to be quick, so modules import what only a command needs as it runs.
"""
