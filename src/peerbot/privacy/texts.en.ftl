# What is kept about a person, told to that person.

cmd-my-data = What this bot keeps about you
cmd-my-data-show = See what is kept about you, and until when

my-data-title = **What I keep about you**, in every server we share:
my-data-more = **What I keep about you**, continued:
my-data-nothing = **There is nothing about you that I can show you.** I never read or keep what people say.
my-data-until = (until { $at })
my-data-while = (while it lasts)
my-data-never = I never read or keep what you say, your voice, your real name, or why you stay away.
