# Setting a server up: read by administrators and coordinators.

cmd-setup = Set peerbot up on this server: five questions, about five minutes
cmd-manage = Set up groups, meetings and the team
cmd-manage-team = Who looks after this server's groups
cmd-manage-team-add = Give a person a part in the team
cmd-manage-team-add-person = Who
cmd-manage-team-add-part = What they will do
cmd-manage-team-list = See who does what in the team
cmd-manage-team-remove = Take a part in the team from a person
cmd-escalation-acts = What the team did here; for leads and the owner
cmd-manage-server = See and change this server's settings

setup-title = Set peerbot up
setup-begin = **Set peerbot up.** About 15 minutes, in { $all } steps. You can stop at any time: **/setup** goes on here.
    Nothing is kept until you send the form.
setup-goes-on = **Set peerbot up: step { $number } of { $all }.** You can stop at any time: **/setup** goes on here.
setup-now = **{ $step }**
setup-done = Done: { $steps }
setup-to-come = Still to come: { $steps }
setup-more = • And more: **/doctor** shows all of it
setup-all-done = **peerbot is set up on this server.** **/doctor** tells you if something stops me from keeping my word.
    Members find groups with **/group find**. To show them the way, use **/manage panel**.
setup-step-answers = Five questions
setup-step-permissions = My permissions
setup-step-channels = Places for rooms and for your team
setup-step-team = The smallest team
setup-step-commands = Commands your team can see
setup-step-reach = Reaching your team
setup-step-group = A first group
setup-step-dates = When it meets
setup-step-practice = A practice meeting
setup-step-drill = Practice of reaching the team
setup-do-answers = Country, lead, second person, staff channels, time zone. All of it can be changed later.
setup-do-permissions = Open Server Settings, Roles, and give my role what is missing:
setup-do-channels = Rooms are made in a category of mine. Your team reads two channels that only they can see.
setup-do-team = Groups open to members when three people are there.
    They are the lead, a second person, and a facilitator who is neither of the two.
setup-do-commands = Discord hides some commands from people without Manage Server or Moderate Members.
setup-do-reach = People can only count on a team that messages reach. I send each of them a test, and they press *It arrived*.
    Your lead or deputy can send it at any time: **/oncall test** with *everybody*.
setup-do-group = Choose a name that tells nobody what the group is about. Then add two facilitators.
setup-do-dates = Use **/manage series add**. You see the next dates before anything is kept.
setup-do-practice = Your team sees a room open, close and go, before a group needs one. It takes 20 minutes.
setup-do-drill = The whole chain for real, and every page says that it is practice. Your lead or deputy starts it: **/drill start**.
setup-press-form = Begin
setup-press-make-channels = Make what is missing
setup-press-channels = Choose channels
setup-press-person = Add somebody to the team
setup-press-test = Test the whole team
setup-press-group = Make a group
setup-press-practice = Practice meeting
setup-press-drill = Practise now
setup-look-again = Look again
setup-skip = Later
setup-go-on = Go on
setup-known = Lead: { $lead } · second person: { $second }
setup-known-channels = Moderators' channel: { $moderators } · facilitators' channel: { $facilitators }
setup-no-channel = not there yet
setup-no-outside = Please also name somebody outside the team: **/manage server**, *Contact outside the team*.
    People are shown it when a concern is about the team, and nobody is left to ask.
setup-change = Change the answers
setup-country = Country
setup-country-hint = Whose emergency number and help lines people see first
setup-lead = Safeguarding lead
setup-lead-hint = Hears of every serious concern. At least one lead is never away
setup-second = Second person
setup-second-hint = Someone else who can sign off with the lead
setup-channels = Staff channels
setup-channels-hint = One for moderators, one for facilitators. Only they can read them
setup-channels-make = Make both for me
setup-channels-choose = I have channels and choose them next
setup-zone = Time zone
setup-zone-hint = A city is enough, such as London
setup-unknown-zone = I don't know that time zone. Please write a large city near you, such as **Berlin**. Nothing was changed.
setup-two-people = The lead and the second person need to be two people. Nothing was changed.
setup-saved-makes = **Saved.** I am making the channels now.
setup-saved = **Saved.**
setup-choose-channels = **Choose the two staff channels.** Please check that only your team can read them.
setup-choose-moderators = The moderators' channel
setup-choose-facilitators = The facilitators' channel
setup-channel-saved = **Saved.** { $channel } is now the { $which }.
staff-channel-moderators = moderators' channel
staff-channel-facilitators = facilitators' channel

lacking-lead = a safeguarding lead (**/setup**)
lacking-second = a second person who can sign off (**/setup**)
lacking-contact = whom younger people can turn to about their safety (**/manage server**)
lacking-facilitator = a facilitator who is neither of the two (**/manage team add**)

permission-view-channel = **View Channels**: to see the channels I make
permission-send-messages = **Send Messages**: to open meetings and to page your team
permission-read-history = **Read Message History**: to check what I sent after a fault. I never read what people write
permission-manage-channels = **Manage Channels**: to make a room for each meeting and delete it afterwards
permission-manage-messages = **Manage Messages**: to take a message down when a facilitator of that room asks me to
permission-manage-roles = **Manage Roles**: to let exactly the members of a group into its room
permission-move-members = **Move Members**: to take someone off a voice room they may no longer be in
permission-connect = **Connect**: to make voice rooms
permission-public-threads = **Create Public Threads**: to be able to switch threads off in rooms
permission-private-threads = **Create Private Threads**: to be able to switch threads off in rooms
permission-write-in-threads = **Send Messages in Threads**: to be able to switch threads off in rooms

doctor-check-permissions = my permissions
doctor-check-category = the category for rooms
doctor-check-channels = staff channels
doctor-channel-gone = There is no { $which }. Choose one with **/setup**, or let me make it.
doctor-channel-hidden = I can't see the { $which }. Please give me View Channel there.
doctor-channel-mute = I can't write in the { $which }. Please give me Send Messages there.
doctor-check-smallest-team = smallest team
doctor-never-reached = Groups open to members once a lead, a second person and a facilitator were each reached by a test.
    Your lead or deputy sends it with **/oncall test**, *everybody*. Each presses *It arrived*.
doctor-check-commands = commands the team sees
doctor-commands-unseen = { $people } can't see { $commands }. Open Server Settings, Integrations, peerbot.
    There, give their role or themselves the use of it. Buttons on pages work all the same.
doctor-commands-unknown = Discord did not say in time who sees which command. Please look again.
doctor-check-answers = what people are shown in need
doctor-permission = I need { $permission }. Give it to my role in Server Settings, Roles.
doctor-permission-rooms = In the category for rooms I need { $permission }. Change it in the settings of that category.
doctor-category-gone = It is not there. Choose *Make what is missing* in **/manage server**, *Staff channels*.
doctor-lacking = Groups are closed to newcomers. Still needed: { $who }.
doctor-no-country = No country is set, so people see 112 first. Choose yours with **/setup**.
doctor-no-outside = Nobody outside the team is named. Add a person or service with **/manage server**.

server-opened = **Your groups are open to members now.** Your lead, a second person and a facilitator were each reached.
    {""}{ $people }

team-added = **Done.** { $person } is now { $part }.
team-was = { $person } was { $part } already. Nothing was changed.
team-is-silenced = Nothing goes out by itself to that person, so nobody could count on them. Nothing was changed.
    A lead or deputy can take that back with **/postvention**.
team-is-bot = A bot can't be part of the team. Nothing was changed. Please choose a person.
part-lead = a safeguarding lead
part-deputy = a deputy lead
part-moderator = a moderator
part-coordinator = a coordinator
part-facilitator = a facilitator

staff-undo = Undo
staff-team = **The team of this server.** Only you can see this message.
staff-team-more = **The team, continued.**
staff-team-part = **{ $part }**: { $people }
staff-team-lead = Safeguarding leads
staff-team-deputy = Deputy leads
staff-team-moderator = Moderators
staff-team-coordinator = Coordinators
staff-team-facilitator = Facilitators
staff-team-had-not = { $person } is not { $part }. Nothing was changed.
staff-team-removed = **Done.** { $person } is no longer { $part }.
    Staff channels that went with it are closed to them now. They are paged as that no more.
staff-team-closes = **Groups would close to newcomers.** Nothing was changed yet.
    If { $person } is no longer { $part }, the smallest team is not there any more.
    Members keep their seats. Nobody can find or join a group until the team is whole again.
staff-team-remove-confirm = Remove this 1 person all the same
staff-team-closed = **Groups are closed to newcomers now.** **/setup** shows what is missing.
team-last-lead = This is the only safeguarding lead, so nothing was changed. First add another with **/manage team add**.
team-holds-groups = { $groups ->
        [one] They hold 1 group
       *[other] They hold { $groups } groups
    } as a facilitator, so nothing was changed. First use **/manage facilitator remove**.

staff-server = **This server's settings.** Only you can see this message.
staff-server-country = Country: { $country }
staff-server-zone = Time zone: { $zone }
staff-server-ages = Ages: { $ages }
staff-server-outside-is = If nobody of the team may answer: { $contact }
staff-server-contact-is = Younger people can turn to: { $contact }
staff-server-no-contact = nobody is named yet
staff-server-seats = A coordinator confirms each seat: { $confirmed ->
        [yes] yes
       *[no] no
    }
staff-server-choose = Choose what to change
staff-server-field-country = Country
staff-server-field-zone = Time zone
staff-server-field-channels = Staff channels
staff-server-field-seats = Whether a coordinator confirms each seat
staff-server-field-ages = Ages
staff-server-field-contact = Safeguarding contact
staff-server-field-outside = Contact outside the team
staff-server-first = Youngest age
staff-server-first-hint = 18 for adults. Nobody under 13 may use Discord
staff-server-last = Oldest age
staff-server-last-hint = Leave it empty for no upper age
staff-server-contact = Safeguarding contact
staff-server-contact-hint = Whom younger people can turn to about their safety. Shown to everybody who joins
staff-server-outside = Contact outside the team
staff-server-outside-hint = Name, and how to reach them. Shown if a concern is about the whole team
staff-server-ages-unclear = I can't use these ages. Nothing was changed.
    Please write whole years from { $youngest } to { $oldest }, the youngest first.
staff-server-same = { $what }: { $now }. It was so already, and nothing was changed.
staff-server-changed = **Saved.** { $what } is now: { $now }
    It was: { $was }
    People who have a seat keep it. Nobody is written to.
staff-server-lacks-contact = **Groups are closed to newcomers until you name a safeguarding contact.**
    Use **/manage server** again and choose *Safeguarding contact*.
staff-server-make = Make what is missing
staff-server-making = **I am making the staff channels that are not there yet.** **/setup** shows when they are there.
ages = { $last ->
        [0] { $first } or older
       *[other] { $first } to { $last } years old
    }

act-answer-times-changed = the team's answer times changed
act-server-changed = a setting of the server changed
act-pause-proposed = a pause of somebody's access proposed
act-pause-confirmed = a pause of somebody's access confirmed
act-pause-declined = a pause of somebody's access not done
act-end-proposed = the end of a membership proposed
act-end-confirmed = the end of a membership confirmed
act-end-declined = the end of a membership not done
act-access-restored = somebody's access given back
act-seat-confirmed = a seat confirmed
act-seat-declined = a seat not confirmed
act-keep-apart-changed = the notes on people to keep apart changed
act-drill-started = a practice of reaching the team begun
act-concerns-blocked = pages for one person's concerns about others stopped
act-block-lifted = such a stop lifted
act-silenced = everything automatic about an account stopped
act-silence-ended = an account no longer silenced
act-team-changed = the team changed
act-server-set-up = the server set up
act-channels-chosen = staff channels chosen
act-channels-made = staff channels made
act-group-created = a group made
act-group-changed = a group changed
act-facilitators-changed = who holds a group changed
act-invite-made = a code for a group made
act-invite-changed = a code for a group stopped, or allowed again
act-panel-posted = the button that leads to the groups posted
act-texts-changed = lines of the agreement or the limits changed
act-practice-planned = a practice meeting planned
act-series-changed = the dates of a group changed
act-times-changed = the times of a group's rooms changed
act-drill-stopped = a practice of reaching the team ended
act-rota-changed = somebody else's hours on duty changed
act-ways-tested = test pages sent to others

staff-acts = **What the team did here.** Only you can see this message. It says what and who, never about whom.
    What was done with concerns is not here: the concern shows it.
staff-acts-line = { $when } · { $who }: { $act }
staff-acts-none = Nothing yet.
staff-acts-older = Older

place-category = Meeting rooms
place-moderators = peerbot-moderators
place-facilitators = peerbot-facilitators

kept-team = That you are { $part } here: so that people know who to ask, and who is paged
kept-staff-acts = What you did as staff: { $act }, { $times ->
        [one] once
       *[other] { $times } times
    }. Kept for a year, so that others can trust it.
