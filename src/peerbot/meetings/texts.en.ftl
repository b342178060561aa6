# Meetings and their rooms.

cmd-meeting = The meetings of your groups
cmd-meeting-next = When your groups meet next, shown to you alone
cmd-meeting-coming = All meetings of your groups in the next weeks, shown to you alone
cmd-meeting-away = Say that you will not come to one meeting; nobody is told who
cmd-meeting-away-meeting = The meeting
cmd-meeting-calendar = A calendar file of your meetings, given to you alone
cmd-manage-series = When a group meets
cmd-manage-series-add = Let a group meet every week or few weeks, once a month, or every day
cmd-manage-series-list = When a group meets, with its next dates
cmd-manage-series-skip = Leave out one date, or a break of several; all others stay
cmd-manage-series-move = Let one meeting be on another day or at another time; all others stay
cmd-manage-series-move-date = The date to move, such as 8 December
cmd-manage-series-move-to = The new day, such as 10 December
cmd-manage-series-move-time = The new local time, such as 19:00; if you leave it out, the usual one
cmd-manage-series-pause = Let a series rest up to a date, or until further notice
cmd-manage-series-pause-until = Its last day, such as 6 January; empty: until further notice
cmd-manage-series-resume = Let a paused series go on
cmd-manage-series-end = Let a series bring no more meetings
cmd-manage-series-which = The series
cmd-manage-series-skip-date = The date to leave out, such as 8 December
cmd-manage-series-skip-until = For a break: its last day
cmd-manage-series-add-group = The group
cmd-manage-series-add-weekday = Such as Tuesday; if you leave it out, that of the first date
cmd-manage-series-add-time = Local time, such as 19:00 or 7.30 pm
cmd-manage-series-add-zone = City or country; empty: yours of last time, or the server's
cmd-manage-series-add-every-weeks = 1 is every week, 2 every other week; 1 if you leave it out
cmd-manage-series-add-minutes = How long a meeting lasts; 90 if you leave it out
cmd-manage-series-add-repeats = How it repeats; every week if you leave it out
cmd-manage-series-add-last-date = Such as 30 June; if you leave it out, there is no end
cmd-manage-room = The rooms of meetings
cmd-manage-room-times = When a group's rooms are made, closed and deleted
cmd-manage-series-add-times = How often in all; if you leave it out, there is no end
cmd-manage-series-add-first-date = Such as 1 December; if you leave it out, the next such day

# What a room says. Its people know whose it is, so the group's name may stand here and nowhere else.
room-lobby = **{ $group }** meets here at { $starts }.
    { $medium ->
        [voice] You can look around now. You can join the voice, and write, once a facilitator has opened the room.
       *[text] You can look around now. You can write once a facilitator has opened the room.
    }
    Facilitators: please press **Facilitator here** when you are. The room opens on time, and only with one of you.
    If you need help right now, press **Help now**.
room-facilitator-here = Facilitator here
room-agreement-changed =
    What this group has agreed on has changed. If you have not agreed to it yet, you can read here, not write.
    Press **Read what changed**. Only you see the answer.
room-reduced =
    Cover is reduced today: fewer of the team are at hand than usual. **Help now** works as always.
place-more-rooms = Meeting rooms { $number }
room-locked =
    This room is closed now. Its members can't write here any more.
    It is deleted at { $deletes }, with everything in it.
    If you need someone, press **Help now**.
room-hold-asking =
    This room stays a little longer than was said, until { $until } at most.
    The team decides until then whether to keep it for some days. Nobody can write here.
    If you need someone, press **Help now**.
room-held =
    This room is kept until { $until } at most. Two people of the team have decided so.
    Something from it is still being looked after. Nobody can write here. Then it is deleted, with everything in it.
    If you need someone, press **Help now**.
room-called-off =
    This meeting can't take place today. We're sorry. It has nothing to do with you.
    { $next ->
        [none] No next meeting is planned yet.
       *[known] Next time: { $next }.
    }
    If you need someone now, press **Help now**.

# What facilitators let a room hear. Nobody is named.
room-longer = We have a little more time: we finish at { $ends }.
room-as-planned = We finish at { $ends } after all, as planned.
room-ended-now =
    We finish now. Thank you for being here, in whatever way you were.
    Please leave other people's stories in this room. Nothing to save, nothing to forward.
    Be a little kind to yourself today. If you need someone, press **Help now**.
    { $next ->
        [none] No next meeting is planned yet.
       *[known] Next time: { $next }. Come if you want to.
    }
room-paused =
    Let's pause for a little. Nobody needs to write now; we go on { $until }.
    Have a sip of water, a breath, a look out of the window.
    If you'd like company, press **Tell a facilitator**.
room-goes-on =
    We go on. Take your time. You can pass at any time, or just read.
room-clauses = **What this group has added to the agreement**
room-hidden =
    A facilitator took a message down. It had details that could hurt someone reading.
    Whoever wrote it is welcome here, and so is what they feel.
    Would you like to talk with one of us? Press **Tell a facilitator**.
room-door-shuts =
    So that we know who is with us, nobody new comes in from { $at } on.
    Are you here, even just reading? Please press **I'm here** now.
    Who has pressed it today, or was seen in the voice, need do nothing.
room-door-opens = The room is open again for everybody in this group.

# Told in private to one person.
meeting-limit-out =
    A facilitator asked you to step out of today's meeting. You can't see its room any more.
    This holds for this meeting only. You keep your seat, and you are welcome next time.
    If you need someone now, press **Help now**.
meeting-limit-quiet =
    A facilitator asked you to just read for the rest of today's meeting. You can't write there now.
    This holds for this meeting only. You keep your seat, and you are welcome next time.
    If you need someone now, press **Help now**.
meeting-limit-back = You can see and write in today's meeting again. **/meeting next** shows where.
meeting-why-out = A facilitator asked you to step out of this one meeting. You keep your seat. **/help-now** works at any time.
meeting-why-door = This room takes nobody new today. You keep your seat. **/help-now** works at any time.
meeting-why-quiet = A facilitator asked you to just read in this one meeting. **/help-now** works at any time.

meeting-missed =
    You weren't at one of your groups for a little while. No need to explain: life happens.
    And sometimes people simply don't need a group any more.
    { $next ->
        [none] No next meeting is planned yet. There is a seat for you.
       *[known] The next meeting is { $next }, and there is a seat for you.
    }
    You need not answer. I won't ask again.
meeting-missed-come = See you there
meeting-missed-others = Other groups
meeting-missed-stop = Don't send these
meeting-missed-undo = Send them after all
meeting-missed-came = { $next ->
        [none] Thank you. No next meeting is planned yet. On the server, **/meeting next** shows when there is one.
       *[known] Thank you. See you on { $next }. You need do nothing more.
    }
meeting-missed-look = On the server, **/group find** shows all groups you can join. You keep your seat meanwhile.
meeting-missed-stopped = I won't send you notes like this one any more. You keep your seat, and other messages you asked for.
meeting-missed-again = I may send you such a note again, once, if you are missed.
room-for-facilitators = For facilitators

# For those who hold a meeting, shown to them alone.
cmd-facilitate = For facilitators: what you can do in your meeting
cmd-facilitate-open = Say that you are there, so that the room opens
cmd-facilitate-close = End the meeting now; asks you first
cmd-facilitate-extend = Let the meeting last a little longer
cmd-facilitate-extend-minutes = 5 to 30; 10 if you leave it out
cmd-facilitate-lock-late = Let nobody in who was not seen yet; asks you first
cmd-facilitate-remind = Say a reminder in the room again
cmd-facilitate-remind-what = Which; the agreement if you leave it out
cmd-facilitate-pause = Let nobody write for some minutes
cmd-facilitate-pause-minutes = 1 to 10; 5 if you leave it out
cmd-facilitate-step-out = Ask one person to step out of this meeting
cmd-facilitate-person = Who
cmd-facilitate-quiet = Let one person read and not write in this meeting
cmd-facilitate-hide = Take a message down in your room; asks you first
cmd-facilitate-hide-message = Its link or its id
cmd-facilitate-console = All of this as buttons, shown to you alone
cmd-facilitate-cover = See who can help you, and ask for one more facilitator
cmd-facilitate-sos = Get your co-facilitator and the team, unseen by the room
cmd-facilitate-message = Take down in this room
staff-facilitate-console = Console
staff-facilitate-none =
    You hold no meeting just now, so nothing was changed.
    From the moment its room is there, facilitators use this in it. **/meeting next** shows when that is.
staff-facilitate-which = You hold more than one meeting just now, so nothing was changed. Please use this in the room you mean.
staff-facilitate-not-open = The room is not open yet, so nothing was changed. **/facilitate open** says that you are there.
staff-facilitate-title = **Your console for { $room }**, shown to you alone. { $opens ->
        [yes] The meeting runs until { $ends }.
        [no] The room opens at { $starts }, once a facilitator is there.
       *[over] The meeting is over. Its room goes at { $deletes }.
    }
staff-facilitate-seen = Seen so far: { $present } of { $expected }.
staff-facilitate-writing = { $count ->
        [most] Most members
        [one] 1 member
       *[other] { $count } members
    } would rather write than speak. Please look at the room's chat too, and leave time for it.
staff-facilitate-is-paused = Nobody writes just now; that ends { $until }.
staff-facilitate-door = { $shut ->
        [yes] Nobody new is let in.
       *[no] From { $at } on nobody new is let in.
    }
staff-facilitate-limits = Out: { $out }. Reading only: { $quiet }.
staff-facilitate-hide-how = To take a message down: its menu, then **Apps**, then **Take down in this room**.
staff-facilitate-remind = Remind…
staff-facilitate-pause = Pause { $minutes } minutes
staff-facilitate-go-on = Go on now
staff-facilitate-extend = { $minutes } minutes more
staff-facilitate-one = One person…
staff-facilitate-shut = Shut the door…
staff-facilitate-door-open = Open the door again
staff-facilitate-end = End the meeting…
staff-facilitate-close-check = **End the meeting in { $room } now?** Nothing has changed yet.
    { $present } of { $expected } members were seen. Everybody in the room is touched by it, and it can't be taken back.
    The closing words are said, if they were not said yet. The room can be written in until { $locks }, or is locked at once.
    It is deleted at { $deletes }.
staff-facilitate-close-soon = Yes, and lock it { $at_once ->
        [yes] at once
       *[no] as usual
    }
staff-facilitate-closed = **The meeting has ended.** { $at_once ->
        [yes] The room is locked now
       *[no] The room is locked at { $locks }
    }, and deleted at { $deletes }.
staff-facilitate-longer = **The meeting now ends at { $ends }.** Its room is told, and is locked and deleted that much later.
staff-facilitate-shorter = **The meeting ends at { $ends } again.** Its room is told.
staff-facilitate-longest =
    A meeting can be made longer by { $least } to { $most } minutes, and by { $most } in all. Nothing was changed.
    This one can still be made longer by { $left } minutes.
staff-facilitate-undo-late = It is too late to take that back, so nothing was changed. **/facilitate close** ends the meeting.
staff-facilitate-undo = Undo
staff-facilitate-remind-which = **What shall I say in the room again?**
staff-facilitate-remind-menu = Choose one
staff-facilitate-remind-opening = The opening words, with the numbers to call
staff-facilitate-remind-half-way = The words of half-way
staff-facilitate-remind-closing = The closing words
staff-facilitate-remind-agreement = The agreement and its limits
staff-facilitate-reminded = **I say it in the room now.**
staff-facilitate-pause-minutes = A pause lasts 1 to { $most } minutes. Nothing was changed. Please choose a number between.
staff-facilitate-paused = **Nobody but facilitators writes now.** The room is told kindly. It goes on by itself { $until }.
staff-facilitate-goes-on = **Everybody can write.** The room is told if it was paused.
staff-facilitate-limit-title = One person
staff-facilitate-limit-who = Who
staff-facilitate-limit-what = What
staff-facilitate-limit-out = Ask them to step out
staff-facilitate-limit-out-hint = They no longer see the room, until the end. You can take it back
staff-facilitate-limit-quiet = Let them read and not write
staff-facilitate-limit-quiet-hint = Until the end. You can take it back
staff-facilitate-limit-back = Let them back
staff-facilitate-limit-back-hint = They see the room and write as before
staff-facilitate-limit-out-done = **{ $person } is asked to step out of this one meeting.** They keep their seat.
    The room does not hear of it. They are told by message if they allow that, and by **/meeting next**.
    Are you worried about them? Raise a concern: **/concern**. For numbers to call: **/help-now**.
staff-facilitate-limit-quiet-done = **{ $person } can read and not write, in this one meeting.** They keep their seat.
    The room does not hear of it. They are told by message if they allow that, and by **/meeting next**.
    I can't switch a voice off: in a voice room they can still talk.
staff-facilitate-limit-back-done = { $held ->
        [yes] **{ $person } can see the room and write again.**
       *[no] Nothing held for { $person }, so nothing was changed.
    }
staff-limited-untold = **My message to { $person } about the meeting you hold did not arrive.** Discord refused it.
    They may not know yet. The room has not heard of it. They find it with **/meeting next**, on the server.
    Please tell them kindly and in private, if you can.
staff-meeting-untold = **{ $room }**: my message to one person about this meeting did not arrive. { $people }
    Nor did mine to the facilitator who asked me to tell them. They find it with **/meeting next**.
    If one of you asked somebody to step out or just to read, please tell them kindly and in private.
staff-facilitate-no-facilitator = That person holds this meeting too, so nothing was changed. If you are worried, use **/concern**.
staff-facilitate-no-member = That person has no seat in this group, so nothing was changed. Please choose one of its members.
staff-facilitate-door-check = **Shut the door of { $room }?** Nothing has changed yet.
    { $unseen } of { $expected } members were not seen yet. The room is asked to press **I'm here**.
    After two minutes, whoever is still not seen no longer sees the room in this meeting. They keep their seat.
    You can open the door again at any time.
staff-facilitate-door-yes = Yes, shut it
staff-facilitate-door-shut = **The door shuts at { $at }.** The room is told, and asked who is there.
staff-facilitate-door-opened = **The door is open.** Everybody in the group sees the room, except who was asked to step out.
staff-facilitate-hide-check = **Take this message down?** It can't be brought back. I have not read it.
    If it may matter for somebody's safety, raise a concern first: its menu, then **Apps**.
staff-facilitate-hide-yes = Yes, take it down
staff-facilitate-hidden = **I'm taking the message down.** Who wrote it is not told by me.
    You could say: "I've taken down what you wrote, because it had details that could hurt someone reading.
    {""}You are welcome here, and so is what you feel. Would you like to talk with one of us?"
    Or let me say something like it in the room, without naming anybody.
staff-facilitate-hide-say = Say it in the room
staff-facilitate-hide-said = **I say it in the room now.** Nobody is named.
staff-facilitate-cover = Who can help…
staff-facilitate-cover-title = **Who can help you**, shown to you alone.
staff-facilitate-cover-others = { $others ->
        [0] Nobody holds this meeting with you.
        [one] One other holds this meeting. { $there ->
            [0] They were not seen yet.
           *[other] They were seen.
        }
       *[other] { $others } others hold this meeting. Seen so far: { $there }.
    }
staff-facilitate-cover-backups = { $backups ->
        [0] This group has no backups.
        [one] 1 person backs this group up.
       *[other] { $backups } people back this group up.
    }
staff-facilitate-cover-line = { $reachable ->
        [yes] A lead or deputy can be paged.
       *[no] No lead or deputy can be paged just now. For numbers to call: **/help-now**.
    }
staff-facilitate-cover-asked = Another facilitator was asked to come. Nobody has said yes so far.
staff-facilitate-cover-ask = Ask for one more
staff-facilitate-cover-called = **I ask the other facilitators in their channel whether one can come.** The room does not hear of it.
    If it can't wait, press **Team, now** on the console.
staff-facilitate-sos = Team, now
staff-facilitate-list = Who was here
staff-facilitate-list-title = { $listed ->
        [yes] **The list of who was here.** It was confirmed; you can correct it until { $until }.
       *[no] **Who was here?** Please check the list, shown to you alone, and confirm it.
    }
    Here: { $seen }
    Not seen: { $unseen }
    Who was not seen twice in a row may get one kind message, if they allow messages.
staff-facilitate-list-nobody = nobody
staff-facilitate-list-confirm = Confirm list
staff-facilitate-list-change = Change it
staff-facilitate-list-who = Who was here
staff-facilitate-list-who-hint = Those who were seen are chosen already. Please add the others
staff-facilitate-listed = **The list is confirmed.** { $seen } of { $all } were here. Who said that they will not come is not missed.
staff-facilitate-list-none = This group keeps no list: people come when they like. Nothing was changed.
staff-facilitate-list-early = The list can be confirmed from { $at } on, shortly before the end. Nothing was changed.
staff-facilitate-no-message = I can't find that message in your room. Nothing was changed. Please use the message's own menu.
staff-facilitate-hide-ours = That message is mine: it carries the buttons for help. Nothing was changed.

# Direct messages use neutral words only: others may see the screen.
meeting-remind =
    A reminder you asked for: your meeting starts { $starts }, { $soon }.
    On the server, **/meeting next** shows where.
meeting-remind-changed = Something you agreed to has changed. On the server, **/agreement accept** shows what is new.

meeting-skipped =
    One of your groups changes its dates. { $count ->
        [one] The meeting on { $first } does not take place.
       *[other] The { $count } meetings from { $first } to { $last } do not take place.
    }
    On the server, **/meeting next** shows when you meet next.
meeting-moved =
    One of your groups changes its dates. The meeting on { $first } is moved to { $last }.
    On the server, **/meeting next** shows where.
meeting-paused =
    One of your groups pauses until further notice. The meetings from { $first } on do not take place.
    You will hear when it goes on. On the server, **/meeting next** shows your other meetings.
meeting-paused-until =
    One of your groups pauses. The meetings from { $first } on do not take place.
    It meets again on { $last }. On the server, **/meeting next** shows your meetings.
meeting-restored =
    One of your groups changes its dates. { $count ->
        [one] The meeting on { $first } takes place after all.
       *[other] The { $count } meetings from { $first } to { $last } take place after all.
    }
    On the server, **/meeting next** shows when you meet next.

# Private answers.
meeting-none =
    You have no meeting coming up.
    You can find groups with **/group find**, and yours with **/group mine**.
meeting-list = Your next meetings:
meeting-list-more = { $count ->
        [one] And 1 more, on { $last }.
       *[other] And { $count } more, up to { $last }.
    } A calendar has them all: **/meeting calendar**.
meeting-line = **{ $group }**: { $starts } ({ $wall })
meeting-line-room = **{ $group }**: { $starts } ({ $wall }). The room is there: { $room }
meeting-agreement-changed = Something you agreed to has changed. Until you agree, you can't write or join the voice.
calendar-title = Meeting
calendar-here =
    Your calendar file is here. Open it to put your meetings into your calendar.
    Each entry is called *Meeting*. It names no group and nobody.
    A calendar does not hear of changes. Come back here for a new file, and open that one too.
    Who sees your calendar will see these entries.
meeting-over = That meeting is over, or it was called off. Nothing was changed. **/meeting next** shows what comes.
meeting-here =
    Thank you for being here. That is noted for this meeting.
    The facilitators can see it. Other members can't.
meeting-here-late =
    You came after the opening, so here is what was said then. What's said here stays here: no screenshots, no recording.
    There are limits: if someone may be in danger, the team may need to pass it on.
    You can pass at any time, or just read.
meeting-here-late-voice = Writing in the room's chat is as welcome as speaking.
meeting-away =
    Thank you for saying so. You will not come on { $starts }. You keep your seat.
    The facilitators see how many will not come, not who.
meeting-away-undo = I come after all
meeting-back = Good. You are expected on { $starts } again.
meeting-back-undo = I will not come
meeting-choice = { $group }: { DATETIME($at, dateStyle: "full", timeStyle: "short") }, { $zone }
meeting-how-many-away = { $count ->
        [one] 1 person said that they will not come.
       *[other] { $count } people said that they will not come.
    }
meeting-how-many-new = { $count ->
        [one] One new person comes to try this meeting.
       *[other] { $count } new people come to try this meeting.
    }
meeting-facilitator-waits = Thank you for being here. The room opens at { $starts }, by itself.
meeting-facilitator-opens = Thank you for being here. The room is open.

meeting-reduced-choice = **Please choose how this meeting goes on.** It is to start at { $starts }. Cover is not full:
meeting-lacks-no-facilitators = No facilitator can be counted on.
meeting-lacks-facilitators = You are the only facilitator. Two are usual.
meeting-lacks-second-line = No lead or deputy beyond this room can be reached.
meeting-reduced-follows =
    With **Open with reduced cover** the room opens on time. Its opening message says that cover is reduced.
    With **Call it off** members are told kindly in the room, with their next date. You are asked once more first.
    If you choose nothing, the room stays closed.
meeting-open-reduced = Open with reduced cover
meeting-reduced-chosen = The opening message says that cover is reduced.
meeting-call-off = Call it off
meeting-off-check = **Call off the meeting at { $starts }?** Nothing has changed yet. { $people ->
        [one] 1 member is
       *[other] { $people } members are
    } expected.
    They are told kindly in the room, with their next date. The coordinator is told too.
    This can't be undone.
meeting-off-confirm = Yes, call it off
meeting-off = **The meeting is called off.** Its members are told kindly in the room. The coordinator is told too.
    Thank you for deciding.
meeting-open-already = That meeting has opened already, so it was not called off. Nothing was changed.

# For staff. In their channel a room's name says which meeting it is; the group's name stays out.
staff-meeting-nobody-there =
    Nobody is there yet: **{ $room }** was to open at { $starts }. { $people }
    Can one of you take it over? You would be its facilitator for this one meeting.
    If nobody can, I call it off in a few minutes and tell its members kindly.
staff-meeting-newcomers = { $count ->
        [one] One new person comes
       *[other] { $count } new people come
    } to **{ $room }** at { $starts }, to try one meeting. { $people }
    Please make them welcome, and don't point them out.
staff-meeting-take-over = I take it over
staff-meeting-yours =
    It is yours. You can see the room now: { $room }
    You are its facilitator until it is deleted.
staff-meeting-not-you = Please leave this meeting to somebody else of the team. Nothing was changed. Thank you for offering.
staff-meeting-taken = Somebody is there already, so nothing was changed. Thank you for offering.
staff-meeting-called-off-staff =
    A meeting was called off: nobody came to open **{ $room }** at { $starts }. { $people }
    Its members are told so kindly in the room, with their next date if there is one.
staff-meeting-called-off-by-choice =
    A meeting was called off by its facilitator: **{ $room }**, which was to open at { $starts }. { $people }
    Its members are told so kindly in the room, with their next date if there is one.
staff-meeting-gone =
    { $count ->
        [one] 1 person is
       *[other] { $count } people are
    } no longer on this server, or left it and came back, of those who were to meet at { $starts }. { $people }
    Their seats are free again, and whoever waits is asked. I looked for them before making the room.
staff-hold-ask = **A room is due to be deleted: { $room }.** { $people }
    An urgent concern from it is not closed. Shall the room be kept, for up to 7 days?
    Two of you need to say yes by { $until }. Otherwise it is deleted then, and the concern says so.
staff-hold-yes = Yes, keep it
staff-hold-first =
    Thank you. One more of you needs to say yes by { $until }, or **{ $room }** is deleted then.
staff-hold-kept = **{ $room } is kept** until { $until } at most. It is deleted earlier if the concern is closed.
staff-hold-over = That room is not waiting for an answer from you. Nothing was changed.
staff-cover =
    A meeting to come needs something: the one of { $starts }. { $people }
    To see whose it is, use **/manage series list**.
staff-cover-no-facilitators = No facilitator can be counted on. Please find two with **/manage facilitator add**.
staff-cover-facilitators = One facilitator can be counted on, and two are usual. Please find one more with **/manage facilitator add**.
staff-cover-unsent = Not counted is a facilitator to whom nothing goes out by itself. A lead knows more.
staff-cover-second-line = No lead or deputy beyond its facilitators can be reached. Please name one with **/manage team add**.
staff-cover-permissions = Without these permissions in the category of the rooms, its room can't be made:
staff-cover-mute = I can't write in the { $which }. I need **View Channel** and **Send Messages** there.
staff-meeting-missed =
    A meeting did not take place: the one of { $starts }{ $room ->
        [none] {""}
       *[known] , **{ $room }**
    }. { $people }
    I was not running, or its room could not be made in time. Please tell its members if you can.
staff-meeting-refused-permission =
    A room can't be used: Discord does not let me make or write in **{ $room }**, which opens at { $starts }. { $people }
    In the category of the rooms I need **View Channel**, **Send Messages**, **Manage Messages**, **Manage Channels** and **Manage Roles**.
    I try to make it again every minute until the meeting ends.
staff-meeting-refused-full =
    A room can't be made: there is no place left for **{ $room }**, which opens at { $starts }. { $people }
    A server can have 500 channels. Please delete some that nobody needs.
    I try again every minute until the meeting ends.
staff-meeting-refused-other =
    A room can't be used: Discord refused **{ $room }**, which opens at { $starts }, with code { $detail }. { $people }
    I try to make it again every minute until the meeting ends.
staff-meeting-not-deleted =
    A room is still there: **{ $room }** was to be deleted at { $deletes }. { $people }
    I go on trying. If I can't see it, or it has another name now, please delete it by hand.
staff-meeting-unsaid =
    Discord refused my message in **{ $room }**, with code { $detail }. { $people }
    I may lack **Send Messages** there, or a rule of AutoMod stopped it.
    Please tell the room yourselves what it needs to know.
staff-meeting-access-open =
    I can't let people write in **{ $room }**: Discord refuses it. { $people }
    I need **View Channel** and **Manage Roles** there. I try again every few minutes.
staff-meeting-access-lock =
    I can't stop the writing in **{ $room }**: Discord refuses it. { $people }
    I need **View Channel** and **Manage Roles** there. I try again every few minutes.
staff-meeting-access-people =
    I can't change who sees **{ $room }**: Discord refuses it. { $people }
    Somebody may read there who should not, or not read who should.
    I need **View Channel** and **Manage Roles** there. I try again every few minutes.
staff-meeting-helper-wanted =
    Who holds **{ $room }** asks for another facilitator to come. { $people }
    Can one of you? You would help to hold this one meeting.
staff-meeting-nobody-holds =
    Nobody holds **{ $room }** any more, and it is open. Its facilitator has just been taken out. { $people }
    Can one of you come now? You would hold this one meeting.
staff-meeting-come = I can come
staff-meeting-come-yours =
    Thank you. You can see the room now: { $room }
    You help to hold this one meeting, until its room is deleted.
staff-meeting-come-taken = Somebody else was quicker, so nothing was changed. Thank you for offering.
staff-meeting-not-hidden =
    A message could not be taken down in **{ $room }**: Discord refused it with code { $detail }. { $people }
    I need **Manage Messages** in that room. Please take the message down by hand if you can.

staff-series-check = **Please check these dates of { $group }.** Nothing is kept yet.
staff-series-rule =
    { $how }, { $time }, { $zone }, { $minutes } minutes. { $ends ->
        [date] The last is on { DATETIME($until, dateStyle: "long") } or before it.
        [count] It meets { $count } times in all.
       *[never] It has no end.
    }
staff-series-zone = { $because ->
        [typed] The zone is { $zone }, as you wrote. It will be offered to you first next time.
        [yours] The zone is { $zone }, which you used last time. To take another, fill in *zone*.
       *[server] The zone is { $zone }, the one of this server. To take another, fill in *zone*.
    }
series-list = **When { $group } meets.** Dates that are skipped are left out.
series-group-paused = The whole group is paused, so it has no dates now. **/manage group resume** lets it go on.
series-none = **{ $group }** has no series. You can add one with **/manage series add**.
series-choice = { $group }: { $how }, { $time }, { $zone }
series-date-choice = { DATETIME($at, dateStyle: "full") }
series-more = - and { $count } more
series-more-planned = - and { $count } more in the next eight weeks
series-more-series = { $count ->
        [one] There is 1 more series. It does not fit in here.
       *[other] There are { $count } more series. They do not fit in here.
    }
series-list-paused = { $ends ->
        [none] **Paused** from { DATETIME($first, dateStyle: "long") }, until further notice.
       *[known] **Paused** from { DATETIME($first, dateStyle: "long") } to { DATETIME($last, dateStyle: "long") }.
    }
series-undo = Undo
series-skip-check = **Skip { $count ->
        [one] this date
       *[other] these { $count } dates
    } of { $group }?** Nothing has changed yet.
    It touches { $people ->
        [one] 1 person
       *[other] { $people } people
    }. Those who asked for messages will be written to. All other dates stay as they are.
series-skip-confirm = { $count ->
        [one] Yes, skip it
       *[other] Yes, skip them
    }
series-skipped = **{ $count ->
        [one] This date is skipped.
       *[other] These { $count } dates are skipped.
    }** { $group } does not meet then. Those who asked for messages will be written to.
series-unskipped = **{ $count ->
        [one] This date takes place after all.
       *[other] These { $count } dates take place after all.
    }** Those of { $group } who asked for messages will be written to.
series-move-check = **Move this date of { $group }?** Nothing has changed yet.
    From { $was }
    to { $now }.
    It touches { $people ->
        [one] 1 person
       *[other] { $people } people
    }. Those who asked for messages will be written to. All other dates stay as they are.
series-move-confirm = Yes, move it
series-moved = **This date of { $group } is moved.** Those who asked for messages will be written to.
    It was on { $was }.
    It is on { $now }.
series-move-when = A date can go to any time from 20 minutes ahead to { $days } days ahead. Nothing was changed.
series-time-unknown = I can't read that time. Nothing was changed. Please write it like 19:00 or 7.30 pm.
series-too-many-channels =
    The server would come too near the most channels that Discord allows, so nothing was changed.
    It has { $others } channels that are not ours. At one time there would be up to { $rooms } rooms of meetings.
    Together that is { $together }. At most { $most } of { $all } may be planned.
    Please delete channels that nobody needs, or choose another time. Meetings planned already are not touched.
    { $typed }
series-nothing-skipped = None of these dates is skipped and still to come. Nothing was changed.
series-no-such-date = The series has no such date to come. Nothing was changed. **/manage series list** shows its dates.
series-date-unknown = I can't read that date. Nothing was changed. Please write it like 8 December 2026, or choose one.
series-too-many = That is more than { $most } dates. Nothing was changed. Please take fewer, or end the series.
series-room-there = The room of one of these meetings is there already, so nothing was changed. Please leave that date out.
series-pause-check = **Pause this series of { $group } { $ends ->
        [none] until further notice?** Nothing has changed yet.
       *[known] up to { DATETIME($last, dateStyle: "full") }?** Nothing has changed yet.
    }
    { $following ->
        [none] No date after the pause is known.
       *[known] The next date after the pause is { $following }.
    }
    A meeting whose room is there already takes place.
    It touches { $people ->
        [one] 1 person
       *[other] { $people } people
    }. Those who asked for messages will be written to. These dates of the next weeks go:
series-pause-confirm = Yes, pause it
series-paused = **This series of { $group } is paused { $ends ->
        [none] until further notice.** **/manage series resume** lets it go on.
       *[known] up to { DATETIME($last, dateStyle: "full") }.** It goes on by itself after that.
    }
    { $following ->
        [none] {""}
       *[known] The next date after the pause is { $following }.
    }
    Those who asked for messages will be written to. These dates of the next weeks do not take place:
series-go-on-check = **End the pause of this series of { $group } now?** Nothing has changed yet.
    It touches { $people ->
        [one] 1 person
       *[other] { $people } people
    }. { $count ->
        [0] No date of the next eight weeks comes back.
       *[other] Those who asked for messages will be written to. These dates come back:
    }
series-go-on-confirm = Yes, let it go on
series-goes-on = **This series of { $group } goes on.** { $count ->
        [0] It has no date in the next eight weeks.
       *[other] Those who asked for messages will be written to. These dates take place:
    }
series-move-paused = The series is paused on that day. Nothing was changed. Choose a day after the pause, or end the pause first.
series-paused-already = { $ends ->
        [none] This series is paused already, until further notice.
       *[known] This series is paused already, up to { DATETIME($last, dateStyle: "long") }.
    } Nothing was changed. **/manage series resume** ends the pause.
series-not-paused = This series is not paused. Nothing was changed.
series-pause-long = A pause can end two years ahead at most. Nothing was changed. Leave the date out for a pause without an end.
series-pause-early = The next date of the series is after that day. Nothing was changed. Please choose a later last day.
series-no-date-left = The series has no date left to pause. Nothing was changed.
series-end-check = **End this series of { $group }?** Nothing has changed yet.
    Its planned dates go. A meeting whose room is there already takes place.
    It touches { $people ->
        [one] 1 person
       *[other] { $people } people
    }. Those who asked for messages will be written to.
series-end-confirm = Yes, end it
series-ended = **This series of { $group } has ended.** A meeting whose room is there already takes place.
    { $count ->
        [0] No other date of it was planned.
       *[other] These dates do not take place. Those who asked for messages will be written to.
    }
series-resumed = **This series of { $group } goes on.** These are its next dates:
staff-series-how = { $repeat ->
        [daily] Every day
        [monthly] { $nth ->
            [first] The first { $weekday } of each month
            [second] The second { $weekday } of each month
            [third] The third { $weekday } of each month
            [fourth] The fourth { $weekday } of each month
           *[last] The last { $weekday } of each month
        }
       *[weekly] { $weeks ->
            [one] Every week on { $weekday }
           *[other] Every { $weeks } weeks on { $weekday }
        }
    }
staff-series-repeats-weekly = Every week, or every few weeks
staff-series-repeats-daily = Every day
staff-series-repeats-nth-1 = The first such weekday of each month
staff-series-repeats-nth-2 = The second such weekday of each month
staff-series-repeats-nth-3 = The third such weekday of each month
staff-series-repeats-nth-4 = The fourth such weekday of each month
staff-series-repeats-nth-last = The last such weekday of each month
staff-series-date = { $n }. { $starts } ({ $wall })
staff-series-forward = – the clocks there go forward before this date
staff-series-back = – the clocks there go back before this date
staff-series-gap = – that time does not exist on this day, so it starts at the next one that does
staff-series-fold = – that time comes twice on this day; it starts at the first
staff-series-confirm = Yes, add these
staff-series-over = The last of these dates is over by now, so nothing was kept. Please propose the series again.
staff-series-added =
    The series is kept. It meets next on { $starts } ({ $wall }).
    Its room is made shortly before, each time.
staff-series-added-paused =
    The series is kept. It has no dates for now, as the whole group or this series is paused.
    {""}**/manage group resume** or **/manage series resume** lets it go on.
staff-series-group-paused =
    The whole group is paused. None of these dates takes place before **/manage group resume** lets it go on.
staff-series-until-the-end = The last day of this group is { $day }. After it there are no dates.
staff-series-after-the-end =
    The last day of this group is { $day }, so none of these dates would take place. Nothing was kept.
    Please choose an earlier first date, or take the end back with **/manage group edit**.
    { $typed }
staff-series-typed =
    You wrote: weekday { $weekday }, time { $time }, zone { $zone }, { $minutes } minutes.
    Repeats: { $repeats }. Weeks from one to the next: { $weeks }.
    First date { $first }, last date { $last }, times { $times }.
staff-series-typed-none = (nothing)
staff-series-typed-field = Each answer
staff-series-numbers =
    A group can meet every 1 to { $weeks } weeks, for { $shortest } to { $longest } minutes. Nothing was kept.
    { $typed }
staff-series-weeks-only =
    A number of weeks goes with *every week* alone, so nothing was kept. Please leave one of the two out.
    { $typed }
staff-series-two-ends =
    A series ends on a date, or after 1 to { $most } times, not both. Nothing was kept.
    { $typed }
staff-series-ends-early =
    The last date, { DATETIME($last, dateStyle: "long") }, is before the first, { DATETIME($first, dateStyle: "long") }. Nothing was kept.
    { $typed }
staff-series-date-other-week =
    { DATETIME($date, dateStyle: "full") } is not that weekday of its month, so nothing was kept. Please change one of the two.
    { $typed }
staff-series-weekday-unknown =
    I can't read the weekday, so nothing was kept. Please write it in English, such as Tuesday or Tue.
    { $typed }
staff-series-time-unknown =
    I can't read the time, so nothing was kept. Please write it like 19:00 or 7.30 pm.
    { $typed }
staff-series-time-two =
    That time could be { $one } or { $other }, so nothing was kept. Please write one of these two.
    { $typed }
staff-series-zone-unknown =
    I don't know that time zone, so nothing was kept. Please write a city or a country.
    { $typed }
staff-series-zone-many =
    That could be more than one time zone, so nothing was kept. Please write one of these: { $zones }
    { $typed }
staff-series-date-unknown =
    I can't read that date, so nothing was kept. Please write it like 1 December 2026 or 2026-12-01.
    { $typed }
staff-series-date-two =
    That date could be { DATETIME($one, dateStyle: "long") } or { DATETIME($other, dateStyle: "long") }, so nothing was kept.
    Please write the month as a word.
    { $typed }
staff-series-date-past =
    { DATETIME($date, dateStyle: "long") }, at that time, is past, so nothing was kept. Please choose a date to come.
    { $typed }
staff-series-date-other-day =
    { DATETIME($date, dateStyle: "full") } is no { $weekday }, so nothing was kept. Please change one of the two.
    { $typed }
staff-zone-choice = { $country ->
        [none] { $name }
       *[known] { $city }, { $country } ({ $name })
    }

# The times of a group's rooms.
staff-times-name-made-before = Room is made
staff-times-hint-made-before = Minutes before the start: { $least } to { $most }
staff-times-line-made-before = The room is made { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    } before the start.
staff-times-bounds-made-before = *Room is made* can be { $least } to { $most } minutes before the start. Nothing was changed.
    Please choose a number between these two.
staff-times-name-asked-after = Others are asked
staff-times-hint-asked-after = Minutes after the start: { $least } to { $most }
staff-times-line-asked-after = With no facilitator there, others are asked { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    } after the start.
staff-times-bounds-asked-after = *Others are asked* can be { $least } to { $most } minutes after the start. Nothing was changed.
    Please choose a number between these two.
staff-times-name-called-off-after = Called off
staff-times-hint-called-off-after = Minutes after the start: { $least } to { $most }
staff-times-line-called-off-after = If nobody comes, the meeting is called off { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    } after the start.
staff-times-bounds-called-off-after = *Called off* can be { $least } to { $most } minutes after the start. Nothing was changed.
    Please choose a number between these two.
staff-times-name-closing-before = Closing reminder
staff-times-hint-closing-before = Minutes before the end: { $least } to { $most }
staff-times-line-closing-before = The closing reminder comes { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    } before the end.
staff-times-bounds-closing-before = *Closing reminder* can be { $least } to { $most } minutes before the end. Nothing was changed.
    Please choose a number between these two.
staff-times-name-locked-after = Room is closed
staff-times-hint-locked-after = Minutes after the end: { $least } to { $most }
staff-times-line-locked-after = Nobody can write from { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    } after the end.
staff-times-bounds-locked-after = *Room is closed* can be { $least } to { $most } minutes after the end. Nothing was changed.
    Please choose a number between these two.
staff-times-name-cover-first = First check of people
staff-times-hint-cover-first = Hours before the start: { $least } to { $most }
staff-times-line-cover-first = Whether there are people enough is first checked { $count ->
        [one] 1 hour
       *[other] { $count } hours
    } before the start.
staff-times-bounds-cover-first = *First check of people* can be { $least } to { $most } hours before the start. Nothing was changed.
    Please choose a number between these two.
staff-times-name-cover-again = Second check of people
staff-times-hint-cover-again = Hours before the start: { $least } to { $most }
staff-times-line-cover-again = It is checked again { $count ->
        [one] 1 hour
       *[other] { $count } hours
    } before the start.
staff-times-bounds-cover-again = *Second check of people* can be { $least } to { $most } hours before the start. Nothing was changed.
    Please choose a number between these two.
staff-times-name-remind-day = First direct message
staff-times-hint-remind-day = Hours before the start: { $least } to { $most }
staff-times-line-remind-day = Those who asked get a first message { $count ->
        [one] 1 hour
       *[other] { $count } hours
    } before the start.
staff-times-bounds-remind-day = *First direct message* can be { $least } to { $most } hours before the start. Nothing was changed.
    Please choose a number between these two.
staff-times-name-remind-soon = Second direct message
staff-times-hint-remind-soon = Minutes before the start: { $least } to { $most }
staff-times-line-remind-soon = They get a second message { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    } before the start.
staff-times-bounds-remind-soon = *Second direct message* can be { $least } to { $most } minutes before the start. Nothing was changed.
    Please choose a number between these two.
staff-times-name-deleted-after = Room is deleted
staff-times-hint-deleted-after = Hours after the end: { $least } to { $most }
staff-times-line-deleted-after = The room is deleted { $count ->
        [one] 1 hour
       *[other] { $count } hours
    } after the end.
staff-times-bounds-deleted-after = *Room is deleted* can be { $least } to { $most } hours after the end. Nothing was changed.
    Please choose a number between these two.
staff-times-from-to = ({ $least } to { $most })
staff-times = **The times of { $group }.** In brackets: what can be chosen.
staff-times-half-evening = During the evening:
staff-times-half-around = Before and after it:
staff-times-slow =
    This group types slowly, so these are doubled in its meetings: { $doubled }.
staff-times-change-evening = Change the evening
staff-times-change-around = Change before and after
staff-times-number = Please write each time as a whole number, such as 15. Nothing was changed.
staff-times-too-close =
    Whoever is asked needs at least { $least } minutes before the meeting is called off. Nothing was changed.
    Please leave more time between *Others are asked* and *Called off*.
staff-times-same = These are the times the group has already. Nothing was changed.
staff-times-check = **Change these times of { $group }?** Nothing has changed yet.
    It touches { $people ->
        [one] 1 person
       *[other] { $people } people
    }. A meeting whose room is there already keeps its times.
staff-times-confirm = Yes, change them
staff-times-set = **These times of { $group } are changed.** A meeting whose room is there already keeps its times.

kept-attendance = You were at a meeting on { $at }. It is kept for 60 days, so that facilitators can care for who comes.
kept-away = You said that you will not come to a meeting that ends on { $at }. It is deleted within two days after that.
kept-zone = Your time zone for planning: { $zone }. It is kept until you choose another or leave the server.
kept-apologies = A list says that you sent apologies for a meeting; it was kept on { $at }. It is kept for 60 days.
kept-not-seen = A list says that you were not seen at a meeting; it was kept on { $at }. It is kept for 60 days.
kept-missed-note = I wrote to you on { $at }, because you were not seen twice. It is kept until you are there again, or leave.
kept-no-missed-note = You want no notes when you are missed. It is kept until you change it, or leave your groups.
kept-room-limit =
    A facilitator asked you to step out of, or to just read in, a meeting that ends on { $at }.
    It is deleted within two days after that.
kept-hold = You agreed on { $at } that a room is kept. It is kept for 60 days.
kept-stand-in = You took a meeting over as its facilitator on { $at }. It is kept for 60 days.

doctor-check-places = space for rooms
doctor-check-deletions = rooms deleted on time
doctor-channels-full = This server has { $there } of { $most } channels. Please delete some, or I can't make rooms.
doctor-room-stays = Rooms that should be gone: { $rooms }. Please give me View Channel and Manage Channels there.
    Or delete them yourself.

setup-no-meeting = No room has opened here yet.
practice-plan = **A practice meeting for your team.** Nothing is begun yet.
    { $people ->
        [one] 1 person sees
       *[other] { $people } people of your team see
    } the room, and nobody else. It is made at once and starts 5 minutes later.
    Facilitators press *Facilitator here*, and try the buttons in it.
    It closes after 15 minutes and is deleted 2 hours later, with everything in it.
practice-begin = Begin it
practice-begun = **The room is being made.** It starts { $starts } and ends at { $ends }.
    It is called room- and six letters or numbers, as every room is. Please tell your team to look for it.
