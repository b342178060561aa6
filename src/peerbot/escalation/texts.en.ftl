# Escalation. Texts that begin with crisis-card are locked: they may be added to, never weakened.

cmd-help-now = Numbers to call, and someone from the team if you want
cmd-concern = Tell the team that you are worried about somebody, or about something
cmd-concern-person = Who you are worried about, if it is about one person
cmd-concern-message = Raise a concern
cmd-oncall = Who is there when somebody needs help
cmd-oncall-now = Is somebody on duty now?
cmd-oncall-rota = Who is on duty when, and the weekly shifts
cmd-oncall-cover = Put a teammate on duty for some hours
cmd-oncall-cover-person = Who will be on duty
cmd-oncall-cover-hours = For how many hours (1 to 24)
cmd-manage-answer-times = How long your team has to answer somebody who needs help
cmd-oncall-test = Find out whether a page reaches you, or your team
cmd-oncall-test-person = For leads and deputies: whom to test instead of yourself
cmd-oncall-test-everybody = For leads and deputies: test the whole team
cmd-oncall-cover-when = From when, such as tonight 10pm or Fri 18:00, by the server's clocks; empty for now
cmd-oncall-cover-instead = In whose place; empty for one more person on duty
cmd-oncall-off = Be away: others are asked to cover your shifts
cmd-oncall-off-until = Until when, such as tomorrow 9am or Friday; empty until you say that you are back
cmd-oncall-off-from = From when; empty for at once
cmd-oncall-off-person = Who is away; empty for you. For others: leads and deputies
cmd-oncall-swap = Exchange a shift with a teammate, who has to agree
cmd-oncall-swap-mine = Your shift
cmd-oncall-swap-person = With whom
cmd-oncall-swap-theirs = Their shift
cmd-oncall-gaps = When nobody is on duty though somebody should be
cmd-escalation = The team's view of concerns
cmd-escalation-list = Concerns that are not closed
cmd-escalation-show = Open one concern; this is written in the access log
cmd-escalation-show-number = The concern's number
cmd-postvention = After a death: stop everything automatic about an account
cmd-postvention-person = Whose account
cmd-escalation-take = Have a concern: the pages stop and the person is told
cmd-escalation-note = Write a few words for the team; they go with the concern
cmd-escalation-note-text = No quotes, no diagnosis. At most 200 characters
cmd-escalation-level = Change how soon the team answers
cmd-escalation-level-level = More slowly needs two people
cmd-escalation-hand-over = Ask one teammate to have it; you have it until they press
cmd-escalation-hand-over-person = Who shall have it
cmd-escalation-look-in = Read the meeting's room for a while; needs two, and the room is told
cmd-escalation-look-in-minutes = For how long
cmd-escalation-close = Close a concern

crisis-elsewhere = Somewhere else
crisis-anywhere = anywhere
crisis-card-title = **If you need someone right now** · { $country }
crisis-card-danger =
    In danger, or not able to keep yourself safe: call **{ $number }** or go to the nearest emergency department.
crisis-card-words =
    You don't have to be at breaking point, and you don't have to know what to say.
    "I'm having a hard time and I don't want to be on my own with it" is enough.
crisis-card-elsewhere = Somewhere else, or want other options: **{ $finder }**
crisis-card-near = Would it help to tell someone near you that today is hard?
crisis-card-please-check = Please check these first. We have not looked at them for a while:
crisis-service = **{ $name }**: { $ways } ({ $about })
crisis-service-for = { $name }, for { $audience }
crisis-service-in = in { $languages }
crisis-way-chat = chat at { $value }
crisis-way-call = call { $value }
crisis-way-text = text { $value }
crisis-way-call-word = call { $value }
crisis-way-text-word = text { $keyword } to { $value }

team-line-unknown = I can't reach the team at this moment. Please use the numbers above.
team-line-none = No team is set up for this here. Please use the numbers above.
team-line-open = **You have asked the team already.** { $state }
team-line-covered = Someone from the team is on duty until { $until }.
team-line-on = Someone from the team is on duty now.
team-line-unproven =
    Someone is on the rota now, but I can't promise that my message reaches them. The numbers above are open.
team-line-later = Nobody from the team is on duty before { $at }. The numbers above are open.
team-line-nobody = Nobody from the team is on duty now. The numbers above are open.

ask-danger = I'm in danger now
ask-now = Someone now
ask-after-meeting = After the meeting
ask-next-day = In the next day
ask-card = Just the card
ask-elsewhere = Somewhere else?
ask-withdraw = I no longer need this
elsewhere = **Where are you?** I show you the numbers for there. I don't keep your answer.
elsewhere-menu = Choose a country
just-the-card = **That's fine.** Nothing was passed on. The numbers stay above, and **Help now** is always there.
choose-team = **Whose team shall I ask?** You are in more than one server that has one.
choose-team-menu = Choose a server
no-team-anywhere = **There is no team I could ask for you.** You may not be in a server that has one.
    In danger? Call **{ $number }** or your own emergency number now. More lines: **{ $finder }**
dm-answer =
    I can't read or pass on messages. For a person, or for numbers, press **Help now**.

receipt-title = **Your message to the team**
state-waiting = It is with the team. **Nobody has picked it up yet.** People I have alerted: { $count }.
state-nobody-to-ask = **There is nobody on the team I could alert right now.** I keep trying.
state-off-duty = **Nobody from the team is on duty right now.** I have alerted others on the team: { $count }.
    Nobody has picked it up yet.
state-unproven = It is with the team, but **I can't promise that they see it soon.** People I have alerted: { $count }.
    Nobody has picked it up yet.
state-waits = **Nobody from the team is on duty right now, so nobody has it yet.** I ask them at { $at }.
state-no-line = **This is about someone on the team, and there is nobody else there I can ask now.**
state-outside = You can turn to someone outside the team: **{ $contact }**
state-no-outside = Someone outside this server may help: **{ $finder }**
state-held-often = **Nobody was alerted for this one.** You have raised several concerns about others in a day.
state-held-blocked = **Nobody was alerted for this one.** A lead asked not to be alerted for your concerns about others.
state-held-list = It is on a list. Someone looks at it when there is time, not within minutes.
    If a life may be in danger now, raise it again as **Emergency**. That is never held back.
    Anything about yourself is never held back either.
state-passed-on =
    I can't count on the person who had this any more, so **I have asked others on the team.**
    Nobody has picked it up yet. People I have alerted: { $count }.
state-nobody = I'm sorry. I've tried everyone on the list and **no one from the team has answered.**
state-taken = **Thank you for telling us. { $person } has your message.**
    You haven't done anything wrong, and you won't lose your place.
state-taken-other = **{ $person } has your message.**
state-in-hand = **{ $person } is here now and is looking after this with you.**
    You haven't done anything wrong, and you won't lose your place.
state-in-hand-other = **{ $person } is looking after this.**
state-closed = **The team has closed this.** You can press **Help now** again at any time.
state-closed-other = **The team has looked at this and closed it.** Thank you for speaking up. We can't tell you more.
state-withdrawn = You told me you no longer need this. Someone from the team will still have a look.
receipt-when = I tell you the moment someone has it. If no one has it by { $at }, I tell you that.
receipt-danger =
    If you're in danger, please don't wait for us: call **{ $number }** now. There are also these lines:
receipt-finder = - More lines: **{ $finder }**
receipt-use-these = **Please use one of these now:** call **{ $number }**, or one of these lines:
receipt-near = If there is a person near you, go to them or call them.
receipt-keeps-trying = I keep trying the team, and I tell you if someone comes.
receipt-side-room = You can talk with them in { $where }.
    A few of the team can see that room, so that nobody is on their own with it.
receipt-you-decide = You decide how much to say.
    If anything needs to be shared further, we talk about it with you first if we possibly can.
receipt-too-much = If it gets too much before then, call **{ $number }**, or use **Help now**.
receipt-about-other =
    Thank you for speaking up. You don't need to be sure. The person won't be told it was you.
receipt-not-alone = You don't have to look after this alone: the team takes it from here.
    We may not be able to tell you what happens next.
receipt-life-in-danger =
    If a life may be in danger and you know where they are, call the emergency services there. Don't wait for us.
receipt-how-are-you = And how are you? If this has shaken you, press **Help now**.
receipt-way-unproven = I'm finding out how I can reach you. This message changes when I know.
receipt-way-dm = News comes to you by direct message.
receipt-way-room = News comes to you in { $where }, where only you and a few of the team can write.
receipt-way-none =
    I can't send you a message or open a room, and I have told the team so.
    Press **Help now** again to see the news.

side-room-leave = Leave this room
side-room-nobody = nobody yet
side-room-left = **The person this room is for has left it.**
side-room-you-left = **You have left the room.** If you allow direct messages from this server, news comes there.
    Press **Help now** at any time.
side-room-people = From the team, these people can read here now: { $team }
side-room-first = **This room is for you, { $person }, and a few of the team:** { $team }
    The owner and the administrators of this server can read it too.
    You decide how much to say. It is deleted a day after the team has closed this.

concern-title = Raise a concern
concern-cover =
    You don't need to be sure. The team reads this; the person is not told it was you.
    If a life may be in danger, call the emergency number where they are. Don't wait for us.
concern-level = How soon should someone look?
level-check_in = Check in
level-check_in-hint = In the next day
level-urgent = Urgent
level-urgent-hint = Within minutes
level-emergency = Emergency
level-emergency-hint = A life may be in danger now
concern-category = What is it about?
category-wellbeing = How somebody is
category-safeguarding_adult = An adult being harmed
category-under_18 = Somebody may be under 18
category-threat = A threat to somebody
category-conduct = How somebody behaves
category-confidentiality = Something private passed on
category-other = Something else
concern-note = In a few words, if you like
concern-note-hint = No quotes, no diagnosis. At most 200 characters
concern-hide = Your name
concern-hide-yes = Don't show my name to moderators
concern-hide-hint = The lead can still see it
concern-no-team =
    No team is set up on this server, so nobody was told.
    If you or somebody else is in danger, please call your emergency number. More lines: **findahelpline.com**
concern-not-passed-on = **I could not reach the team, so please don't wait for them.** I can't say that anybody was told.
    If you or somebody else is in danger, call **{ $number }** now. More lines: **{ $finder }**
    Please press again in a moment.
concern-danger-not-yours =
    That message is old, and nobody was told. **If you are in danger, call { $number } now.**
    For someone from the team, type **/help-now**.
concern-not-yours = That is over, or it is not yours. Nothing was changed. **Help now** is always there.
concern-not-found = I can't find that concern, or it is not for you. Nothing was changed.

oncall-title = **Is somebody on duty?**
oncall-prove = **You are on the team, and no page of mine has reached you of late.** Type **/oncall test**,
    and press **It arrived** on what comes. Until then I can't promise anybody that you are there.
oncall-unknown = I can't reach the team at this moment.
oncall-no-team = No team is set up for this here.
oncall-unproven = Someone is on the rota now, but I can't promise that my message reaches them.
oncall-later = Nobody from the team is on duty before { $at }. What is urgent goes to others on the team all the same.
oncall-nobody = Nobody from the team is on duty now. What is urgent goes to others on the team all the same.
oncall-numbers = **Help now** shows numbers to call.

kept-concern-open = Your message to the team, number { $number }: so that someone can look after it
kept-concern-closed = Your message to the team, number { $number }: so that you hear the last news of it
kept-acts = What you did with messages to the team ({ $times }): so that we know who answered
kept-dm-answer = That I answered a message of yours: so that I don't answer each one
kept-counted = That you raised { $times ->
        [one] 1 concern
       *[other] { $times } concerns
    } about others: so that the team is not paged too often
kept-block = That your concerns about others page nobody, until a lead lifts this: so that it holds
kept-pages = When you were asked to look after somebody: so that the team knows who was asked
kept-drill = That you began a practice: so that the team knows what it has shown
kept-silence = That nothing goes out by itself to your account: until a lead takes it back
kept-next-day = That one of the team may write to you the next day: until that is done
kept-sign-offs = Where you were the second person, or asked for one ({ $times }): so that we know who agreed
kept-notes = Notes you wrote about messages to the team: { $times }. They go when the concern's words go
kept-look-in = That you read a room for the team: so that people know who did
kept-hand-over = That you hand something over, or are asked to: until it is answered
kept-proof = When a page to you last arrived: so that the team knows you can be reached
kept-sight = Whether you can see the team's channel: so that you are not asked where you can't read it
kept-test-page = When you were sent a test page: so that the team knows which ways reach you
kept-shift = When you are or were on duty ({ $times }): so that the team knows who is there
kept-rota-weekly = Weekly shifts in which you take turns, { $times } of them: so that the team knows who is there
kept-rota-dates = Times you took over, or asked to swap, { $times } of them: so that the team knows who is there
kept-rota-off = A time when you are or were away: so that nobody counts on you then
kept-rota-night = That you may be asked at night: so that somebody hears when nobody is on duty

staff-page = **{ $level }: concern { $number }**
staff-page-age = Raised { $age }.
staff-page-nobody = **Nobody has answered this yet.**
staff-page-repeat = This may be a repeat.
staff-page-where = Your team's channel: { $where }
alert-page = { $level }: concern { $number }. Please look at Discord now.
alert-practice = This is practice, nobody needs help: concern { $number }. Please look at Discord.
alert-no-channel = peerbot can't write in your team's channel, and somebody needs it. Please look at your messages in Discord.
alert-room = Room: { $room }
doctor-check-team = reaching the team
doctor-check-duty = hours on duty
doctor-check-side-rooms = side rooms deleted on time
doctor-side-room-stays = Side rooms that should be gone: { $rooms }. Please give me View Channel and Manage Channels there.
    Or delete them yourself.
doctor-check-practice = practice of reaching the team
doctor-hours = In the next 7 days there are { $hours } hours with nobody on duty. The first is { $first }.
    Urgent concerns go to the leads then. See **/oncall gaps**.
doctor-never-practised = You have not tried the whole chain yet. Please start **/drill** once with your team.
doctor-practised-long-ago = The last **/drill** was on { $last }. Please practise every three months.
doctor-check-crisis = numbers on the crisis card
doctor-check-alerts = alerts outside Discord
doctor-unproven = { $person }: unproven for 30 days: { $ways }. Send a test with **/oncall test**.
doctor-unseen = { $person } can't be counted on: I don't know that they see the moderators' channel.
    Please let them see it, then send a test with **/oncall test**.
doctor-crisis-old = { $name } was last checked { $days } days ago. Please compare it with its own website.
doctor-crisis-please-check =
    { $name } was last checked { $days } days ago, so the card says to check it. Please update the bot.
doctor-alerts = People who are alerted and on no team: { $count }. Ask your operator to take them out of config.toml.
test-page = **This is a test page. Nobody is in trouble.**
test-page-press = Press **It arrived**, so that the team can count on this way to reach you.
test-have-code = I have a code
test-alert = This is a test, nobody needs help. On Discord press "I have a code" and type { $code }
test-code-title = The code of a test alert
test-code = Six digits
test-code-hint = They came outside Discord, in the last day
test-code-unknown = That is no code of yours from the last day. Nothing was changed. Send a new test with **/oncall test**.
test-not-yours = That test page was for somebody else. Nothing was changed. Test yourself with **/oncall test**.
test-sent = **Test pages are on their way.** Each way counts when **It arrived** is pressed on its message.
    A test that comes outside Discord brings a code. Press **I have a code** to type it.
test-proved = **Thank you.** Now the team knows that this way reaches you.
test-line = { $person }: { $ways }
test-way-proven = { $way } proven until { $until }
test-way-unproven = { $way } **unproven**
staff-page-press = Press **I've got it** if you can look after this now.
staff-page-handed = **{ $person } asks you to have concern { $number }.** { $level }
staff-page-again = **Concern { $number }: the person has pressed again.** You have this one.
    Press **I'm with them**, or I ask others on the team.
staff-page-idle = **You have concern { $number }, and I have heard nothing since.**
    Press **I'm with them**, or I ask others on the team.
staff-room = Room: { $room }
staff-take = I've got it
staff-with = I'm with them
staff-open = Open
staff-close = Close
staff-agree = I agree
staff-disagree = I don't agree
staff-you-have-it = **You have concern { $number }.** The pages have stopped and the person has been told.
    {""}**Open** shows the rest, only to you.
# What well-run services say and leave, in few words: domain knowledge, to be looked at by a safeguarding lead.
staff-what-helps = **What helps:** thank them. Ask plainly: Are you safe for the next hour? Is somebody with you?
    Are you thinking about ending your life? Offer to stay while they call one of the lines.
    Say until when you are here. Please promise no secrecy, and ask for no details of how.
    Stay in the places of this server.
staff-what-if-danger = **If a life is in danger**, and they want it, you call. Ask for an ambulance first.
    Use only what they have told you. Two of you decide, unless seconds count.
    You can report a message to Discord as well, not instead.
staff-other-has-it = { $person } has concern { $number }. Nothing was changed.
staff-closed-already = Concern { $number } is closed. Nothing was changed.
staff-opened-closed = It is closed. Only a lead or deputy can see the rest now.
staff-opened = **Concern { $number }** · { $level }
staff-raised = Raised { $at } · { $category }
staff-raiser = Raised by { $person }
staff-raiser-hidden = The raiser's name is not shown. Leads and deputies see it.
staff-in-danger = **Whoever raised this pressed "I'm in danger now".** Please look after them first.
staff-raiser-forgotten = Who raised it is no longer kept.
staff-about = About { $person }
staff-side-room = Side room: { $where }
staff-opened-room-kept = Two of the team decided to keep that room for up to 7 days.
staff-opened-room-gone = Nobody agreed to keep that room, so it was deleted.
staff-room-kept = **Concern { $number }: its room is kept** for up to 7 days. Two of you decided so.
staff-room-gone = **Concern { $number }: its room is deleted.** Two of you were asked to keep it, and did not both answer in time.
staff-note = In their words to you: { $note }
staff-state = Now: { $state }
staff-state-open = nobody has it yet
staff-state-unanswered = nobody has answered
staff-state-taken = somebody has it
staff-state-in_hand = somebody is with them
staff-state-closed = closed
staff-taken = **{ $person } has concern { $number }.**
staff-withdrawn = **Concern { $number }: the person no longer needs this.** Pages have stopped. Please look and close it.
staff-unreachable-title = **Concern { $number }: I can't reach the person.**
staff-unreachable = They take no direct messages, and I could not open a side room. Please find another way.
staff-side-room-failed = **Concern { $number }: I could not open a side room.** My messages still reach the person.
    Please find another way to talk.
staff-side-room-stays = **Concern { $number }: its side room is still there.** It was to be deleted.
    I go on trying. If I can't see it, or it has another name now, please delete it by hand.
staff-side-room-access = **Concern { $number }: I can't change who sees its side room.** Discord refuses it.
    Somebody may still write there, or not see it. I need **View Channel** and **Manage Roles** there.
    I try again every few minutes.
staff-channel-access = **I can't change who sees the { $which }.** Discord refuses it.
    Somebody may read there who should not, or not read who should.
    I need **View Channel** and **Manage Roles** there. I try again every few minutes.
staff-no-channel = **I can't post in the { $which }.**
staff-no-channel-now = Somebody has asked for help, and I could only send direct messages.
staff-no-channel-ahead = If somebody asks for help now, I can only send direct messages.
staff-no-channel-do = Please check my permissions there, or choose a channel with **/setup**.
staff-close-asked = **{ $person } asks to close concern { $number }.**
staff-lower-asked = **{ $person } asks to answer concern { $number } more slowly.**
staff-share-asked = **{ $person } asks to tell somebody outside the team about concern { $number }.**
staff-look-in-asked = **{ $person } asks to read the room that concern { $number } came from.**
staff-asked-level = From now on it would be: { $level }
staff-asked-minutes = For { $minutes } minutes. The room is told first.
staff-asked-outcome = What came of it: { $outcome }
staff-second-any = A second person needs to agree.
staff-second-lead = A second person needs to agree, one of you lead or deputy.
sign-off-close = closing it
sign-off-lower = answering it more slowly
sign-off-share = telling somebody outside the team
sign-off-look_in = reading the room it came from
staff-owner-asked = **Your team needs a second person for concern { $number }:** { $what }. Nobody has answered for a day.
    As the owner you may answer. You need not know more; ask your team if you want to.
    Without an answer by tomorrow it stands, and is looked at again in a week.
staff-asked = **Asked.** This needs a second person: { $what }, concern { $number }. I tell you what they say.
staff-declined = **Somebody does not agree: { $what }, concern { $number }.** Nothing was changed. Please talk about it.
staff-lapsed = **Nobody has answered: { $what }, concern { $number }.** Nothing was changed.
staff-answered-agreed = **Agreed:** { $what }, concern { $number }.
staff-answered-declined = **Said so:** { $what }, concern { $number }. Nothing was changed.
staff-answered-yours = You asked for this yourself. Somebody else needs to agree.
staff-answered-lead = One of the two needs to be lead or deputy, and neither may be who it is about. Nothing was changed.
staff-answered-over = This has been answered, or is no longer asked. Nothing was changed.
staff-alone-review = **Concern { $number }: one person stood alone.** It was about { $what }.
    Nobody else answered, or seconds counted. Please look at it with them.
staff-looked-at = I have looked at it
staff-reviewed = **Thank you.** Concern { $number } has been looked at.
staff-share-agreed = **Concern { $number }: two agree that somebody outside is told.** Only what is needed, and tell the person if you can.
staff-share-alone = **Concern { $number }: telling somebody outside stands alone.** Nobody has answered. A lead looks at it later.
staff-lowered = **Concern { $number } is answered more slowly now:** { $level }
staff-raised-level = **Concern { $number } is now: { $level }.** I am paging anew. If you have it still, press **I've got it**.
staff-level-same = Concern { $number } has that level already: { $level }. Nothing was changed.
staff-level-menu = How soon we answer
staff-act-menu = What was done
action-side_room = Open a side room
action-spoke_with = Spoke with them
action-signposted = Showed them where else to turn
action-handed_over = Handed over to a service
action-shared_outside = Told somebody outside (needs two)
action-shared_at_once = Told somebody outside: seconds counted
action-no_further_action = Nothing more to do
staff-done = **Written down for concern { $number }:** { $what }
staff-shared-at-once = A second person looks at it within a day.
staff-no-side-room = I can't open a side room for concern { $number }: they have left it. Please find another way.
staff-done-so-far = Done so far: { $what }
staff-waits-for-second = A second person is asked: { $what }
staff-team-note = { $person } wrote: { $note }
staff-noted = **Kept with concern { $number }.** It goes when the concern's words go.
staff-outcome = **What came of concern { $number }?** Nothing was written down so far.
staff-outcome-menu = Choose what fits best
staff-aftercare = Words for the group
staff-hand-nobody = Nobody has concern { $number } yet. Nothing was changed. First press **I've got it**.
staff-hand-not-yours = Concern { $number } is with somebody else. Nothing was changed. A lead or deputy can hand it over.
staff-hand-not-them = That person can't take this one. Nothing was changed. Choose another lead, deputy or moderator.
staff-handing = **I ask { $to } to have concern { $number }, if they can.** Until they press, { $holder } has it.
staff-hand-passed = **{ $person } has concern { $number } now.** Thank you for what you did.
staff-left-open = **{ $person }, you have concern { $number }.** How is the person? If nothing is left to do, please close it.
staff-hand-stays = **Concern { $number } stays with you.** It was not taken over in time. You can ask somebody else.
staff-look-no-room = There is no meeting now in a room that concern { $number } came from. Nothing was changed.
staff-look-inside = You are in that group, or you hold that meeting. You have your own way in.
staff-look-over = That is over already. Nothing was changed.
staff-look-not = **Concern { $number }: you can't look in.** The meeting is over, or I could not tell the room.
staff-looking = **Concern { $number }: you can read { $where } until { $until }.** The room knows. You can't write there.
staff-look-end = Stop looking
staff-look-ended = **You no longer see that room.** Concern { $number } knows.
room-looked-in = **{ $person } from the team is reading here until { $until }.** Two of the team decided so, to look after somebody.
    They read only what is written here. They can't write, and don't hear what is said.
room-look-over = **Nobody from the team looks in any more.**
staff-closed = **Concern { $number } is closed.** The person is being told.
staff-needs-second = **Asked.** Concern { $number } is closed when a second person agrees.
cmd-drill = Practise how the team is reached
cmd-drill-start = Page the whole team for practice, line after line
cmd-drill-report = What the latest practice has shown
drill-ask = **Practise the whole chain?** I page the team for real, line after line, by every way there is.
    Each page says that it is practice. People I page: { $count }. It takes up to { $minutes } minutes.
    A step counts only when a person presses the button on that very page.
drill-start = Start the practice
drill-started = **The practice has begun.** The first line has been paged. I report to the moderators' channel
    when every line has had its time, in up to { $minutes } minutes. If somebody needs help, the practice ends at once.
drill-show = What has it shown?
drill-stop = End the practice
drill-running = A practice is under way already. Nothing was changed. See it with **/drill report**.
drill-somebody-waits = Somebody is waiting for the team right now, so this is no time to practise. Nothing was begun.
    See **/escalation list**.
drill-nobody = There is nobody on the team to page. Nothing was begun. See **/manage team add**.
drill-none = No practice is under way. Nothing was changed.
drill-never = **There has been no practice yet.** A lead or deputy begins one with **/drill start**.
drill-not-for-you = That page is not for you, or it is gone. Nothing was changed.
drill-page = **This is practice, number { $number }. Nobody is in trouble.**
drill-page-press = Press **It arrived**, so that we know this way works.
drill-arrived = It arrived
drill-thanks = **Thank you.** Now the team knows that this way reaches you.
drill-no-channel = This is practice, and I could only send direct messages.
drill-report-goes-on = **Practice { $number } goes on.** This is what it has shown so far.
drill-report-through = **Practice { $number } is over.** Every line was asked.
drill-report-stopped = **Practice { $number } was ended early.** This is what it has shown.
drill-report-real = **Practice { $number } ended, because somebody needs help.** That is no practice.
drill-report-begun = Begun { $at }.
drill-step-reached = **{ $at }: reached.** Somebody pressed on a page of this step.
drill-step-not-reached = **{ $at }: not reached.** Nobody pressed on a page of this step.
drill-page-answered = { $people }, { $way }: answered by { $by } after { $minutes } min { $seconds } s
drill-page-unanswered = { $people }, { $way }: not answered
drill-page-unseen = { $people }, { $way }: they cannot see that channel
drill-page-failed = { $people }, { $way }: did not arrive
drill-page-waiting = { $people }, { $way }: on its way
drill-report-unproven = { $person }: unproven in the last 30 days: { $ways }
drill-report-all-proven = Everybody who was asked can be reached by every way I tried.
drill-report-more = And lines that do not fit here: { $count }
way-channel = team channel
way-dm = direct message
way-alert = alert outside Discord

staff-added = **Concern { $number }: there is more to read.** Whoever raised it has written again.
staff-for-lead = for the lead
staff-held-often = Nobody was paged: it was more than the third about others in a day by the same person.
    It is on the lead's list until one of you takes it or closes it.
staff-held-blocked = Nobody was paged: a lead has blocked pages for this person's concerns about others.
    It is on the lead's list until one of you takes it or closes it.
limits-block = Don't page for this person's concerns about others
limits-block-ask = **Stop pages for concerns about others by whoever raised concern { $number }?** This touches 1 person.
    From then on such a concern goes to the lead's list and pages nobody. They are told so when they raise one.
    Anything about themselves, and every emergency, still pages the team. Their name is not shown to you by this.
limits-block-yes = Stop pages for this 1 person
limits-blocked = **Done.** This is block { $number }, from concern { $concern }. It holds until a lead lifts it.
    You find it with **/escalation list**.
limits-blocks = Blocks ({ $count })
limits-list = **Blocks: concerns about others that page nobody.** Nobody's name is kept with them.
limits-line = Block { $number }, since { $since }, from concern { $concern }
limits-list-more = And { $count } more. They are shown once one above is lifted.
limits-no-blocks = **There are no blocks.** Every first concern about others in a day pages the team.
limits-lift = Lift block { $number }
limits-lift-ask = **Lift this block?** This touches 1 person. Their concerns about others then page the team again.
limits-lift-yes = Lift block { $number } of 1 person
limits-lifted = **Done.** Block { $number } is lifted, and nothing of it is kept.
limits-about-self = This concern is about the person who raised it. Nobody is blocked for that, so nothing was changed.
limits-too-late = It is no longer known who raised this concern. Nothing was changed. Please block from a newer one.
limits-blocked-already = That block is there already. Nothing was changed. You find it with **/escalation list**.
limits-lifted-already = That block was lifted already. Nothing was changed.
limits-note = **On the lead's list, without a page: { $count ->
        [one] 1 concern
       *[other] { $count } concerns
    }.** Please look when you can: **/escalation list**. I say so once a day.
staff-side-room-since = opened { $since }
staff-debrief = **Concern { $number } is closed. Please talk about it today,** two of you or all, without names.
    What helped? What was hard? How are you? This can stay with people who help, too.
    It is fine to skip your next shift: press below, and the others are asked to cover it.
    {""}**Help now** is there for you as well.
staff-next-day = **Concern { $number }: the person agreed that one of you writes to them today.** The words are yours.
    Say that you thought of them and ask what would help. Ask for no details.
staff-next-day-who = Show me who
staff-next-day-done = I have written
staff-next-day-to = **The note goes to { $person }.** Please write it yourself, short and kind. I keep no words of it.
staff-next-day-written = **Thank you.** I no longer keep who it was.
staff-review = **Concern { $number } was closed a week ago.** Were we in time? Did the texts help? What do we do better?
    Please write down what you learn, without names, in your own playbook.
staff-words = **Words for the group, to copy.** A facilitator posts them, in a room and at a time that fits.
    I don't post them: only somebody there can see whether it is the moment. Please leave out every detail.
group-aftercare = Something difficult came up in our last meeting. It's being looked after, and out of respect we won't say more.
    You may feel unsettled, or nothing much. Both are fine. If you want to talk, tell a facilitator.
    {""}**Help now** shows lines that are always open.
next-day-ask = **May someone from the team write to you tomorrow?** It is your choice, and you can change it.
next-day-yes = Yes, tomorrow
next-day-no = No, thank you
next-day-back = No, after all
next-day-wanted = **Noted.** I ask the team to write to you tomorrow, and keep your name for that until then.
    I can't promise that somebody does.
next-day-not = **That's fine.** Nobody writes to you tomorrow. **Help now** is always there.
postvention-ask = **Stop everything automatic about { $person }?** Nobody is told.
    I send that account no reminders, notes, questions, offers or news of groups. I never mention it.
    A note that somebody was to write the next day is not asked for any more.
    Seats and places in line stay as they are. **Help now** still works for that account.
postvention-begin = Yes, stop it
postvention-silent = **Nothing automatic goes out about { $person }** since { $since }. You can take that back.
postvention-end = Take it back
postvention-ended = **{ $person } is as any other account again.** What was not sent meanwhile stays unsent.
postvention-team = That person is on the team, so I count on reaching them. Nothing was changed.
    First take them out with **/manage team remove**, then do this again.
staff-none-open = **No open concerns.**
staff-list = **Open concerns**
staff-list-more = And { $count } more. Open one by its number: **/escalation show**
staff-list-reviews = **To be looked at again**
staff-list-review = Concern { $number }: closed a week ago or more
staff-list-review-alone = Concern { $number }: one person stood alone
staff-list-reviews-more = And { $count } more, shown once one above is looked at.
staff-list-line = **{ $number }** · { $level } · { $state } · raised { $age }

staff-answers = **How long your team has to answer.** In brackets: what can be chosen.
staff-answers-counted = Each time counts from when help was asked for. Whatever is set, I ask until a person takes it.
staff-answers-level = **{ $level }**
staff-answers-from-to = ({ $least } to { $most })
staff-answers-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
 }
staff-answers-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
 }
staff-answers-change-check_in = Change check in
staff-answers-change-urgent = Change urgent
staff-answers-change-emergency = Change emergency
staff-answers-hint-minutes = In minutes: { $least } to { $most }
staff-answers-hint-hours = In hours: { $least } to { $most }
# One for each line of the table in policy.py: its label in the form, and what it means in words.
staff-answers-name-check-in-meeting = In a meeting: others are asked
staff-answers-line-check-in-meeting =
    In a meeting, its facilitators have { $time }. Then those on duty are asked too. After twice that, the leads are.
staff-answers-name-check-in-first = Otherwise: asked again
staff-answers-line-check-in-first =
    Otherwise those on duty have { $time }. Then they are asked again. After twice that, the leads are.
staff-answers-name-check-in-told = The person is told
staff-answers-line-check-in-told = If nobody answers for { $time }, the person is told so and everybody is asked.
staff-answers-name-check-in-acted = Who has it is asked again
staff-answers-line-check-in-acted = Who has it and does nothing for { $time } is asked again.
staff-answers-name-urgent-leads = Leads are asked
staff-answers-line-urgent-leads =
    Those on duty and the meeting's facilitators have { $time }. Then leads and deputies are asked.
staff-answers-name-urgent-everybody = Everybody is asked
staff-answers-line-urgent-everybody = If nobody answers for { $time }, everybody is asked.
staff-answers-name-urgent-told = The person is told
staff-answers-line-urgent-told = If nobody answers for { $time }, the person is told so.
staff-answers-name-urgent-acted = Who has it is asked again
staff-answers-line-urgent-acted = Who has it and does nothing for { $time } is asked again.
staff-answers-name-emergency-again = Everybody is asked again
staff-answers-line-emergency-again = Everybody is asked at once. They are asked again every { $time }, five times.
staff-answers-name-emergency-told = The person is told
staff-answers-line-emergency-told = If nobody answers for { $time }, the person is told so.
staff-answers-name-emergency-acted = Who has it is asked again
staff-answers-line-emergency-acted = Who has it and does nothing for { $time } is asked again.
staff-answers-bounds = *{ $name }* can be { $least } to { $most }. Nothing was changed.
staff-answers-too-soon = *{ $name }* must be { $least } at least, so that those asked before have had their time. Nothing was changed.
staff-answers-number = Please write each time as a whole number, such as 5. Nothing was changed.
staff-answers-same = These are the times your team has already. Nothing was changed.
staff-answers-check = **Change what your team has to keep to?** Nothing has changed yet. People on the team: { $people }.
staff-answers-open = A concern that is open keeps the times it began with.
staff-answers-told = I tell the team in the moderators' channel.
staff-answers-line-was = { $line } (Now: { $was }.)
staff-answers-confirm = Yes, change them
staff-answers-set = **The answer times are changed.**
staff-answers-news = **New answer times: { $level }.** They hold for each concern from now on.

# The rota, as the team sees it.
staff-rota-title = **Who is on duty** · clocks of { $zone }
staff-rota-none = Nobody is on the rota yet. Leads and deputies add weekly shifts here; **/oncall cover** adds one time.
staff-rota-day = **{ DATETIME($at, dateStyle: "full") }**
staff-rota-line = { $hours } ({ $from } to { $to }): { $who }
staff-rota-nobody = **nobody**
staff-rota-away =
    Away now: { $person }, { $ends ->
        [open] until they are back
       *[known] until { $until }
    }
staff-rota-page = Page { $page } of { $pages }
staff-rota-earlier = Earlier
staff-rota-later = Later
staff-rota-open = The rota
staff-rota-weekly = Weekly shifts
staff-rota-gaps = Gaps
staff-rota-nights-on = Ask me at night
staff-rota-nights-off = Don't ask me at night
staff-rota-nights-are-on = **Done.** When nobody is on duty and it is urgent, I ask you right after the leads.
staff-rota-nights-are-off = **Done.** I no longer ask you when nobody is on duty, unless everybody is asked.
staff-rota-choice = { $weekday } { DATETIME($at, dateStyle: "medium") }, { $hours }

staff-rota-weekly-title = **Weekly shifts**
staff-rota-weekly-none = There are none yet.
staff-rota-weekly-line = **{ $days }** { $hours } ({ $zone }): { $people }{ $ends ->
        [date] , last on { DATETIME($last, dateStyle: "medium") }
       *[never] {""}
    }
staff-rota-weekly-more = And { $count } more: choose one from the menu.
staff-rota-turns = { $people }, a week each
staff-rota-empty-place = nobody
staff-rota-choose = Change or end a shift
staff-rota-add = Add a weekly shift
staff-rota-change = Change
staff-rota-end = End it
staff-rota-end-check = **End this weekly shift?** Nothing has changed yet. What has begun goes on to its end.
staff-rota-end-confirm = Yes, end it
staff-rota-added = **Added.** The next dates:
staff-rota-changed = **Changed.** The next dates:
staff-rota-ended = **Ended.**
staff-rota-undone = **Undone.** It is as it was before.
staff-rota-one = **This weekly shift.** The next dates:
staff-rota-unplanned = In the coming week no shift covers these hours:
staff-rota-all-planned = The coming week has no hour without a shift.
staff-rota-more = And { $count } more.
staff-rota-undo = Undo
staff-rota-form = A weekly shift
staff-rota-form-days = Which days?
staff-rota-form-days-hint = Such as Tuesday, Mon-Fri, or every day
staff-rota-form-hours = From when until when?
staff-rota-form-hours-hint = Such as 19:00-23:00 or 10pm to 7am
staff-rota-form-people = Who? Several take turns, a week each
staff-rota-form-zone = By the clocks of which city?
staff-rota-form-zone-hint = Empty for the server's zone
staff-rota-form-first = From which date on?
staff-rota-form-first-hint = Empty for today. The first person has that week

staff-rota-not-team = That person is not a lead, deputy or moderator. Nothing was changed. See **/manage team add**.
staff-rota-length = A shift has 1 to 24 hours and ends in the future. Nothing was changed. Please try again.
staff-rota-too-far = That is more than { $days } days away. Nothing was changed.
staff-rota-too-many = There are { $most } weekly shifts already, and I can't keep more. Nothing was added. End one first.
staff-rota-is-away = Somebody would be on duty who is away then. Nothing was changed.
staff-rota-instead-of-self = That is the same person twice. Nothing was changed.
staff-rota-last-lead = **One lead or deputy always has to be there, and the others are away then.** Nothing was changed.
    Ask one of them to come back earlier, or add a deputy with **/manage team add**.
staff-rota-ends-first = That ends before it begins, or it is over. Nothing was changed.
staff-rota-gap-taken = Somebody covers that already, or it is over. Nothing was changed. See **/oncall gaps**.
staff-rota-swap-choose = Please choose a shift of yours and one of theirs from the lists. Nothing was changed.
staff-rota-when-unknown =
    I can't read “{ $typed }”. Write it like **now**, **tonight 10pm**, **Fri 18:00** or **1 Dec 19:00**. Nothing was changed.
staff-rota-time-unknown = I can't read a time in “{ $typed }”. Write it like **19:00** or **7pm**. Nothing was changed.
staff-rota-time-two = “{ $typed }” could be { $one } or { $other }. Please write which. Nothing was changed.
staff-rota-hours-unknown =
    I can't read “{ $typed }”. Write from when until when, like **19:00-23:00** or **10pm to 7am**. Nothing was changed.
staff-rota-days-unknown =
    I can't read days in “{ $typed }”. Write them like **Tuesday**, **Mon, Wed**, **Mon-Fri** or **every day**.
staff-rota-date-unknown = I can't read a date in “{ $typed }”. Write it like **1 Dec** or **2026-12-01**. Nothing was changed.
staff-rota-date-past = “{ $typed }” is in the past. Nothing was changed.
staff-rota-zone-unknown = I don't know which clocks “{ $typed }” means. Try one of these: { $zones }. Nothing was changed.
staff-rota-zone-example = London, New York

staff-rota-put = **Done.** { $person } is on duty from { $from } to { $to }.
    By the clocks of { $zone } that is { $hours }.
staff-rota-put-instead = They are there in the place of { $person }.
staff-rota-uncovered-yours = **Undone.** { $person } is not on duty from { $from } to { $to }.
staff-rota-off-open = **{ $person } is away from { $from } on**, until they say that they are back.
staff-rota-off-until = **{ $person } is away from { $from } to { $to }.**
staff-rota-off-none = No shift of the next eight weeks is touched.
staff-rota-off-asked =
    { $count ->
        [one] One shift is touched. I have asked the others to cover what is left without anybody:
       *[other] { $count } shifts are touched. I have asked the others to cover what is left without anybody:
    }
staff-rota-off-covered =
    { $count ->
        [one] One shift is touched. Somebody else is on duty then.
       *[other] { $count } shifts are touched. Somebody else is on duty at all these times.
    }
staff-rota-off-pages = Pages go to others meanwhile.
staff-rota-back = I'm back
staff-rota-skip = Skip my next shift
staff-rota-skip-check = **Skip your shift from { $from } to { $to }?** Nothing has changed yet.
    By the clocks of { $zone } that is { $hours }. The others are asked to cover it.
staff-rota-skip-confirm = Yes, skip it
staff-rota-skip-none = You have no shift to skip: none is yours in the next eight weeks, or it has begun. Nothing was changed.
staff-rota-is-back = **Welcome back, { $person }.** The shifts that are still to come are yours again.

staff-rota-gaps-title = **Nobody is on duty at these times**, though somebody should be:
staff-rota-gaps-none = **No gaps.** Every planned shift of the next eight weeks has somebody.
staff-rota-gaps-nothing = **No shift is planned.** So nobody is on duty at any time.
staff-rota-gaps-take = I can cover
staff-rota-wanted = **Who can cover?** { $person } is away, and nobody is on duty at these times:
staff-rota-can-cover = I can cover
staff-rota-choose-gap = **Which of these can you cover?**
staff-rota-gap-told = **Nobody is on duty at these times:**
staff-rota-gap-hint = Please find somebody. Until then, what is urgent goes to leads and deputies at once.
staff-rota-unproven = Not counted on yet: { $people }. A page has to be seen to reach them first: ask them to press **/oncall test**.
staff-rota-unplanned-told = **No shift reaches these times:**
staff-rota-unplanned-hint = Nobody is on duty then. What is urgent goes to leads and deputies at once.
    What comes back each week I say only once. **/oncall gaps** shows it all.
staff-rota-from-on = from { $at } on
staff-rota-covered = **{ $person } covers { $from } to { $to }.** Thank you.
staff-rota-cover-told = **{ $person }, you are on duty** from { $from } to { $to }.
staff-rota-cover-instead-told = { $person }, you are not: this was changed for you.
staff-rota-uncovered-told = **{ $person }, you are not on duty** from { $from } to { $to } after all.
staff-rota-leads-away = **All leads and deputies who are left are away at once, from { $at } on.**
    There has to be somebody at all hours, so I ask you all the same while nobody else is there.
staff-rota-swap-told = **{ $person }, a swap?** { $by } asks to take your shift, and to give you theirs.
staff-rota-swap-yours = Yours: { $when }
staff-rota-swap-theirs = Theirs: { $when }
staff-rota-span = { $from } to { $to }
staff-rota-agree = I agree
staff-rota-decline = No, thank you
staff-rota-swap-asked = **Asked.** Nothing has changed yet. { $person } has to agree before the first of the two begins.
staff-rota-take-back = Take it back
staff-rota-swap-agreed = **Swapped.** Each of you has the other's shift now.
staff-rota-swap-over = **All right.** Nothing was changed.
staff-rota-answer-agreed = **Swapped.** { $person } agreed.
staff-rota-answer-declined = **No swap.** { $person } can't this time. Nothing was changed.
