"""peerbot runs confidential peer support groups inside a Discord server."""
