# What is kept about a person, told to that person.

cmd-my-data = What this bot keeps about you
cmd-my-data-show = See what is kept about you, and until when
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
    others. I write to you no more.
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
