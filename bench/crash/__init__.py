"""The bot's process is killed at any call to Discord, and started again: nothing is lost, nothing said twice.

A run plays one evening over the wire stand-in. At the k-th call of the bot, before or after Discord acts on it, the
process gets SIGKILL; a new one starts on the file as it lies there. `python -m bench.crash --help` says how to run it.
"""
