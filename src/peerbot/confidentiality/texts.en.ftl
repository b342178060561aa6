# The agreement and its limits, and the reminders of them in a room.

cmd-agreement = What stays private in a group, and what cannot
cmd-agreement-accept = See what has changed in your groups, and agree to it
cmd-agreement-withdraw = No longer agree, and leave a group. It asks first
cmd-agreement-withdraw-group = The group you want to leave
cmd-manage-texts = Lines that a group adds to the agreement
cmd-manage-texts-group = The group
cmd-manage-limits = Lines that this server adds to the limits
cmd-agreement-read = Read the agreement and its limits

# A change of this text is a new AGREEMENT_VERSION.
agreement-text = **What we promise each other**
    1. We meet as equals. Nobody here is the expert on somebody else's life.
    2. What's said here stays here. Your own story is yours to tell anywhere; other people's names, words and stories are not.
    3. No screenshots, recordings, copying or note-taking apps. Not even to be helpful.
    4. Join from somewhere private if you can, or use headphones.
    5. Share as much or as little as you like. Passing, listening or only reading counts as taking part.
    6. One person at a time, and time for everyone. If you've had a lot of space, leave some; if you're slow to type, we'll wait.
    7. We talk about what we've lived, not what others should do. Ask before offering ideas. No diagnosing, no advice on medicines.
    8. Hard subjects are welcome. Give a short heads-up first, and leave out methods, amounts and graphic detail.
    9. We're kind in disagreement: we question views, not people. No discrimination, and no pushing anyone to chat privately or swap contacts.
    10. If you're worried about yourself or anyone else, tell a facilitator. If a life may be in danger, the team may need to act.

# 🔒 May be extended, never weakened: keep every sentence. A change is a new LIMITS_VERSION.
limits-text = **What we can and can't keep private**
    We ask everyone to keep what they hear to themselves. We can't see every screen or who is in the room with someone. So please share what feels right with that in mind.

    The team may need to pass something on if:
    • someone's life seems to be in danger
    • a child, or an adult who can't protect themselves, is being harmed or may be
    • someone is threatening serious harm to another person
    • the law says we must

    If that happens we share only what's needed, with as few people as possible. We'll try to talk with you first and tell you what we do
    – unless that would put someone in more danger. When there's time, two people decide together.

    Discord keeps messages under its own rules. This bot doesn't read, record or keep what you say.

    We usually don't know your name or where you are, so we may not be able to send help. If you're in danger now, please contact your emergency number.

agreement-added = **This group adds:**
limits-added = **This server adds the lines below.** They take nothing back of what stands above.
agreement-read = Read the agreement
agreement-read-changed = Read what changed
agreement-asked = **What people of { $group } agree to has changed.** Only you can see this message.
    Until you agree, you can read in its room, not write. **/agreement read** shows all of it.
agreement-part-agreement = **The agreement**
agreement-part-limits = **What we can and can't keep private**
agreement-part-server = **What this server adds to the limits**
agreement-part-group = **What this group adds to the agreement**
agreement-new = New: { $line }
agreement-gone = No longer: { $line }
agreement-agree = I agree
agreement-leave = I leave the group
agreement-agreed = **Thank you. You agree to what people of { $group } agree to now.** Only you can see this message.
    If its room is there, you can write in it like the others.
agreement-nothing-new = **You have agreed to all of it. Nothing is asked of you.** Only you can see this message.
    {""}**/agreement read** shows what it says.
agreement-withdraw-check = **Do you no longer agree to what people of { $group } promise each other?** Nothing has changed yet.
    If you withdraw, you leave the group. Your seat, or your place on the waitlist, goes to the next person.
    You lose access to its rooms at once. No reason is asked. You can join again later.
agreement-withdraw-confirm = Withdraw and leave

agreement-built-in = A server and a group may add lines to these two texts. On the server, **/agreement read** shows them too.
agreement-group = **What { $group } adds to the agreement:**
agreement-line = • { $line }
agreement-changed-meanwhile =
    The text has changed since you opened it, so nothing was changed. You have not agreed to anything new.
    Please open it once more and read what it says now.

reminder-opening =
    Welcome to **{ $group }**. { $facilitators ->
        [one] Your facilitator is
       *[other] Your facilitators are
    } { $who }. We finish at { $ends }.
    We're people with something in common, not therapists, and this isn't an emergency service.
    What's said here stays here: no screenshots, no recording.
    There are limits: if someone may be in danger, the team may need to pass it on. **/agreement read** has all of them.
    { $medium ->
        [voice] You can pass at any time, turn your camera off, or just listen.
            Writing in this room's chat is as welcome as speaking.
       *[text] You can pass at any time, turn your camera off, or just read.
    }
    To reach us quietly, press **Tell a facilitator**. If you need help right now, press **Help now**.
    Emergency number here: { $emergency }. Anywhere else: findahelpline.com
reminder-mid =
    Half-way. Have a stretch, a sip of water, a breath.
    A gentle reminder: room for every voice, "I" rather than "you should", and what's said here stays here.
    If this is feeling like a lot, it's fine to step out. Press **Tell a facilitator** if you'd like company.
reminder-closing =
    We finish at { $ends }. Thank you for being here, in whatever way you were.
    Please leave other people's stories in this room. Nothing to save, nothing to forward.
    It can stir things up to talk and to listen. Be a little kind to yourself today.
    Eat something, get some air, message somebody you trust.
    A facilitator stays until { $until } if you'd like a word. Then this room closes.
    After that we're not on duty here; **Help now** shows lines that are open.
    { $next ->
        [none] No next meeting is planned yet.
       *[known] Next time: { $next }. Come if you want to.
    }
reminder-tell = Tell a facilitator
reminder-here = I'm here

kept-acceptance =
    You accepted the agreement (version { $agreement }.{ $group }) and its limits (version { $limits }.{ $server }) on { $accepted }.
    This is proof of your consent. It stays while you are in the group.
kept-acceptance-ended =
    You accepted the agreement (version { $agreement }.{ $group }) and its limits (version { $limits }.{ $server }) on { $accepted }.
    You left on { $withdrawn }. A code stands in place of your Discord account.

staff-texts-group = **What people of { $group } read.** The built-in agreement stays whole. You can add lines of your own.
staff-texts-server = **What people of all groups here read.** The built-in limits stay whole. You can add lines, never weaken it.
staff-texts-change = Change the added lines
staff-texts-title-group = Lines this group adds to the agreement
staff-texts-title-server = Lines this server adds to the limits
staff-texts-about =
    People read these lines right after the built-in text, which always stands first and whole.
    Write what people promise or should know. No names, nothing about one person.
    A line left empty goes. You see the result first; nothing changes before you confirm it.
staff-texts-line = Line
staff-texts-line-n = Line { $n }
staff-texts-same = These lines hold already, so nothing was changed. Please change one of them.
staff-texts-too-long = All lines together are too long. Nothing was changed. Please make them shorter.
staff-texts-meanwhile =
    Somebody else has changed these lines since, so nothing was changed.
    Please look again with **/manage limits** or **/manage texts**.
staff-texts-check = **Let people read this from now on?** Nothing has changed yet.
staff-texts-done = **Done. This holds from now on.**
staff-texts-people = { $people ->
        [0] Nobody has to be asked again.
        [one] 1 person has agreed to the present text. They are asked again at their next meeting.
       *[other] { $people } people have agreed to the present text. They are asked again at their next meeting.
    } Until they agree, they can read there, not write.
staff-texts-asked = { $people ->
        [0] Nobody is asked again.
        [one] 1 person is asked again at their next meeting.
       *[other] { $people } people are asked again at their next meeting.
    }
staff-texts-then = **Who agreed before sees this at their next meeting.** Until they agree, they can read there, not write.
staff-texts-confirm = Yes, use this text
staff-texts-undo = Undo

# Who can read a room: two plain lines, as they are said at joining, in a side room and by /agreement who-can-read.
cmd-agreement-who = Who can read a room here, and who can find out who is in it
sight-reads = **Who can read it:** the people it is for.
sight-owner = Also the owner of this server.
sight-everybody = Everybody on this server can read it.
sight-roles = Also people with the role { $roles }.
sight-bots = Also the bots { $bots }.
sight-could = People with the role { $roles } could let themselves in, or have messages copied out.
sight-could-everybody = Everybody here could let themselves in.
sight-copies = Automatic rules copy messages they catch into another channel: { $rules }.
sight-finds = **Who can find out who is in it:** all of these.
sight-finds-same = Nobody else.
sight-finds-roles = Also people with the role { $roles }, who may read the audit log.
sight-finds-everybody = Also everybody here: all may read the audit log.
sight-role = “{ $role }” ({ $people })
sight-role-uncounted = “{ $role }”
sight-more = and { $count } more
sight-unknown = I could not find out just now who can read a room. Its owner and those who run the server can.
sight-title = **Who can read rooms on this server.** Only you can see this message.
sight-room-title = **Who can read this room.** Only you can see this message.
sight-promise = I see roles, not who has them. A number says how many people at most.
sight-elsewhere = Please ask in the server of the group. In a direct message I can't look.
