# What is kept about a person, told to that person.

cmd-my-data = What this bot keeps about you
cmd-my-data-show = See what is kept about you, and until when

my-data-title = **What I keep about you**, in every server we share:
my-data-more = **What I keep about you**, continued:
my-data-nothing = **There is nothing about you that I can show you.** I never read or keep what people say.
# Said to everybody, so that it tells nothing about anybody.
my-data-apart = A coordinator may note that two people are not to share a group. I show no such note to anybody.
    It would tell one of them about the other. You can ask the safeguarding lead.
my-data-until = (until { $at })
my-data-while = (while it lasts)
my-data-never = I never read or keep what you say, your voice, your real name, or why you stay away.

doctor-check-housekeeping = deleting what is over
doctor-housekeeping-never = It has not run yet. It runs at each start, and each night.
doctor-housekeeping-late = It last ran { $last }. Things are kept too long. Ask your operator to look at the log.
