# What is said when something cannot be done: what happened, what did not change, what to do next.

error-unexpected =
    Something went wrong on my side, and I have noted it.
    I can't say whether it was done. Please look before you try again.
    If you need somebody now, use **/help-now**.
error-not-allowed =
    You can't do this here, so nothing was changed.
    Ask a coordinator of this server if you think you should be able to.
error-not-found =
    I can't find that. Nothing was changed.
    It may be over, or it may not be open to you. **/group find** shows what is.
error-not-set-up =
    Groups are not open on this server yet, so nothing was changed.
    {""}**/help-now** works all the same.
error-invalid = I can't use that, so nothing was changed. Please check it and try again.
error-too-short = **{ $field }** needs at least { $least } characters. Nothing was changed. Please try again.
error-too-long = **{ $field }** may have { $most } characters and has { $now }.
    Nothing was changed. Please make it shorter and try again.
error-late = That is over, so nothing was changed. **/group mine** shows how things are now.
error-old-button =
    This button is from an older version, so nothing was changed.
    Please use the command instead, or ask a coordinator for a new message.
error-needs-server = This works inside a server. Nothing was changed. Please use it there.
try-again = Try again
form-chose-bot = You chose a bot. Nobody would answer there, so nothing was changed. Please choose a person.
draft-kept = Here is what you wrote, so that nothing is lost:
late-news =
    I could not show you an answer to what you pressed a moment ago.
    {""}**/group mine** shows how things are now. If you needed somebody, please press **Help now** again.
help-now = Help now

wall = { $day } { DATETIME($at, timeStyle: "short") }, { $zone }
weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday

# Where somebody stood who asked to be deleted, or has left.
person-forgotten = somebody who is no longer known here
somebody = somebody
