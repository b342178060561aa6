# Groups: finding one, joining, waiting for a seat, leaving.

cmd-group = Find, join and leave peer support groups
cmd-group-find = See the groups you can join here. Only you see the answer
cmd-group-join = Join a group, or its waitlist. You read the agreement first
cmd-group-join-group = The group you want to join
cmd-group-join-code = A code somebody gave you
cmd-group-mine = Your groups, waitlists and offers. Only you see the answer
cmd-group-leave = Leave a group or its waitlist. No reason needed
cmd-group-leave-group = The group you want to leave
cmd-manage-group = Set up groups
cmd-manage-group-create = Make a new group. Nothing public is posted
cmd-manage-group-which = The group
cmd-manage-group-edit = See how a group is set, and change it
cmd-manage-group-pause = Let a group rest; seats are kept
cmd-manage-group-resume = Let a paused group go on
cmd-manage-group-archive = End a group after a last day
cmd-manage-group-archive-day = Its last day; four weeks ahead if left out
cmd-manage-group-roster = See who is in a group
cmd-manage-panel = Post a lasting button that leads to the groups
cmd-manage-group-invite = Codes that lead into a group
cmd-manage-facilitator = Who holds a group
cmd-manage-facilitator-add = Let somebody facilitate a group
cmd-manage-facilitator-add-group = The group
cmd-manage-facilitator-remove = Let somebody not facilitate a group any more
cmd-manage-facilitator-remove-person = Who facilitates it no more
cmd-manage-facilitator-backup = Who may take a meeting over
cmd-manage-facilitator-backup-person = Who; leave out to see the list
cmd-manage-facilitator-backup-what = Add them, or take them away
cmd-manage-facilitator-add-person = Who will facilitate it

cmd-manage-member = What two people decide about a member
cmd-manage-member-pause = Propose to pause a person's access. Another confirms
cmd-manage-member-end = Propose to end a membership. A moderator confirms
cmd-manage-member-restore = Take back a pause or an end
cmd-manage-member-confirm = See whose seats wait to be confirmed, and decide
cmd-manage-keep-apart = Two people who are not to share a group
cmd-manage-keep-apart-add = Keep two people apart. Only coordinators see it
cmd-manage-keep-apart-remove = Keep two people apart no longer
cmd-manage-keep-apart-list = See who is kept apart
cmd-manage-keep-apart-one = One person
cmd-manage-keep-apart-other = The other person
cmd-manage-member-group = The group
cmd-manage-member-person = The person
cmd-manage-member-days = For how many days

# The one message that everybody in a channel sees. It says nothing of any group or of anybody.
panel-text = **Peer support groups.** Press the button to see the groups on this server.
    Only you see the answer. Nobody sees that you pressed it.
panel-groups = See the groups
panel-needs-view-channel = **View Channel**
panel-needs-send-messages = **Send Messages**
panel-needs-write-in-threads = **Send Messages in Threads**
staff-panel-check = **Post this message in this channel?** Nothing is posted yet.
    Everybody who can read this channel will see it. It names no group and nobody. It stays until somebody deletes it.
staff-panel-yes = Yes, post it
staff-panel-there = **This message is in this channel already.** Nothing was posted. { $where ->
        [none] It is being posted just now.
       *[known] It is here: { $where }
    }
    If somebody has deleted it, you can post it again.
staff-panel-again = Post it again
staff-panel-posted = **It will be here in a moment.** You can pin it, or delete it when it is no longer wanted.
staff-panel-missing = { $place ->
        [thread] **I can't post in this thread.** Nothing was posted. In the settings of the channel that it belongs to, under Permissions, please allow me:
       *[channel] **I can't post in this channel.** Nothing was posted. In this channel's settings, under Permissions, please allow me:
    }
staff-panel-failed = **The message with the button to the groups could not be posted in { $where }.**
    { $why ->
        [lacks] I lack a permission there.
        [unseen] I can't see that channel.
        [gone] That channel is gone.
        [late] Discord could not be reached for ten minutes.
       *[refused] Discord refused it with code { $code }.
    } **/manage panel** tries again, and says what I need. { $people }

find-title = **Groups you can join here.** Only you can see this message.
find-none = **There is no group to join here yet.** Only you can see this message.
    Please look again another day.
find-none-fits = **No group here fits that.** Only you can see this message.
    Choose something else above, or see all groups.
find-fitting = { $count } of { $all } groups fit what you chose.
find-all = Show all groups
find-medium = By text or by voice
find-medium-any = By text or by voice: both
find-medium-text = By text
find-medium-voice = By voice
find-language = Language
find-language-any = Every language
find-kind = Kind of group
find-kind-any = Every kind of group
find-kind-now = With a place free now
find-kind-open = Open: join at any time
find-kind-closed = Closed: the same people for some time
find-kind-drop-in = Drop-in: come when you like
list-page = Page { $page } of { $pages }.
list-choose = Choose a group
list-back = Back
list-on = More groups

group-entry = **{ $name }** · { $language } · by { $medium ->
        [voice] voice
       *[text] text
    }
group-about = For: { $about }
group-kind = { $kind ->
        [closed] { $begins ->
            [none] Closed group: the same people for some time
           *[known] Closed group: it begins on { $begins }
        }
        [drop_in] Drop-in group: come when you like
       *[open] Open group: join at any time
    }
group-meeting = Next meeting: { $at }
group-meeting-wall = Next meeting: { $at } ({ $wall })
group-no-meeting = Next meeting: not planned yet
group-paused = Paused: no meetings for now. Seats and places on the waitlist are kept.
group-ending = Last day of this group: { $day }
group-places = { $free ->
        [0] { $waiting ->
            [0] Full: nobody is waiting
            [one] Full: 1 waiting
           *[other] Full: { $waiting } waiting
        }
        [one] 1 place free
       *[other] { $free } places free
    }

standing-seated = **You have a seat.**
standing-tasting = **You have a seat to try one meeting.** Afterwards I ask if it was right for you.
standing-waiting = **You are number { $place } on the waitlist.**
standing-pending = **A coordinator looks at each seat first.** You are number { $place } in line.
    You need do nothing. You read the answer here.
standing-pending-taster = **You asked to try one meeting. A coordinator looks at each seat first.**
    You are number { $place } in line. You need do nothing. You read the answer here.
standing-offered = **A seat is free and you're next.** It's yours until { $until }.
    If now isn't right, you keep your place on the waitlist.
standing-facilitating = **You facilitate this group.**

group-join = Join
group-taste = Try one meeting
group-join-list = Join the waitlist
group-leave = Leave
group-leave-list = Leave the list
group-roster = Who is in it
group-all = All groups
group-mine = My groups
offer-yes = Yes please
offer-not-now = Not now, keep my place

# The title of a form holds 45 characters, a group's name 40.
join-title = Join { $group }
join-about = **{ $group }**
    For: { $about }
    Below is what we promise each other, and what we can't keep private. Please read both, then tick the box.
    {""}**Who can see what**
    The other members of this group will see your Discord name in the room's list, whether you come or not.
    You may use a separate account.
join-who-else = The room can be read by its members, its facilitators, and the people who run this server.
    They can find out who is in the group. So can people who may read this server's audit log.
join-agree = The agreement and its limits
join-agree-yes = { $last ->
        [0] I agree, and I am { $first } or older
       *[other] I agree, and I am { $first } to { $last } years old
    }
join-agree-first = To join, please tick the box: that you agree, and how old you are. Nothing was changed.
join-contact = If you feel unsafe here, you can turn to: { $contact }
join-reminders = Messages from me
join-reminders-hint = Reminders and offers of a seat, in neutral words. You can change this at any time
join-reminders-yes = Yes, you may send me direct messages
join-which = Please choose a group, or type the code somebody gave you. Nothing was changed.
    {""}**/group find** shows the groups you can join.
join-code-unknown = This code does not lead anywhere now. Nothing was changed.
    It may be mistyped, used up or over. After five wrong codes, none works for an hour.
    Please ask whoever gave it to you for a new one.
join-facilitates = You facilitate this group, so you can't hold a seat in it too. Nothing was changed.

# Trying one meeting.
taster-title = Try { $group }
taster-about = {""}**You try one meeting**
    You have a seat for it, like a member. Afterwards I ask one question: was it right for you?
    Then you join, or your seat goes to somebody else. You need give no reason.
taster-seat = **You have a seat to try one meeting of { $group }.**
    The room opens a little before it. You'll find it in this server's list of channels.
    Afterwards I ask if it was right for you. You'll find the question in **/group mine**.
    You can leave at any time, with one tap and no reason.
taster-pending = **You asked to try one meeting of { $group }.** A coordinator looks at each seat first.
    You are number { $place } in line. You need do nothing. You find the answer in **/group mine**.
    If you said I may, I'll send you a message too. You can take it back at any time.
# In a direct message.
taster-confirmed = **You have a seat to try one meeting of { $group }.** A coordinator has confirmed it.
    The room opens a little before it. Afterwards I ask if it was right for you.
    You can leave at any time, with one tap and no reason.
taster-not-now = There is no place to try in this group just now. Nothing was changed.
    {""}**/group find** shows what you can join.
taster-three = You have tried three meetings in the last 30 days, so you can't try one now. Nothing was changed.
    You can join this group at any time, and try another from { $at } on.
taster-three-asked = You have tried, or asked to try, three meetings. Nothing was changed.
    A coordinator has still to answer for some. You can join this group at any time.
taster-question = **You tried one meeting. Was it right for you?** Please answer until { $until }.
    You need give no reason. Without an answer, your seat goes to somebody else.
taster-yes = Yes, join
taster-no = No, thank you
taster-declined = **That's fine. Thank you for coming to { $group }.** Your seat goes to somebody else. You're welcome back.
taster-over = That seat has gone to somebody else by now. Nothing was changed. **/group find** shows what you can join.
taster-asked-message = **You tried one meeting of { $group }. Was it right for you?** Please answer until { $until }.
    You need give no reason. Without an answer, your seat goes to somebody else.
    You can answer here, or with **/group mine** on the server.
taster-ended = { $why ->
        [not_held] **The meeting of { $group } that you wanted to try did not take place.** So I don't keep the seat for you any longer. It doesn't count as one you tried.
       *[unanswered] **Your seat in { $group } has gone to somebody else.** You tried one meeting, and I had no answer from you.
    }
    That's fine. On the server, **/group find** shows what you can join.
joined-seat = **You have a seat in { $group }.**
    The room opens a little before each meeting. You'll find it in this server's list of channels.
    You can leave at any time, with one tap and no reason. **/group mine** shows your groups.
joined-list = **There is no seat free in { $group } just now.** You are number { $place } on the waitlist.
    When a seat is free and you're next, I'll ask you. You'll find the offer in **/group mine**.
    If you said I may, I'll send you a message too.
    I keep your place for 180 days at most. You can leave the list at any time.
joined-pending = **You asked for a seat in { $group }.** A coordinator looks at each seat first.
    You are number { $place } in line. You need do nothing. You find the answer in **/group mine**.
    If you said I may, I'll send you a message too. You can take it back at any time.
mine-declined = **There is no seat for you just now in:** { $groups }
    It says nothing about you as a person. Other groups are open to you, and you can ask a coordinator.
mine-released = **Your seat to try a meeting has been released in:** { $groups }
    I had no answer from you, or there was no meeting in time. You're welcome back.
mine-ended = **Your seat has ended in:** { $groups }. Two people of the team decided this.
    If you think it is wrong, you can write to { $lead }. They look at it again.
# In a direct message.
seat-confirmed = **You have a seat in { $group }.** A coordinator has confirmed it.
    The room opens a little before each meeting. You can leave at any time, with one tap and no reason.
seat-declined = **I'm sorry, there is no seat for you in { $group } just now.** A coordinator decided this.
    It says nothing about you as a person. Other groups are open to you: **/group find** shows them.
    If you'd like to talk about it, you can ask a coordinator.
seat-over-anew = **Your seat in { $group } has ended, because you left the server after you took it.**
    It is so for everybody who leaves. Nobody decided anything about you, and you're welcome back.
    On the server, **/group find** shows what you can join. A private group is joined with a new code.
passed-on = **That's fine.** The seat goes to the next person in line.
    You keep your place on the waitlist of { $group }. You are number { $place }.
left-group = **You've left { $group }.** Thank you for the time you shared. You're welcome back.
left-list = **You've left the waitlist of { $group }.** You can join it again, and would then start at its end.

# In a direct message.
offer-message = **A seat in { $group } is free and you're next.** It's yours until { $until }.
    If now isn't right, you keep your place on the waitlist.
    You can answer here, or with **/group mine** on the server.

# In a direct message, so without any name.
group-news-paused = **One of your groups is paused.** It does not meet for now. You keep your place in it.
    I'll tell you when it goes on. **/group mine** on the server shows which one.
group-news-resumed = **One of your groups goes on.** **/group mine** on the server shows which one.
group-news-ending = **One of your groups comes to an end.** Its last day is { $day }.
    You hear it now so that there is time for a proper goodbye.
    At the last meeting you can look back, thank each other and talk about what comes next.
    I delete the group's records 30 days after that. **/group mine** on the server shows which group it is.
    {""}**/group find** shows others. If you need somebody, press **Help now**.
group-news-staying = **One of your groups does not end after all.** It goes on as before.
    {""}**/group mine** on the server shows which one.

mine-title = **Your groups on this server.** Only you can see this message.
mine-none = **You are in no group on this server.** Only you can see this message.
    {""}**/group find** shows what you can join.
mine-reminders = { $choice ->
        [on] Messages: I may send you reminders and offers.
        [closed] **Messages: Discord did not let me send you one.** I won't try again by myself. First, please allow direct messages from this server.
       *[off] Messages: I send you none.
    }
reminders-on = Send me messages
reminders-again = Try messages again
reminders-off = Stop messages

staff-group-title = New group
staff-group-name = Name
staff-group-name-hint = Neutral, as it shows in messages: Tuesday Circle, not what people share
staff-group-about = Who it is for
staff-group-about-hint = Shown only to people who look for a group
staff-group-medium = How it meets
staff-group-medium-text = By text
staff-group-medium-voice = By voice
staff-group-places = Places
staff-group-places-hint = Members at most. Facilitators are not counted
staff-group-places-option = { $places } places
staff-group-language = Language
staff-group-language-usual = English
staff-group-name-taken = There is a group of this name already. Nothing was changed. Please choose another name.
staff-group-places-wrong = Such a group has { $fewest } to { $most } places. Nothing was changed. Please choose again.
staff-group-day-unknown = I can't read that day, or it could be two days. Nothing was changed.
    Please write it like **1 December 2026** or **2026-12-01**.
staff-group-cycle-half = A cycle needs its first day and its last day. Nothing was changed. Please fill in both, or none.
staff-group-cycle-backward = That cycle would be over already, end before it begins, or last over a year.
    Nothing was changed. Please check both days.
staff-group-cycle-far = That cycle begins more than a year from now. Nothing was changed. Please check the days.
staff-group-end-when = The last day can be today or up to { $days } days ahead. Nothing was changed.
    Please choose another day.
staff-group-has-ended = This group has ended, so nothing was changed. Its records are deleted 30 days after its last day.
    Please make a new group instead.
staff-group-made = **{ $group } is made.** It has { $places } places. Nothing public was posted.
    Next: add its facilitators with **/manage facilitator add**, and its meetings with **/manage series add**.
    Its kind, and what else can be set, you can change with the buttons below. People find it with **/group find** once your smallest team is there and a test has reached it. **/setup** shows what is missing.

staff-group-card = **How { $group } is set.** Only you can see this message.
staff-group-words = { $group } · { $language } · by { $medium ->
        [voice] voice
       *[text] text
    }
    For: { $about }
staff-group-terms = { $kind ->
        [closed] Closed: people join before a cycle begins. { $cycle ->
            [none] No cycle is set, so nobody can join yet.
           *[set] Cycle: { DATETIME($first, dateStyle: "long") } to { DATETIME($last, dateStyle: "long") }.
        }
        [drop_in] Drop-in: people come when they like.
       *[open] Open: people join at any time.
    } { $places } places.
staff-group-seats = Seats: { $seated } taken, { $free } free. Waiting: { $waiting }.
staff-group-holders = Facilitators: { $people ->
        [none] nobody yet
       *[other] { $people }
    }. Backups: { $backups }.
staff-group-is-private = Who finds it: { $on ->
        [on] nobody; people join with an invite code.
       *[off] everybody on this server, while it takes people.
    }
staff-group-is-tasters = Tasters: { $on ->
        [on] people may try one meeting.
       *[off] nobody may try one meeting.
    }
staff-group-is-slow = Slow typing: { $on ->
        [on] yes, so whatever waits for somebody waits twice as long.
       *[off] no.
    }
staff-group-is-paused = **It is paused.** It does not meet, and nobody can join it.
staff-group-is-ending = **It ends { $ends }.** Nobody can join it any more.
staff-group-is-archived = **It has ended.** Its records are deleted { $deleted }.
staff-group-words-change = Name and words
staff-group-words-title = Name and words
staff-group-words-kept = **Done.** It was:
    { $before }
    It is now:
    { $after }
staff-group-terms-change = Kind and places
staff-group-terms-title = Kind and places
staff-group-kind = Kind
staff-group-kind-open = Open: people join at any time
staff-group-kind-closed = Closed: people join before a cycle begins
staff-group-kind-drop_in = Drop-in: people come when they like
staff-group-places-kinds = 4 to 12; a drop-in group may have up to 25
staff-group-first = First day of the cycle
staff-group-last = Last day of the cycle
staff-group-day-hint = Such as 1 December 2026. Only for a closed group
staff-group-turn-private = { $to ->
        [on] Make it private
       *[off] Let everybody find it
    }
staff-group-turn-tasters = { $to ->
        [on] Allow tasters
       *[off] Turn tasters off
    }
staff-group-turn-slow = { $to ->
        [on] Slow typing on
       *[off] Slow typing off
    }
staff-group-confirm = Yes, change it
staff-group-undo = Undo
staff-group-back = How it is set
staff-group-check = **Change { $group }?** Nothing is changed yet.
    People with a seat: { $seated }. People who wait: { $waiting }.
    Before: { $before }
    After: { $after }
    Nobody loses a seat or a place on the waitlist. An offer that was made is kept.
staff-group-fewer = There would be fewer places than people. They stay; a seat that is given back then goes.
staff-group-changed = **{ $group } is changed.**
    Before: { $before }
    Now: { $after }
staff-group-pause = Pause it
staff-group-pause-confirm = Yes, pause it
staff-group-pause-check = **Pause { $group }?** Nothing is changed yet.
    People with a seat: { $seated }. People who wait: { $waiting }. All of them keep what they have.
    While it is paused it does not meet, nobody joins it, and no seat is offered. An offer that was made is kept.
    A meeting whose room is there already takes place. People who asked for messages are told.
staff-group-paused = **{ $group } is paused.** It does not meet, nobody joins it, and no seat is offered.
    People with a seat: { $seated }. People who wait: { $waiting }. **/manage group resume** lets it go on.
staff-group-paused-already = { $group } is paused already. Nothing was changed. **/manage group resume** lets it go on.
staff-group-not-paused = { $group } is not paused. Nothing was changed. **/manage group pause** lets it rest.
staff-group-resume = Let it go on
staff-group-resumed = **{ $group } goes on.** It meets again, and free seats are offered to those who wait.
    People with a seat: { $seated }. People who wait: { $waiting }.
staff-group-end = End it
staff-group-stay = Do not end it
staff-group-end-confirm = Yes, announce it
staff-group-end-other-day = Another last day
staff-group-end-title = End a group
staff-group-end-day = Last day
staff-group-end-day-hint = Such as 1 December 2026
staff-group-end-check = **End { $group } after { DATETIME($day, dateStyle: "full") }?** Nothing is changed yet.
    People with a seat: { $seated }. People who wait: { $waiting }.
    They find it in **/group mine** at once; those who asked for messages are told now. Nobody joins it any more.
    On { $ends } all seats, places on the waitlist and rooms to come end. Until then you can undo it.
    Its records are deleted on { $deleted }.
staff-group-end-again = **An end is announced already:** { $ends }. The new day would take its place.
staff-group-end-announced = **{ $group } ends after { DATETIME($day, dateStyle: "full") }.** Its people are told.
    People with a seat: { $seated }. People who wait: { $waiting }.
    Everything ends on { $ends }; its records are deleted on { $deleted }. Until it ends you can undo it.
staff-group-stayed = **{ $group } does not end.** It goes on as before.
    People with a seat: { $seated }. People who wait: { $waiting }.
staff-roster = **Who is in { $group }.** Only you can see this message. Please tell nobody outside the group.
    With a seat: { $seated }. Waiting: { $waiting }.
staff-roster-member = - { $person }, since { $since }
staff-roster-taster = - { $person }, taster, since { $since }
staff-roster-facilitators = Facilitators: { $people ->
        [none] nobody yet
       *[other] { $people }
    }

staff-facilitator-added = **Done.** { $person } now facilitates { $group }.
    A facilitator holds no seat in the group. If they had one, or waited for one, it has been given back.
    {""}**/manage facilitator remove** lets them not facilitate it any more.
staff-facilitator-apart = **{ $person } and { $people } are to be kept apart.** Nothing was changed yet.
    They have a seat in { $group }, wait for one or facilitate it. Only you see this, and neither is told.
    A facilitator sees the room and who is in the group.
staff-facilitator-apart-confirm = Add them all the same
staff-facilitator-removed = **Done.** { $person } does not facilitate { $group } any more and sees its rooms no more.
    They are still in the team. **/manage team remove** takes that part away too.
staff-facilitator-remove-confirm = Yes, take them out
staff-facilitator-last = **Nobody else facilitates { $group }.** Nothing is changed yet.
    Without { $person } no meeting of it can open, unless somebody takes it over.
    People with a seat: { $seated }. People who wait: { $waiting }.
staff-facilitator-was-not = This person does not facilitate that group. Nothing was changed. Please choose another.
staff-backups = **Who may take a meeting of { $group } over:** { $people ->
        [none] nobody yet
       *[other] { $people }
    }
    They are asked when no facilitator is there, and learn which group it is only when they take it over.
staff-backup-added = **Done.** { $person } may be asked, and is in the team of facilitators.
staff-backup-apart = **{ $person } and { $people } are to be kept apart.** Nothing was changed yet.
    They have a seat in { $group }, wait for one or facilitate it. Only you see this, and neither is told.
    While the two are to be kept apart, { $person } can't take a meeting over, even if asked.
staff-backup-removed = **Done.** { $person } is not asked any more. They are still in the team.
staff-backup-was-not = This person is not one of those who are asked. Nothing was changed.
    {""}**/manage facilitator backup** without a person shows who is.
staff-backup-facilitates = This person facilitates the group, so they need not be asked. Nothing was changed.
    Please choose somebody else.
staff-invite-list = Invite codes
staff-invites = **Codes that lead into { $group }.** { $private ->
        [yes] Nobody finds it without one.
       *[no] People also find it without one, as it is not private.
    }
staff-invites-none = There is no code now.
staff-invite-fresh = **New code: `{ $code }`** I can show it only now. Please pass it on in private.
    Whoever has it types **/group join** with it as *code*, reads the agreement, and joins.
staff-invite-withdrawn = **Done.** That code leads nowhere any more. Who came in by it stays.
staff-invite-line = { $n }. made { $made }, until { $until }, { $uses ->
        [any] for any number of people
        [1] for 1 more person
       *[other] for { $uses } more people
    }
staff-invite-number = Code { $n }
staff-invite-new = New code
staff-invite-withdraw = Withdraw a code
staff-invite-title = New code
staff-invite-uses = How many people may use it
staff-invite-uses-hint = Leave empty for any number
staff-invite-days = For how many days it works
staff-invite-numbers = A code is for 1 to { $uses } people, or any number, and for 1 to { $days } days. Nothing was changed.
    Please check the numbers.
staff-invite-too-many = This group has { $most } codes already. Nothing was changed. Please withdraw one first.
staff-facilitator-was = { $person } facilitates { $group } already. Nothing was changed.
staff-facilitator-is-bot = A bot can't facilitate a group. Nothing was changed. Please choose a person.

# Seats that a coordinator confirms, and people to keep apart.
staff-seats-wait = { $count ->
        [one] **1 seat waits to be confirmed.**
       *[other] **{ $count } seats wait to be confirmed.**
    } { $people }
    Only you see who it is. Those behind them in line wait as well.
staff-seats-show = Show who waits
staff-seats-none = **Nobody waits for a seat to be confirmed.** Only you can see this message.
staff-seats-list = **People who wait to be confirmed: { $count }.** Only you can see this. Page { $page } of { $pages }.
staff-seats-one = { $n }. { $person } · { $group } · { $tries ->
        [yes] to try one meeting
       *[no] to join
    } · { $held ->
        [yes] a seat is held for them
       *[no] no seat is free yet, number { $place } in line
    }
staff-seats-nothing-to-try = This person asked to try one meeting. None can be tried now. Nothing was changed.
    No seat is held for them, no meeting is planned, or the group has no tasters. You can wait, or decline.
staff-seats-apart = **Keep apart:** { $people } has a seat there, waits there or facilitates it.
staff-seats-confirm = Confirm { $n }
staff-seats-decline = Decline { $n }
staff-seats-decline-one = Decline for this 1 person
staff-seats-check = **1 person would lose their place in line.** { $person } asked for a seat in { $group }.
    They read kindly that there is no seat for them just now, without a reason. They may ask again.
staff-seats-on = **A coordinator confirms each seat.** **/manage member confirm** shows who waits.
staff-seats-off = **Seats are given in turn, and nobody confirms them.**
staff-seats-if-on = If you turn it off, seats go in turn to those who wait: { $waiting ->
        [one] 1 person
       *[other] { $waiting } people
    }. Those who asked to try one meeting are offered a seat in turn as well.
staff-seats-if-off = If you turn it on, nobody new has a seat before a coordinator confirms it.
    People who have a seat keep it. An offer made is kept. Others who wait, to be confirmed then: { $waiting } at most.
staff-seats-turn-on = Confirm each seat from now on
staff-seats-turn-off = Confirm seats no longer
staff-seats-pairs = It can't be turned off while people are kept apart, because it is how they are. Nothing was changed.
    {""}**/manage keep-apart list** shows them.
staff-apart-check = **Keep { $one } and { $other } apart?** Nothing was changed yet. This is about 2 people.
    Only coordinators see it, and no reason is kept. Neither of the two is told.
    You read of it when one asks for a seat where the other is. You decide then.
staff-apart-turns-on = **From then on a coordinator confirms each seat, in all groups.** Otherwise it would show.
    It can't be turned off while people are kept apart. People who wait now, to be confirmed then: { $waiting } at most.
staff-apart-add = Keep these 2 people apart
staff-apart-known = { $one } and { $other } are kept apart already. Nothing was changed.
    {""}**/manage keep-apart remove** takes it back.
staff-apart-same = These need to be two people. Nothing was changed. Please choose another person.
staff-apart-added = **Done.** { $one } and { $other } are kept apart. Only coordinators see it.
staff-apart-shared = **They share a group already:** { $groups }. Each has a seat, waits or facilitates there.
    Nothing changes there by itself. Please talk with your lead about what to do.
staff-apart-none-shared = They share no group now.
staff-apart-removed = **Done.** { $one } and { $other } are kept apart no longer.
    Whether a coordinator confirms each seat stays as it is. **/manage server** changes it.
staff-apart-was-not = { $one } and { $other } are not kept apart. Nothing was changed.
    {""}**/manage keep-apart list** shows who is.
staff-apart-none = **Nobody is kept apart.** Only you can see this message.
    {""}**/manage keep-apart add** keeps two people apart.
staff-apart-list = **People who are kept apart.** Only you can see this message.
staff-apart-pair = - { $one } and { $other }

# A pause of somebody's access, and the end of a membership.
staff-second = **A decision about a member waits for a second person.** { $people }
    Please open it to see what it is. Only you see that. It lapses { $lapses }.
staff-member-open = Open
staff-member-proposed = **Proposed. It needs a second person.** I asked in the facilitators' channel, without a name.
    Until then nothing changes. If nobody confirms it, it lapses { $lapses }.
staff-member-decide = **You are asked as the second person.** { $by } proposed this. It lapses { $lapses }.
    Only you can see this message. Please speak with each other outside this bot if you are not sure.
staff-member-pause = It is about { $person }: a pause of their access to { $group }, until { $until }.
staff-member-end = It is about { $person }: an end of their membership of { $group }.
staff-member-then-pause = 1 person then sees no room of this group until that date, one that is open now included.
    They keep their seat. They read the end date, and that they can write to the lead.
staff-member-then-end = 1 person then loses seat, place on the waitlist and access at once. They can't join this group again.
    They read that they can write to the lead. A coordinator can take it back.
staff-member-confirm-pause = Pause this 1 person
staff-member-confirm-end = End it for this 1 person
staff-member-decline = Do not do it
staff-member-withdraw = Take it back
staff-member-confirmed = **Done. It holds from now on.** A coordinator can take it back with **/manage member restore**.
staff-member-declined = **It is not done, and nobody is asked about it any more.** Nothing was changed for anybody.
staff-member-found = { $state ->
        [proposed] **This is proposed and waits for a second person.**
       *[stands] **This holds now.**
    }
staff-member-back-pause = If you take it back, 1 person has access again at once.
staff-member-back-end = If you take it back, 1 person may join again. A seat that is gone does not come back by itself.
staff-member-restore = Take it back for this 1 person
staff-member-restored = **Done. It is taken back and holds no more.**
staff-member-none = Nothing is proposed and nothing holds about this person in this group. Nothing was changed.
    {""}**/manage group roster** shows who has a seat in it.
staff-member-there = Something is proposed or holds about this person in this group already. Nothing was changed.
    {""}**/manage member restore** shows it.
staff-member-second = You proposed this, so another person has to confirm it. Nothing was changed.
    Please wait for them, or take it back.
staff-member-over = This was decided, lapsed or was taken back. Nothing was changed.
    {""}**/manage member restore** shows a coordinator how it is now.
staff-member-oneself = This can't be about yourself. Nothing was changed. Please choose another person.
staff-member-not-there = This person has nothing to pause or to end in this group. Nothing was changed.
    {""}**/manage group roster** shows who has a seat in it.
staff-member-days = A pause lasts from 1 to { $most } days. Nothing was changed. Please choose a number between.

member-pause = **Your access to { $group } is paused until { $until }.** Two people of the team decided this.
    You keep your seat. Until then you can't see the group's rooms. It ends by itself.
    If you think it is wrong, you can write to { $lead }. They look at it again.
member-end = **Your seat in { $group } has ended.** Two people of the team decided this.
    You can't join this group again for now. Other groups are open to you.
    If you think it is wrong, you can write to { $lead }. They look at it again.
member-pause-over = **Your access to { $group } is back.** You find its next room as before.
member-end-over = **You can join { $group } again.** **/group find** shows whether it has a place free.
join-ended = The team has ended your time in this group, so you are not in it and can't join it. Nothing was changed.
    If you think it is wrong, you can write to { $lead }. **/group find** shows other groups.
standing-paused = **Your access is paused until { $until }.** You keep your seat.
    You can write to { $lead } about it.

kept-measure = Your time in { $group }: { $kind ->
        [pause] a pause of your access
       *[end] an end of your seat
    }, { $state ->
        [proposed] which two people have still to decide.
        [stands] which holds now.
       *[over] which holds no more.
    }

kept-seat = Your seat in { $group }, since { $since }: so that you can come to its room.
kept-seat-ended = Your seat in { $group } from { $since } to { $ended }.
kept-wait = Your place on the waitlist of { $group }, since { $since }: so that you get a seat in turn.{ $tries ->
        [yes] {" "}You asked to try one meeting.
       *[no] {""}
    }
kept-wait-ended = Your place on the waitlist of { $group } from { $since } to { $ended }, and what a coordinator said to it.{ $tries ->
        [yes] {" "}You asked to try one meeting.
       *[no] {""}
    }
kept-offer = An offer of a seat in { $group } on { $made }. { $answer ->
        [taken] You took it.
        [passed] You passed it on.
        [unanswered] It ended without an answer.
        [withdrawn] It was taken back when you left the list.
       *[open] You have not answered it yet.
    }
kept-taster = That you took a seat to try one meeting, on { $since }. { $outcome ->
        [joined] Then you joined.
        [declined] You said no, thank you.
        [unanswered] You did not answer if it was right for you.
        [not_held] No meeting took place in time.
        [left] You left before you were asked.
       *[none] You have not said yet if it was right for you.
    }
kept-facilitating = That you facilitate { $group }, since { $since }.
kept-backup = That you may be asked to take a meeting of a group over, since { $since }.
kept-code-tries = That you typed a code that leads nowhere: so that nobody can guess one.
kept-reminders = Your choice about messages: { $choice ->
        [on] I may send you some.
        [closed] I may send you some, but Discord refused one.
       *[off] I send you none.
    }
kept-writing = You would rather write than speak. It is kept until you change it or leave the server.

doctor-check-facilitators = two people for each group
doctor-check-dates = dates to come
doctor-no-facilitator = Groups with no facilitator: { $groups }. No room opens without one. Use **/manage facilitator add**.
doctor-one-facilitator = Groups with one facilitator: { $groups }. Please add a second one with **/manage facilitator add**.
doctor-no-date = Groups with no meeting to come: { $groups }. Plan one with **/manage series add**, or pause the group.

setup-no-group = There is no group yet.
setup-no-date = No group has a meeting to come.
practice-group = Practice
practice-group-about = For our team: to see how a meeting goes
practice-group-language = English
practice-no-facilitator = A room opens only with a facilitator, and the team has none yet. Nothing was begun.
    Add one with **/manage team add** first.
