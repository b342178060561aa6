# What the operator reads on the command line. Each sentence names the thing and the way out.

operator-cli = peerbot runs confidential peer support groups inside a Discord server.
operator-cli-run = run the bot with a config file and a token, until it is told to end
operator-cli-backup = make a checked, encrypted backup, beside a running bot too
operator-cli-restore = put a backup in the place of the database; the one in use is kept
operator-cli-migrate = bring the database up to date after a backup of it; run does so by itself
operator-cli-rekey = give the database and its backups a new key
operator-cli-doctor = look at everything that could stop the bot from keeping its word; changes nothing
operator-cli-data-map = say what is kept, why, for how long and who sees it; needs neither settings nor database
operator-cli-json = as JSON, for programs
operator-cli-to = write the backup into this file, instead of into the folder of backups
operator-cli-file = the backup
operator-cli-key-file = the key the backup was made with, if it is not the one in use
operator-cli-new-key-file = where the new key goes, if the one in use is in the environment
operator-cli-config = the settings; config.example.toml shows all of them (default: $PEERBOT_CONFIG, or else config.toml)
operator-cli-demo = try the real bot in the browser, without a token and without a network
operator-cli-tour = play the guided tour instead, and check each step
operator-cli-break = with --tour: break step N, to see that the tour notices
operator-cli-new = begin with a server that nobody has set up yet
operator-cli-port = the port of the demo's page (default: 8480)
operator-cli-no-browser = open no browser
operator-cli-break-alone = --break needs --tour

operator-config-missing = There is no { $what }: copy config.example.toml to it, or name another file with --config.
operator-config-unreadable = { $what } cannot be read ({ $why }): give this account the right to read it.
operator-config-not-toml = { $config } is not valid TOML ({ $what }): compare it with config.example.toml.
operator-config-problem = { $written } { $wrong }: { $how }.
operator-config-in-file = { $written } in { $config }

operator-wrong-unknown = is unknown
operator-wrong-secret = does not belong in this file
operator-wrong-number = is not a whole number
operator-wrong-range = is too small or too large
operator-wrong-empty = is empty
operator-wrong-choice = is none of the choices
operator-wrong-address = is not a web address
operator-wrong-alert-kind = is no kind of alert that I send
operator-wrong-alert-form = is not written as that kind of alert needs
operator-wrong-alert-inside = leads to this machine or to a private network
operator-wrong-open = is not encrypted, and the token would go there
operator-wrong-text = is not text in quotation marks
operator-wrong-section = is not a section with settings
operator-wrong-variable = names a whole section
operator-wrong-other = cannot be used

operator-how-unknown = what can stand there is { $known }
operator-how-section = write [{ $setting }] on a line of its own and its settings below it
operator-how-variable = add the setting to the name, as in { $written }_…
operator-how-token = write it into a file named by token_file, or set PEERBOT_DISCORD_TOKEN
operator-how-token-file = write token_file = "token.txt"
operator-how-api-url = write api_url = "https://discord.com/api/v10", or leave it out
operator-how-gateway-url = write gateway_url = "wss://gateway.discord.gg", or leave it out
operator-how-path = write path = "data/peerbot.sqlite"
operator-how-key-file = write key_file = "data/peerbot.key"
operator-how-key = write it into the file named by key_file, or set PEERBOT_DATABASE_KEY
operator-how-url = write the whole address, such as url = "https://example.org/ping/my-bot"
operator-how-host = write host = "127.0.0.1"
operator-how-port = write a whole number up to 65535, such as port = 8470, or 0 for none
operator-how-metrics = write metrics = true or metrics = false
operator-how-alerts =
    write people = [{"{"} id = 123456789012345678, ways = ["ntfys://my-topic"] {"}"}]; config.example.toml names the kinds
operator-how-folder = write folder = "data/backups"
operator-how-operator = write operator = ["ntfys://my-topic"]; config.example.toml names the kinds
operator-how-level = write "debug", "info", "warning" or "error"
operator-how-format = write "text" or "json"

operator-no-token = There is no token: name a file with it as token_file in [discord], or set PEERBOT_DISCORD_TOKEN.
operator-token-unreadable = The token file { $what } cannot be read ({ $why }): correct token_file in [discord].
operator-token-odd = { $what } holds no bot token, which is one word: copy it again from the Developer Portal, under Bot.
operator-token-wrong = Discord refuses this token: reset it in the Developer Portal, under Bot, and use the new one.
operator-no-network = Discord cannot be reached ({ $why }): check network, name server and firewall, then start again.
operator-discord-down = Discord answered with status { $status } and no login: look at discordstatus.com and start again later.
operator-connection-over = Discord ended the connection ({ $code }) and would not renew it: start again, not more than once a minute.
operator-intents = Discord refuses the intents this bot asks for: check them in the Developer Portal, under Bot.

operator-directory = Nothing can be written in { $what } ({ $why }): let this account write there, or change [database].
operator-read-only = { $what } cannot be written: let this account write there, or change path in [database].
operator-key-missing = The database { $database } has lost its key { $what }: put the key back from your copy, nothing else opens it.
operator-key-unusable = The key { $what } cannot be used ({ $why }): put it back from your copy, or correct key_file in [database].
operator-key-odd = { $what } does not hold a key, which is 64 hexadecimal digits: put it back from your copy.
operator-key-wrong = The key does not open { $database }: put back the key made with it, or correct [database].
operator-newer = A newer peerbot wrote { $database } ({ $what }): install that version again, or restore an older backup.
operator-in-use = Another peerbot holds { $database }: stop that one first, or give this one another path in [database].
operator-disk-full = The disk with { $database } is full: free at least 16 MiB and start again.
operator-database = The database cannot be used ({ $what }): check the disk, then restore the last backup.
operator-key-made = The new key { $key } stays, and the next start uses it.

operator-old-sqlite = This SQLite is { $what }, and 3.51.3 is needed: install the pinned packages again, from constraints.txt.
operator-no-database = There is no database { $what }: correct path in [database], or start the bot once to make it.
operator-no-backup = There is no file { $what }: choose one from the folder of backups.
operator-backup-locked = No key here opens { $what }: name the key it was made with by --key-file, or use another backup.
operator-copy-bad = What is in { $what } is not as it must be. Nothing was changed: use another backup, and check the disk.
operator-update-failed = The update stopped at { $what }, and the database is as it was: install the version you had, and report this line.
operator-no-new-key-file = The key is in the environment, so name a file that is not there yet with --new-key-file. It gets the new key.
operator-file-there = { $what } is there already, and nothing was written: name another file.

operator-backup-begins = Copying { $what } …
operator-backup-checked = The copy was opened and looked through: { $what } rows, as many as in the database.
operator-backup-done = Backup: { $what }
operator-alert-backup = peerbot could not make a backup. It tries again each hour. Please look at its log, and at the disk.
operator-alert-starts =
    peerbot has connected to Discord again and again. Times in the last hour: { $starts }. So that Discord does not lock it
    out, it waits before it connects again. Minutes: { $minutes }. Please look at its log.
operator-restore-checks = Looking through { $what } …
operator-restore-replays = Deleting again what was deleted since. Files looked into: { $what }
operator-restore-done = Restored from { $what }. Start the bot when you are ready.
operator-restore-deleted = Deleted again, because people or servers had asked for it since: { $what }
operator-restore-unknown =
    The database that was in use could not be read. What was deleted since the newest backup may be back: look at your
    notes of requests, and delete it again.
operator-restore-aside = The database that was in use is kept for 14 days: { $what }
operator-update-backup = Backing up before the update …
operator-update-backed-up = Backup: { $what }
operator-update-steps = Steps to take: { $what }
operator-update-done = { $what } is up to date. Start the bot.
operator-update-nothing = { $what } was up to date. Nothing was changed.
operator-rekey-copies = Writing { $what } anew with a new key …
operator-rekey-backup = And the backup { $what } …
operator-rekey-done = Done. Backups that have the new key too: { $what }
operator-rekey-file = The new key is in { $what }. Copy it to the place where you keep the key; the old one opens nothing any more.
operator-rekey-environment = The new key is in { $what }. Put its content into PEERBOT_DATABASE_KEY now, then keep the file elsewhere.

operator-port = /healthz cannot answer on { $what } ({ $why }): free that port, or change host and port in [health].
operator-demo-port = The demo's port is taken: give it another one with --port.
operator-demo-missing = The demo is not installed: install it with pip install "peerbot[demo]".
operator-defect = peerbot stopped on a defect ({ $kind } at { $place }): what was saved is safe; start it again and report this line.
operator-hard-end = peerbot did not end in time and was cut off: what was saved is safe; start it again.

# What /doctor and `peerbot doctor` say. Read by administrators, leads and the operator.

cmd-doctor = Can I keep my word here? What is wrong, and what to do
doctor-title = **Can I keep my word here?**
doctor-broken = **Broken: { $check }.** { $told }
doctor-warned = **Look at this: { $check }.** { $told }
doctor-well = Well: { $check }. { $told }
doctor-more = And { $count } more.
doctor-check-work = work on Discord
doctor-check-watched = somebody who notices when I stop
doctor-check-disk = room on the disk
doctor-check-database = encrypted database
doctor-check-update = a quiet hour for an update
doctor-check-clock = the clock of my machine
doctor-check-backup = backups
doctor-backup-none = There is no backup yet. The first is made within the hour after the start.
doctor-backup-late = The last good backup is from { $last }. Ask your operator to look at the log and the disk.
doctor-check-token = token and network
doctor-check-key = key
doctor-check-running = running bot
doctor-fault = { $told }
doctor-of-server = { $line } (server { $server })
doctor-elsewhere = What only a connected bot can see (permissions, channels, commands, work), /doctor shows on the server.
doctor-discord-answers = Discord answered with status { $status }. Look at discordstatus.com, then try again.
doctor-no-database = There is no database yet. The first start makes it, with its key.
doctor-rekey-cut-short = A change of keys was cut short. The next start ends it: run peerbot backup, or start the bot.
doctor-file-open = Other accounts of this machine can read { $file }. Let only this account: chmod 600.
doctor-update-waits = The next start takes { $steps } steps to bring it up to date, after a backup. Servers are looked at then.
doctor-not-running = No bot runs on this database.
doctor-running-unwell = It holds the database, and /healthz does not say that it is well. Look at its log, then start it again.
doctor-work-late = Things I have not done in time: { $things }. Discord may be slow. If it stays so, tell your operator.
doctor-work-failed = Things Discord refused in the last 24 hours: { $things }. Please check my permissions first.
doctor-unwatched = Nobody would notice. Ask your operator to set url in [watchdog] of config.toml.
doctor-disk = Only { $free } MiB are free on my machine. Ask your operator to make room.
doctor-versions = SQLite { $sqlite }, SQLCipher { $cipher }
doctor-quiet-now = No meeting is near. An update fits now.
doctor-quiet-later = The next hour without a meeting begins { $at }.
doctor-clock = It is { $seconds } seconds apart from the clock of Discord. Meetings would begin at the wrong time.
    Ask your operator to switch time synchronisation on.
