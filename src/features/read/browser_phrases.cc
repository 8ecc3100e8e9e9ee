// How people say what the browser shows, keeps or offers, and no element of the page does.
#include "features/read/phrase_lines.h"

namespace vouch::features {
namespace {

constexpr Line kSeenOfBrowser[] = {
    // What the browser keeps, and its console
    {STORED " [named|called] {name:literal} (be (set|present|there|stored|created|saved|kept)|"
            "exist)",
     build::kept, "a cookie \"token\" is set"},
    {STORED " [named|called] {name:literal} (be|have [the] value|contain|hold|equal|be set to) "
            "{value:literal}",
     build::kept, "the cookie \"token\" has the value \"123\""},
    {"[the] value of " STORED " [named|called] {name:literal} (be|equal) {value:literal}",
     build::kept, "the value of the cookie \"token\" is \"123\""},
    {"there be (a|an|no) " STORED " [named|called] {name:literal} [(with|containing) "
     "[the] [value] {value:literal}]",
     build::kept, "there is no cookie \"token\""},
    {"[(see|have|get)] [no] " STORED " [named|called] {name:literal} [(with|containing) [the] "
     "[value] {value:literal}]",
     build::kept, "I have a cookie \"token\""},
    {"no " STORED " [named|called] {name:literal} (be (set|present|there|stored|left)|exist)",
     build::kept, "no cookie \"token\" is set"},
    {STORAGE " (contain|hold|have|store|keep) [no] [the|a|an] [item|key|entry|value] "
             "{name:literal} [(with|set to|as|containing) [the] [value] {value:literal}]",
     build::kept, "the local storage holds \"token\" with the value \"123\""},
    {"{name:literal} be (stored|saved|kept|remembered|set|present|there) in " STORAGE
     " [(as|with|containing) [the] [value] {value:literal}]",
     build::kept, "\"cart\" is stored in the local storage"},
    {"{value:literal} be (stored|saved|kept|remembered) (under|as) {name:literal} in " STORAGE,
     build::kept, "\"dark\" is stored under \"theme\" in the local storage"},
    {"{name:literal} in " STORAGE " (be|equal|have the value|contain) {value:literal}", build::kept,
     "\"theme\" in the local storage is \"dark\""},
    {STORAGE " be (empty|cleared)", build::kept, "the session storage is empty"},
    {"(there be|have|see|get|be left with) no cookies [left|set|stored]", build::kept,
     "there are no cookies"},
    {"no cookies [be] (set|stored|left|there|present|kept)", build::kept, "no cookies are set"},
    {"(" STORAGE "|[the] cookies) (hold|contain|have|be|store|keep) [these|the following] "
     "[items|entries|keys|values]",
     build::kept_rows, "the local storage holds these items:"},
    {"[the] [browser|browser's|javascript|js] console (show|have|contain|report|log|hold) [no] "
     "(error|errors) [message|messages] [{value:literal}]",
     build::console_errors, "the console shows no errors"},
    {"[the] [browser|browser's|javascript|js] console (show|have|contain|report|log) [the|an] "
     "error [message] {value:literal}",
     build::console_errors, "the console shows the error \"Boom\""},
    {"[the] [browser|browser's|javascript|js] console be (empty|clean|free of errors|clear)",
     build::console_errors, "the console is free of errors"},
    {"no [javascript|js|script|console] errors [be] (logged|reported|shown|written|printed) "
     "[(in|on|to) [the] [browser|browser's|javascript|js] console]",
     build::console_errors, "no errors are logged in the console"},
    {"(there be|see|have|get|find) no ([javascript|js|script|browser] console errors|"
     "(javascript|js|script) errors|[javascript|js] errors (in|on) [the] [browser|browser's] "
     "console)",
     build::console_errors, "there are no errors in the console"},

    // The browser's own dialogs, files, tabs
    {"the (question|prompt|warning) {value:literal} be (asked|raised|put)", build::dialog_says,
     "the question \"Delete it?\" is asked"},
    {"be (told|informed|notified) [that|:] {value:literal}", build::dialog_says,
     "she is told \"Saved\""},
    {"(get|receive|see|be shown) [a|an|the] (message|alert|warning|notice) [saying|that says] "
     "{value:literal}",
     build::dialog_says, "I get the message \"Saved\""},
    {"[a|an|the] (message|alert|warning|notice) [saying|that says] {value:literal} "
     "(appear|be (displayed|shown|given))",
     build::dialog_says, "the alert \"Saved\" appears"},
    {"[a|an|the] (message|alert|warning|notice|popup|pop-up) (say|state|read|tell|show) "
     "[me|us|him|her|them] {value:literal}",
     build::dialog_says, "a message says \"Saved\""},
    {"be (asked|prompted|alerted|warned) [with|by|:] {value:literal}", build::dialog_says,
     "I am asked \"Delete it?\""},
    {"be (asked|prompted|alerted|warned|told|informed|notified)", build::told_in_text,
     "I am asked:"},
    {"(get|receive|see|be shown|be given) [a|an|the] [following] "
     "(message|alert|warning|notice|question|confirmation|notification|error|error message) "
     "[saying|that says|reading]",
     build::told_in_text, "I get an alert saying:"},
    {"[a|an|the] [following] (message|alert|warning|notice|question|confirmation|notification|"
     "error|error message) [saying|that says|reading] "
     "(appear|be (displayed|shown|given|asked)|pop up)",
     build::told_in_text, "the following message appears:"},
    {"be (asked|prompted|alerted|warned|told|informed|notified)", build::dialog_text,
     "I am asked:"},
    {"(get|receive|see|be shown|be given) [a|an|the] [following] "
     "(message|alert|warning|notice|question|confirmation|notification|error|error message) "
     "[saying|that says|reading]",
     build::dialog_text, "I get an alert saying:"},
    {"[a|an|the] [following] (message|alert|warning|notice|question|confirmation|notification|"
     "error|error message) [saying|that says|reading] "
     "(appear|be (displayed|shown|given|asked)|pop up)",
     build::dialog_text, "the following message appears:"},
    {"(see|get|receive|be shown|be presented with|find|notice|be prompted with) "
     "[a|an|the] " NATIVE_DIALOG
     " [(with|saying|that says|containing|stating|asking|which says|reading) [the] "
     "[text|message|question]] [{value:literal}]",
     build::dialog_shown, "I see a browser alert with the text \"Saved\""},
    {"[the|a|an] " NATIVE_DIALOG
     " (appear|be shown|be displayed|open|pop up|be opened|be present|show up|come up|be visible) "
     "[(with|saying|that says|containing|stating|asking) [the] [text|message] {value:literal}]",
     build::dialog_shown, "a confirmation dialog appears"},
    {"[the|a|an] " NATIVE_DIALOG
     " [text|message] (say|state|read|ask|tell|show|display|contain|be|equal|have the text|have "
     "text|have the message|include) [me|us|him|her|them] {value:literal}",
     build::dialog_says, "the alert says \"Are you sure?\""},
    {"[the] (text|message) (of|in|on) [the] " NATIVE_DIALOG
     " (be|equal|say|read|contain) {value:literal}",
     build::dialog_says, "the text of the alert is \"Are you sure?\""},
    {"[the|a|an] [csv|pdf|json|xml|text|excel|zip] [file|document|report|export] [named|called] "
     "{value:literal} be "
     "(downloaded|saved)",
     build::downloaded, "the file \"invoice.csv\" is downloaded"},
    {"[the|a|an] {type} [file|document|report|export] be downloaded", build::downloaded,
     "a CSV file is downloaded"},
    {"(get|receive|obtain|download) [the|a|an] (file|download|document) [named|called] "
     "{value:literal}",
     build::downloaded, "I get a file named \"invoice.csv\""},
    {"[the|a|an] download [of] [file|the file|a file] [named|called] [{value:literal}] "
     "(start|begin|be started|complete|finish|be triggered)",
     build::downloaded, "the download of \"invoice.csv\" starts"},
    {"[the|a|an] (name of the downloaded file|downloaded file|download) "
     "(be|be named|be called|have the name|named|called) {value:literal}",
     build::downloaded, "the downloaded file is called \"invoice.csv\""},
    {"[the] (file|download|document|export|report|downloaded file|downloaded document|it) "
     "(contain|have|include|hold) [the|a] (line|row|record) {value:literal}",
     build::download_has_line, "the file contains the line \"Tea;2\""},
    {"[the] (file|download|downloaded file|downloaded document) (contain|include|hold) [the] "
     "[text|words] {value:literal}",
     build::download_has_text, "the downloaded file contains \"Tea\""},
    {"[a|the] (new|second|separate|another) [browser] (tab|window|page) "
     "(open|be opened|appear|be open|be shown|be launched) "
     "[(with|showing|at|to|on|displaying) {page}]",
     build::tab_opened, "a new tab opens with the terms page"},
    {"{page} (open|be opened|load|be loaded|be shown|be displayed|appear) in [a|the] "
     "(new|second|separate|another) [browser] (tab|window)",
     build::tab_opened, "the terms page opens in a new tab"},
    {"[be] (see|taken to|redirected to|on|brought to|sent to) {page} in [a|the] "
     "(new|second|separate|another) [browser] (tab|window)",
     build::tab_opened, "I am taken to the terms page in a new tab"},
    {"[a|the] (new|second|separate|another) [browser] (tab|window|page) "
     "(open|be opened|appear|be open|be shown) (with|showing) [the|a] "
     "(heading|title|text|message) {value:literal}",
     build::tab_shows, "a new tab opens with the heading \"Terms\""},
    {"(see|have|there be) {quantity:quantity} [open|opened] [browser] (tabs|windows) [open|opened]",
     build::tabs_open, "there are 2 tabs open"},
    {"{quantity:quantity} [browser] (tabs|windows|tab|window) be (open|opened)", build::tabs_open,
     "only one tab is open"},
};

}  // namespace

std::span<const Line> browser_lines() { return kSeenOfBrowser; }

}  // namespace vouch::features
