# What is kept about a person, told to that person.

cmd-my-data = What this bot keeps about you
cmd-my-data-show = See what is kept about you, and until when
cmd-my-data-export = What is kept about you, as a file for you alone
cmd-my-data-settings = Your choices: messages, notes, writing, time zone
cmd-my-data-delete = Delete what is kept about you, here or everywhere

my-data-title = **What I keep about you**, in every server we share:
my-data-more = **What I keep about you**, continued:
my-data-nothing = **There is nothing about you that I can show you.** I never read or keep what people say.
# Said to everybody, so that it tells nothing about anybody.
my-data-apart = A coordinator may note that two people are not to share a group. I show no such note to anybody.
    It would tell one of them about the other. You can ask the safeguarding lead.
my-data-until = (until { $at })
my-data-while = (while it lasts)
my-data-never = I never read or keep what you say, your voice, your real name, or why you stay away.

my-data-delete-title = **Delete what I keep about you?**
my-data-delete-here = Here I keep { $count ->
    [one] one thing
   *[other] { $count } things
 } about you.
my-data-delete-elsewhere = I keep { $count ->
    [one] one thing
   *[other] { $count } things
 } about you on { $servers ->
    [one] one other server
   *[other] { $servers } other servers
 }.
my-data-delete-goes = What goes at once: your seats, waitlist places and offers. Your choices, and when you came. Whom a
    coordinator keeps apart from you. You see no room of a group any more, and leave its voice. Your seats are free for
    others. I write to you no more. Your name goes out of my messages in channels.
my-data-delete-team = You are in a team: you leave it, and the rota. What you have in hand goes to others, who hear of it.
my-data-delete-traces = What stays for some months, without your name: that somebody agreed to the texts, and what the team
    did. A pause or an end that two people decided stays until it is over. Only your account leads back to it.
    Backups go within 14 days.
my-data-delete-concern = **What stays:** { $count ->
    [one] one message
   *[other] { $count } messages
 } to the team, so that somebody looks after it. When the team closes it, your name and your words go within 48 hours.
    Who it was about goes after 90 days.
my-data-delete-nothing = **There is nothing about you that I can delete.**
my-data-delete-press-here = Delete it here
my-data-delete-press-everywhere = Delete it everywhere
my-data-delete-press-keep = Keep it
my-data-delete-kept = Nothing was deleted.
my-data-deleted = **It is deleted**: { $count ->
    [one] one thing
   *[other] { $count } things
 }. Discord takes your access away now; the last trace goes when that is done. You can join a group again at any time.
my-data-last-lead = You are the only safeguarding lead of a server, so others count on you. Nothing was deleted.
    Name another lead first, with **/manage team add**, or remove the bot from the server. Then ask again.

doctor-check-housekeeping = deleting what is over
doctor-housekeeping-never = It has not run yet. It runs at each start, and each night.
doctor-housekeeping-late = It last ran { $last }. Things are kept too long. Ask your operator to look at the log.

readers-changed = **Who can read rooms on this server has changed.** { $people }
readers-roles = People with these roles can read every room now: { $roles }.
readers-could = People with these roles could let themselves in now: { $roles }.
readers-grown = More people have these roles now, which read or could: { $roles }.
readers-bot = The bot { $bot } can read every room now.
readers-rule = The automatic rule { $rule } copies messages it catches into another channel, out of rooms too.
readers-room = Somebody was let into { $room } by hand who is not of it.
readers-do = Please check whether this is meant. If not, take it back in Server Settings, or in that channel.
    Members read who can read a room with **/agreement who-can-read**.
doctor-check-readers = who can read rooms
doctor-check-strangers = people in rooms who are not of them
doctor-check-copies = rules that copy messages out
doctor-readers-everybody = Everybody on this server can read rooms. Take Administrator from the role everybody has.
doctor-readers-bots = These bots can read every room: { $bots }. If one keeps a log, what is said is in it.
    Take Administrator from their roles.
doctor-strangers = Somebody or some role was let into { $room } by hand. Please look at the permissions of that channel.
doctor-copies = The rule { $rule } sends what it catches to another channel. Switch its alert off: Server Settings, AutoMod.
doctor-copies-unknown = I can't see whether automatic rules copy messages out. Please look: Server Settings, AutoMod.
    No rule there should send an alert. With Manage Server I look each hour, and say so to members.

# The retention table, as /my-data show, the privacy notice and `peerbot data-map` print it. Two lines for each item.
seen-everybody = everybody
seen-team = the team
seen-lead-owner = the lead; the owner if they ask
seen-leads = the lead and deputies; the moderators involved while it is open
seen-who-may-see = everybody who may see the group
seen-facilitators = the group's facilitators and coordinators
seen-own-facilitators = the group's facilitators
seen-coordinators = coordinators
seen-readers = its readers
seen-yourself = you
seen-channel = who can read the channel
seen-yourself-number = you; the facilitators of a voice meeting see how many, not who
seen-nobody = nobody
seen-operator = whoever runs the machine
span = { $unit ->
    [days] { $number ->
        [one] 1 day
       *[other] { $number } days
    }
   *[hours] { $number ->
        [one] 1 hour
       *[other] { $number } hours
    }
 }
lasts-use = while it lasts, and { $time } after
lasts-use-only = while it lasts
lasts-need-only = until it has done what it is for
lasts-wish-only = until you change it, or leave
lasts-time = for { $time }
lasts-need = until it has done what it is for, and { $time } after
lasts-never = never
map-why = Why: { $value }
map-kept = Kept: { $value }
map-seen = Seen by: { $value }
map-head-what = What
map-head-why = Why
map-head-kept = Kept
map-head-seen = Who sees it
never-kept = What is said, in writing or aloud; names, birth dates, diagnoses, reasons for staying away
item-server = A contact for safety, and one outside the team
item-server-why = so that people know whom to turn to
item-team = Who has which part in the team
item-team-why = so that people know who to ask, and who is paged
item-staff-acts = What staff did: the act and who, never a word of it
item-staff-acts-why = so that others can trust it
item-group = A group's name, and who it is for
item-group-why = so that people find it
item-seat = Seats in groups
item-seat-why = so that exactly the members can see a room
item-facilitating = Who facilitates a group, or stands by
item-facilitating-why = so that a room can open
item-offer = Offers of a seat
item-offer-why = so that seats go to who waits longest
item-wait = Places on waitlists, 180 days at most
item-wait-why = so that the order is kept
item-taster = Meetings that somebody tried
item-taster-why = so that trying stays fair: three in 30 days
item-measure = A pause of somebody's access, or the end of a membership
item-measure-why = so that it holds in every later room, and can be looked at again
item-measure-by = Who proposed that, and who confirmed it
item-measure-by-why = two people answer for it
item-keep-apart = Two people who are not to share a group
item-keep-apart-why = so that they never meet in one
item-code-tries = Wrong invite codes that somebody typed
item-code-tries-why = so that codes can't be guessed
item-invite = Invite codes, as a keyed hash
item-invite-why = so that private groups can be joined
item-reminders = Whether somebody wants messages
item-reminders-why = courtesy
item-writing = That somebody would rather write than speak
item-writing-why = so that writing is as welcome as speaking
item-acceptance = What somebody agreed to, word for word, and when; after leaving by a keyed hash
item-acceptance-why = proof of consent
item-wording = Lines added to the agreement and the limits
item-wording-why = so that it is known what people agreed to
item-attendance = When somebody was at a meeting
item-attendance-why = one kind note after two meetings missed
item-stand-in = Who took a meeting over
item-stand-in-why = so that a room is never without a facilitator
item-away = That somebody will not come to a meeting
item-away-why = so that facilitators see a number, and no note is sent
item-room-limit = That somebody was asked out of a room, or to be quiet there
item-room-limit-why = so that it holds until the room is gone
item-hold = Who agreed that a room is kept longer
item-hold-why = two people answer for it
item-missed-note = That a note was sent to somebody who missed meetings
item-missed-note-why = so that it is sent once
item-wishes = Wishes: no such note; a time zone
item-wishes-why = courtesy
item-meeting = The name of a room, which says nothing
item-meeting-why = so that it is found and deleted
item-concern-words = Who asked for the team, and their few words
item-concern-words-why = so that the team can answer
item-concern-person = Whom a concern is about, and who has it
item-concern-person-why = so that somebody follows it through
item-concern-check-in = A concern that was not urgent: when, and what was done
item-concern-check-in-why = so that it is followed through
item-concern = An urgent concern: when, and what was done
item-concern-why = to answer for it, and to learn
item-record = Who was paged, who looked, who decided
item-record-why = so that it is known whether we answered
item-hand-over = That a concern is handed from one of the team to another
item-hand-over-why = so that somebody always has it
item-next-day = That somebody wants a note the next day
item-next-day-why = so that it is sent
item-alias = How many concerns about others one account raised in a day, by a keyed hash
item-alias-why = guard against misuse
item-block = That an account's concerns about others page nobody, by a keyed hash
item-block-why = guard against misuse
item-silence = That nothing goes out by itself to an account
item-silence-why = care after a death
item-rota = Who is on duty when
item-rota-why = so that somebody can be reached
item-ways = Whether messages reach each of the team
item-ways-why = so that nobody counts on who can't be reached
item-dm-answer = That a direct message was answered
item-dm-answer-why = so that it is answered once in ten minutes
kept-named = { $count ->
    [one] One message of mine names you in a channel
   *[other] { $count } messages of mine name you in channels
}: so that I can take your name out
item-work = What the bot is about to do on Discord
item-work-why = so that a restart finishes it, once
item-named = Messages of the bot in channels that name somebody
item-named-why = so that the name can be taken out of them
item-readers = Which roles and bots could read rooms
item-readers-why = so that a change is noticed
item-receipts = How much was deleted each night, in numbers
item-receipts-why = so that it is known that it was
item-erased = That somebody was deleted, by a keyed hash
item-erased-why = so that a backup put back deletes them again
outside-room = A room, with what is said there, on Discord
outside-room-why = the meeting
outside-room-kept = until 24 hours after its end; 7 days at most if two people agree
outside-turns = Whose turn it is in a meeting
outside-turns-why = running it
outside-turns-kept = in memory, while it lasts
outside-alerts = Addresses for alerts outside Discord
outside-alerts-why = pages
outside-alerts-kept = in the operator's file, not in the database
outside-logs = The log: ids as keyed hashes, no names, no words
outside-logs-why = finding faults
outside-logs-kept = as long as the machine keeps it; the hashes change every 14 days
outside-backups = Backups, encrypted
outside-backups-why = recovery
outside-backups-kept = for 14 days; deletions are done again when one is put back
my-data-seen = Seen by: { $seen }.
my-data-export = **Here is what I keep about you, as a file.** Only you can see this message. The file is JSON, which programs read.
my-data-settings = **Your choices.** Only you can see this message.
my-data-settings-of = **Your choices in { $server }.**
my-data-settings-line = - { $what }: { $value }
my-data-wish-reminders = Messages from me: reminders and offers of a seat
my-data-wish-notes = A kind note when you missed two meetings
my-data-wish-writing = You would rather write than speak
my-data-wish-zone = The time zone I use for dates you type
my-data-press-reminders-on = You may write to me
my-data-press-reminders-off = No messages
my-data-press-notes-on = Send me such a note
my-data-press-notes-off = No such notes
my-data-press-writing-on = I'd rather write
my-data-press-writing-off = Speaking is fine too
my-data-press-zone = Forget my time zone
my-data-writing =
    If you would rather write, **/group find** shows groups that meet by text first.
    Facilitators of a voice meeting see how many would rather write, not who. They might guess.
my-data-value-on = yes
my-data-value-off = no
my-data-value-closed = yes, but your messages are closed to me
my-data-value-unset = not chosen: the server's
