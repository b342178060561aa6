# The tour's own words. What the bot says is in the pillars.

tour-broken = Switched off for this run: { $effect }
tour-ahead = in { $unit ->
        [days] { $count } days
        [hours] { $count } hours
       *[minutes] { $count ->
            [one] 1 minute
           *[other] { $count } minutes
        }
    }
tour-ago = { $unit ->
        [days] { $count } days
        [hours] { $count } hours
       *[minutes] { $count ->
            [one] 1 minute
           *[other] { $count } minutes
        }
    } ago
tour-fault = NOT AS PROMISED: the bot failed: { $error }
tour-not-kept = NOT AS PROMISED: { $promise }

tour-scene-setup = Harbour Street Community sets peerbot up. It is { $at }.
tour-scene-group = A group is made. It is { $at }.
tour-scene-joining = People find it. It is { $at }.
tour-scene-evening = The evening. It is { $at }.
tour-scene-trouble = Ana needs somebody. It is { $at }.
tour-scene-closed-dms = Ben needs somebody too, and takes no direct messages. It is { $at }.
tour-scene-look-in = Dana worries about the room, too. It is { $at }.
tour-scene-next-day = The next morning. It is { $at }.
tour-scene-ending = The meeting ends. It is { $at }.
tour-scene-closing = The team brings things to an end. It is { $at }.
tour-scene-about = Cho is worried about Eve. It is { $at }.
tour-scene-fourth = Somebody raises one concern after another. It is { $at }.
tour-scene-drill = The team practises how it is reached. It is { $at }.
tour-scene-rota = Who is on duty. It is { $at }.
tour-scene-kinds = More groups, of each kind. It is { $at }.
tour-scene-apart = Two people who should not meet. It is { $at }.
tour-scene-access = Two people of the team pause somebody's access. It is { $at }.
tour-scene-postvention = Dana hears that Dev may have died. It is { $at }.
tour-scene-next = The next meeting, in a facilitator's hands. It is { $at }.

tour-setup-begins = Amira, who runs the server, types /setup.
tour-setup-done = She answers five questions in one form.
tour-staff-rooms = Two staff channels are there. Only the team sees them.
tour-team = Mo joins as a moderator, Colin as a coordinator.
tour-no-groups-yet = Olu, who is in no group, looks for one. There is none.
tour-group-made = Colin makes a group with five places. Nothing public is posted.
tour-facilitators = Fay and Gus will hold it.
tour-series-checked = It will meet every Tuesday. Colin sees the dates before anything is kept.
tour-series-kept = He says yes.
tour-on-duty = Dana, the safeguarding lead, puts Mo on duty.
tour-tested = Dana sends test pages. Each of the team presses on theirs, so it is known that pages reach them.
tour-finds = Ana looks for a group. Only she sees the answer.
tour-joins-first = { $name } reads the agreement and its limits, ticks the box, and has a seat.
tour-joins = { $name } joins too.
tour-waits = The group is full. Finn is first on the waitlist.
tour-mine = Ana looks at her groups.
tour-next = Ben asks when they meet.
tour-next-outsider = Olu asks the same and learns nothing.
tour-agreement = Cho reads the agreement and its limits again.
tour-my-data = She asks what is kept about her.
tour-reminded = Ana asked for reminders. Hers is neutral: others may see her screen.
tour-room = A quarter of an hour before, the room appears for the group, and for nobody else.
tour-lobby = Members may look around. Facilitators may write.
tour-room-neutral = No channel's name says what the group is, or whose.
tour-outsider-asks = Olu tries to leave a group that does not exist. It is the answer for every group that is not hers.
tour-facilitator-early = Fay is there early and says so. The room still waits for its time.
tour-killed = It is half past seven. As the room opens, the bot loses its power, and is started again.
tour-open = The room is open, and the opening reminder stands there once.
tour-open-outside = Outside, nothing can be seen of it.
tour-here = Dev presses I'm here. Nobody else sees that.
tour-card = Ana presses Help now. The numbers come at once, to her alone.
tour-receipt = She presses Someone now. She hears what is true: nobody has it yet.
tour-paged = Mo, who is on duty, is paged in the moderators' channel and by direct message.
tour-page-says-nothing = The page names nobody and says nothing of what it is about.
tour-way = Her news arrived by direct message, so her answer now names that way.
tour-again = She presses again, a moment later. It is the same concern; the page that went out tells of both.
tour-next-line = Mo does not answer. After five minutes the lead and her deputy are paged.
tour-taken = Dana takes it.
tour-told = Ana hears at once who has her message.
tour-second-press = Mo presses a minute later, and learns who has it.
tour-pages-stop = No page goes out after that.
tour-opened = Dana opens the rest. Only she sees it, and it is written in the access log.
tour-looked-after = She says that she is with Ana, and Ana hears it.
tour-note-wanted = May somebody write to her tomorrow? Ana says yes. She is not promised that somebody does.
tour-look-asked = Dana would like to read the room for a quarter of an hour. That takes two; until then she sees nothing of it.
tour-look-told = Mo agrees. The room is told who reads there and until when, and then Dana can read. She can't write.
tour-look-over = After a quarter of an hour it ends by itself, and the room is told that, too.
tour-note-due = Dana is reminded that somebody agreed to a note today. Who it was is not in the message.
tour-note-who = She asks who, and only she reads it.
tour-note-written = She writes to Ana herself and says so. With that it is forgotten who agreed.
tour-mid = Half-way, the room is reminded.
tour-side-room = Ben's direct messages are closed, so a side room opens for him and the leads.
tour-side-first = Its first words say who can read it.
tour-side-news = There he hears what is true.
tour-side-way = His first answer names the room now.
tour-nobody = Half an hour, and nobody has taken it. Ben is told so, plainly.
tour-goes-on = The pages go on, to everybody, until a human answers.
tour-side-told = Mo takes it, is let in, and Ben is told.
tour-side-with = Mo says that he is with Ben, so the pages stay silent.
tour-closing = Five minutes before the end, the closing reminder.
tour-locked = Ten minutes after the end, members can't write any more.
tour-leaves = Eve leaves the group, with one press and no reason. The room is gone for her at once.
tour-offer = Finn is next, and is asked whether he would like the seat.
tour-offer-taken = He would.
tour-hold = A day later it is due to be deleted. Concerns from it are still open, so the team is asked whether to keep it.
tour-deleted = Nobody answers. After another day the room is deleted, and the concerns say so.
tour-next-week = Ana sees when they meet next.
tour-written-down = Dana has spoken with Ana. She writes that down, from a short list, and no more.
tour-close-asked = She asks to close it. That takes two, so the team is asked, and Ana is told nothing yet.
tour-closed-by-two = Mo agrees. Ana hears the last news.
tour-debrief = Dana and the team are asked to talk about it today. Nobody else reads that.
tour-words = Mo is shown words for the group. A facilitator posts them or doesn't: the bot never does.
tour-forgotten = With that the bot has forgotten who it was. Dana finds the concern, and is told so.
tour-hands-over = Mo can't go on with Ben's. He asks Ed to have it, and has it until Ed presses.
tour-handed-over = Ed presses. Ben reads who has it now.
tour-side-closed = Ed and Dana close it. The side room is locked after its last news.
tour-side-gone = A day later the side room is deleted.
tour-about-raised = Cho types /concern. She ticks that moderators don't see her name.
tour-about-paged = The team is paged. The page says nothing of her, of Eve, or of what she wrote.
tour-about-opened = Mo takes it and opens it. He reads whom it is about, and no name of who raised it.
tour-about-told = Cho hears that somebody has it. Eve learns nothing of it.
tour-about-closed = Mo and Dana close it. Cho is told so, and nothing more of it.
tour-fourth = Olu has raised three about others today. The fourth pages nobody; he is told so, and it waits for a lead.
tour-fourth-emergency = He says that a life may be in danger. That is never held back: everybody is paged.
tour-fourth-closed = Ed looks at it, and closes it with Dana.
tour-drill-asks = Dana types /drill start. She reads whom it pages before anybody is.
tour-drill-pages = She starts it. Mo is paged for real, and each page says that it is practice.
tour-drill-arrived = Mo presses the button on his message, so that way is proved. He leaves the other page alone.
tour-drill-goes-on = Practice doesn't stop at the first press. The leads are asked too, and Ed presses.
tour-drill-report = After the last line the team reads what was answered, how fast, and what was not.
tour-rota = Dana looks at the rota. Only the team can.
tour-rota-weekly = She gives Mo the Saturdays, and reads the next dates.
tour-rota-off = Mo falls ill. He says so in one line, with no reason, and the others are asked to cover.
tour-rota-now = Finn asks whether somebody is on duty. He reads what is true: nobody, and from when on.
tour-rota-covered = Ed takes it, with one press.
tour-rota-now-later = Finn asks again. Somebody is there now, until when, and never who.
tour-kinds = Colin adds a drop-in group, one that runs in cycles, and one that is private. Olu finds all but the private one.
tour-code-wrong = Eve guesses a code for the private one. It leads nowhere, and she learns no more than that.
tour-code-made = Colin makes a code for one person. It is shown once, to him.
tour-code-right = He gave it to Eve. She reads the agreement, and has a seat. Nobody else learns of that group.
tour-panel = He leaves a button in the lounge that leads everybody to the list. First he is told what others will see.
tour-tries = Olu presses it, and would like to try one meeting before she decides.
tour-pause-asks = Colin wants to let a group rest. He is first told how many people that touches.
tour-paused = He says yes. Ana finds it said with her groups; Olu learns nothing.
tour-resumed = He changes his mind, and the group goes on.
tour-apart-asks = Ana asked Colin that she and Olu share no group. He is told first what that turns on.
tour-apart = From now on a coordinator looks at each seat. For Olu the list of groups is the very same.
tour-apart-joins = Olu asks for a seat. She reads what everybody would read.
tour-apart-seen = Only Colin sees why not.
tour-apart-declined = He declines. Olu's own list says nothing of Ana.
tour-access-proposed = Colin proposes to pause Dev's access for a week. It takes two: the team is asked without a name.
tour-access-paused = Dana opens it, and confirms. Dev reads until when, and whom to ask.
tour-access-restored = It was a misunderstanding. Colin takes it back, and Dev has his seat as before.
tour-console = Fay opens her console. Only she sees it.
tour-breath = It was a lot. She lets the room rest for three minutes: nobody writes.
tour-breath-over = It goes on by itself.
tour-steps-out = She asks Cho to step out of this one meeting. Cho is told kindly and alone, and the others are told nothing.
tour-reads-only = Finn is asked to just read for today.
tour-longer = They take ten minutes more, and the room is told until when.
tour-who-was-here = At the end Fay is shown who was seen, and only she. Nobody is counted as missing by itself.
tour-list-confirmed = She looks it through and confirms it.
tour-silence-asks = Dana types /postvention. She reads what it stops, and that nobody is told.
tour-silence-begins = She says yes.
tour-silence-holds = A week later the others are reminded of their meeting. Dev's account gets nothing.
tour-silence-helps = Help never stops. Somebody types /help-now with that account, and the numbers come.
tour-silence-ends = It was not so: Dev is well. Dana takes it back.
tour-over = The meeting ends and the room is locked, ten minutes later than planned.

tour-promise-unnamed = nothing that anybody else can read names { $name }
tour-promise-nothing = nothing in it speaks of a group
tour-promise-neutral = it does not say what the group is about
tour-promise-neutral-names = no name or topic of a channel tells it
tour-promise-risen = a new process is running on what the old one left on the disk
tour-promise-page-unnamed = nothing that Mo, Dana or Ed can read names Ana or the group
tour-promise-about-unnamed = nothing that Mo, Dana or Ed can read names Cho or Eve, or says what she wrote
tour-promise-unaware = nothing that Eve can read names Cho, or says what she wrote
tour-promise-who-is-on-duty = nothing that Finn can read names Mo or Ed
tour-promise-private = nothing that they can read names the private group
tour-promise-same = the list is the same, word for word
tour-promise-silent = nothing that Olu can read names Ana
tour-promise-reminded = Cho reads new reminders in dm
tour-promise-not-reminded = nothing new has come to Dev's account
tour-promise-gone = no such channel exists

part-in-story-administrator = runs the server
part-in-story-coordinator = coordinator
part-in-story-lead = safeguarding lead
part-in-story-deputy = deputy
part-in-story-moderator = moderator on duty
part-in-story-facilitator = facilitator
part-in-story-member = member
part-in-story-waiting = wants to join
part-in-story-outsider = in no group

hint-administrator =
    Type /setup to see how this server is set up.
    Add somebody to the team with /manage team add.
hint-coordinator =
    Make another group with /manage group create, and its meetings with /manage series add. /manage group edit shows all of one.
    Let a group rest with /manage group pause, leave out or move a date with /manage series skip or move.
    Keep two people apart with /manage keep-apart add, let one of them join, and see it with /manage member confirm.
    Pause somebody's access with /manage member pause. Then be Dana, look into peerbot-facilitators, and decide.
hint-lead =
    Paged, or handed a concern over? Press I've got it, then Open: only you see the rest. Press I'm with them.
    When somebody is safe, press Close and choose what came of it. Closing takes two: then be Ed and press I agree.
    Practise with /drill start. Be each person who is paged, press It arrived, and read /drill report.
    See what is open with /escalation list, and who is on duty with /oncall rota.
hint-deputy =
    You are the second person. When Dana or Mo asks to close a concern, press I agree in peerbot-moderators.
    Then be the member, and read the last news in the private messages.
    See what is open with /escalation list.
hint-moderator =
    You are on duty. When somebody asks for help, a page comes to peerbot-moderators. Press I've got it, then Open.
    Hand it over with /escalation hand-over, its number, and Dana. Then be Dana: the page waits in her messages.
    Be away with /oncall off, and see in peerbot-moderators who is asked. As a member, type /oncall now.
    Or press nothing. Two minutes on, Dana and Ed are paged. Ten minutes on, the member is told that nobody has answered.
hint-facilitator =
    Move time on until your room appears, a quarter of an hour before the meeting.
    In the room, press Facilitator here. It opens on time. /facilitate console shows what else you can do there.
    Pause the room, ask somebody to step out, take a message down, and look at it as that person.
hint-member =
    Type /group mine, or /meeting next. If you are in no group yet, /group find.
    Say that you won't come with /meeting away. Take your dates along with /meeting calendar.
    Move time on to the next meeting and look into your room.
    Type /help-now, or press Help now anywhere, and then Someone now. Read what is true, then be Mo.
    Tell the team about somebody else with /concern. Tick that your name is not shown, and open it as Mo.
hint-waiting =
    Type /group find and join Tuesday Circle. One place is free there.
    As somebody else, join it too and wait. Let a member leave, and see who is offered what.
hint-outsider =
    Try to find out who is in a group. You should not be able to.
    Type /group find, /meeting next, /help-now. Try one meeting of a group, and answer the question afterwards.

operator-demo-ready =
    The practice world is ready: { $address }
    Its people are invented, nothing leaves this machine, and it forgets everything when you stop it with Ctrl+C.
operator-tour-breaks = There are effects 1 to { $most } to switch off. Nothing was played.
