// How people say what they do.
#include "features/read/phrase_lines.h"

namespace vouch::features {
namespace {

constexpr Line kActs[] = {
    // Pages
    {"(open|visit|browse to|browse|navigate to|go to|go back to|load|access|head to|head over to|"
     "return to|come back to|get to|launch|surf to|reach|navigate back to|land on|go on to|"
     "land in|move to|arrive at|arrive on|navigate) {page}",
     build::open, "I open the products page"},
    {"(view|show|look at|look into|look in|check|review|see|inspect|go into|step into) {page}",
     build::open, "I look into the cart"},
    {"(start|begin|play|run) [the] (app|application|quiz|game|demo|test|calculator|program|tool)",
     build::open_app, "I start the quiz"},
    {"(read|browse|browse through|look through|study) {page}", build::open_named,
     "I read the reviews of \"Assam\""},
    {"[be] (redirected|taken|sent|navigated|brought) to {page}", build::be_on,
     "I am taken to the start page"},
    {"{what} be (open|opened|loaded) (at|on|under) {page}", build::be_on,
     "the game is open at \"/game.html\""},
    {"{what} at {page} be (open|opened|shown|loaded|displayed)", build::be_on,
     "the help at \"/help\" is open"},
    {"(open|visit|go to|go back to|load|call up) [the] (address|url) of [the|this] "
     "(store|shop|site|website|app|application)",
     build::open_start, "I open the address of the store"},
    {"{target} be opened {where}", build::opened_from,
     "the ticket \"A-1\" is opened from the dashboard"},
    {"(go|navigate|head) (straight|directly) to {page}", build::open,
     "I go straight to \"/orders\""},
    {"(start|begin) (on|at|from) {page}", build::be_on, "I start on the home page"},
    {"be [back] (on|at|in|viewing|visiting|browsing|looking at) {page}", build::be_on,
     "I am on my orders page"},
    {"(reach|get to|come to|arrive at|be on|be at) {page} with {choice}", build::reached_with,
     "I have reached the summary with the monthly plan"},
    {"(go|navigate|browse) to [the] following [page|url|path|address] {page}", build::open,
     "the user navigates to the following page \"/orders\""},
    {"(go|turn|move|navigate|switch|advance|proceed|jump|skip) [back|directly] to [the] {which} "
     "page "
     "[of [the|this] {what}]",
     build::turn_page, "she goes to the next page"},
    {"(open|view|click|press|visit) [on] [the] {which} page", build::turn_page,
     "I open the next page"},
    {"{verb:verb} [on] to [the] {page}", build::proceed, "I proceed to the checkout"},
    {"(open|view|visit|go to|show|look at|see|access|display) {target}", build::open_thing,
     "I open the order \"1001\""},
    {"(open|view|visit|go to|show|look at) [the] (page|details|detail page|details page|product "
     "page) "
     "(of|for) {target}",
     build::open_thing, "I open the page of the product \"Darjeeling\""},
    {"go back", build::go_back, "I go back"},
    {"go back to the previous page", build::go_back_in_browser, "I go back to the previous page"},
    {"go back (in|with) [the|my] browser", build::go_back_in_browser, "I go back in the browser"},
    {"(navigate|return|move|step) back", build::go_back, "the user navigates back"},
    {"(go|return|navigate) to [the] previous page", build::go_back_in_browser,
     "I return to the previous page"},
    {"(press|click|hit|use) [on] [the] [browser] back button [of|in] [the] [browser]",
     build::go_back_in_browser, "I press the browser's back button"},
    {"(reload|refresh) [the|this|my] [current] [page|browser|screen|site|window]", build::reload,
     "I reload the page"},
    {"{page} be (reloaded|refreshed)", build::reload, "the page is reloaded"},
    {"(reload|refresh) {page}", build::reload_named, "I reload the cart"},
    {"have {page} (open|opened|loaded|on the screen|in front of (me|us|him|her|them))",
     build::be_on, "I have the products page in front of me"},
    {"{page} be (open|opened|loaded|visited)", build::be_on, "the login page is open"},

    // What the browser keeps
    {"(clear|empty|delete|reset|wipe) (" STORAGE "|[all] [the|my|browser] cookies)", build::forget,
     "I clear the local storage"},
    {"(click|press|tap|click on) [anywhere|somewhere] outside [of] [{target}]",
     build::click_outside, "I click outside of the dialog"},
    {"(click|press|tap) (elsewhere|somewhere else|anywhere else) [on the page]",
     build::click_outside, "I click somewhere else"},

    // The browser's own dialogs
    {"(accept|confirm|ok|approve|acknowledge) [the|this|that|a|an] " NATIVE_DIALOG,
     build::accept_dialog, "I accept the confirmation"},
    {"(accept|confirm|ok|approve|acknowledge) [the|this|that|a|an] "
     "(dialog|" NATIVE_DIALOG_WORDS ") [(saying|with the text|that says|asking)] {value:literal}",
     build::accept_that_says, "I accept the alert saying \"Saved\""},
    {"(dismiss|cancel|decline|reject|refuse|deny) [the|this|that|a|an] "
     "(dialog|" NATIVE_DIALOG_WORDS ") [(saying|with the text|that says|asking)] {value:literal}",
     build::dismiss_that_says, "I cancel the confirm box saying \"Is this correct?\""},
    {"(accept|confirm) [the] [question|message] {value:literal}", build::accept_saying,
     "I accept \"Take everything out of the cart?\""},
    {"confirm that (i|we|he|she|they) (want|wish|would like|mean|intend|be sure) [to] {what}",
     build::confirm, "I confirm that I want to pause it"},
    {"confirm (it|this|that|my choice|the action|the deletion|the removal)", build::confirm,
     "I confirm the deletion"},
    {"confirm that (i|we|he|she|they) (want|wish|would like|mean|intend|be sure) [to] {what}",
     build::confirm_on_page, "she confirms that she wants to cancel it"},
    {"confirm (it|this|that|my choice|the action|the deletion|the removal)", build::confirm_on_page,
     "I confirm it"},
    {"(agree|consent|say yes) to [the] [question|warning] {value:literal}", build::accept_saying,
     "I agree to \"Remove all tasks?\""},
    {"(answer|reply to|respond to) [the] (question|warning|prompt|" NATIVE_DIALOG_WORDS
     ") {value:literal} with (ok|okay)",
     build::accept_saying, "I answer the question \"Remove all tasks?\" with OK"},
    {"(answer|reply to|respond to) [the] (question|warning|prompt|" NATIVE_DIALOG_WORDS
     ") {value:literal} with cancel",
     build::dismiss_saying, "I answer the question \"Remove all tasks?\" with Cancel"},
    {"(dismiss|decline|refuse|reject) [the] [question|message] {value:literal}",
     build::dismiss_saying, "I decline the question \"Delete your review?\""},
    {"(click|press|choose|select) ok (in|on|of) [the|this|that] " NATIVE_DIALOG,
     build::accept_dialog, "I click OK in the alert"},
    {"(dismiss|cancel|decline|reject|refuse|deny) [the|this|that|a|an] " NATIVE_DIALOG,
     build::dismiss_dialog, "I dismiss the confirmation"},
    {"(click|press|choose|select) cancel (in|on|of) [the|this|that] " NATIVE_DIALOG,
     build::dismiss_dialog, "I click Cancel in the confirmation"},
    {"(answer|say|reply|respond) [with] yes", build::accept_asked, "I answer yes"},
    {"(answer|say|reply|respond) [with] no", build::dismiss_asked, "I answer no"},
    {"(change (my|his|her|their) mind|think better of it)", build::dismiss_asked,
     "she changes her mind"},
    {"(answer|reply|respond) [with] {value:literal}", build::choose_answer,
     "I answer \"Argentina\""},
    {"(answer|reply|respond) [with] {value:literal}", build::answer_dialog,
     "I answer \"John Doe\""},
    {"(answer|reply|respond) [with] {value:literal} (in|to|on) {place}", build::answer_in,
     "I answer \"Yes\" in the dialog \"Confirmation\""},
    {"(answer|respond to|reply to) [the] " NATIVE_DIALOG " with {value}", build::answer_dialog,
     "I answer the prompt with \"John Doe\""},
    {"(enter|type|write|put|fill in|give) {value:literal} (in|into|to) [the] " NATIVE_DIALOG
     " [and (accept|confirm|submit) it]",
     build::answer_dialog, "I enter \"John Doe\" into the prompt"},
    {"(enter|type|write|put) {value:literal} and (press|click|hit|choose|select|confirm with) [on] "
     "ok",
     build::answer_dialog, "I type \"John Doe\" and press OK"},
    {"(enter|type|input|write|give|provide) [in] {value:literal}", build::answer_asked,
     "I enter \"John Doe\""},
    {"(click|press|hit|choose|select|tap) [on] [the] (ok|okay|yes)", build::accept_asked,
     "I press OK"},
    {"(answer|respond to|reply to) [the] (question|warning|prompt|" NATIVE_DIALOG_WORDS
     ") with (ok|okay|yes)",
     build::accept_dialog, "I answer the question with OK"},
    {"(answer|respond to|reply to) [the] (question|warning|prompt|" NATIVE_DIALOG_WORDS
     ") with (cancel|no)",
     build::dismiss_dialog, "I answer the question with Cancel"},
    {"(accept|approve|confirm) [the] (question|warning)", build::accept_dialog,
     "I accept the question"},
    {"(agree|consent) to [the] (question|warning|prompt|" NATIVE_DIALOG_WORDS ")",
     build::accept_dialog, "I agree to the alert"},
    {"(click|press|hit|choose|select|tap) [on] [the] (cancel|no)", build::dismiss_asked,
     "I press Cancel"},
    {"(accept|confirm|ok) [the|this|that] (dialog|dialogue|popup|pop-up)", build::accept_dialog,
     "I accept the dialog"},
    {"(dismiss|cancel|decline|reject|refuse) [the|this|that] (dialog|dialogue|popup|pop-up)",
     build::dismiss_dialog, "I dismiss the dialog"},
    {"cancel", build::dismiss_asked, "I cancel"},
    {"confirm", build::accept_dialog, "I confirm"},
    {"confirm", build::confirm_on_page, "I confirm"},
    {"(accept|ok)", build::accept_dialog, "I accept"},
    {"(dismiss|decline)", build::dismiss_dialog, "I dismiss"},
    {"accept (it|this|that)", build::accept_dialog, "I accept it"},
    {"(dismiss|cancel|decline|reject|refuse) (it|this|that)", build::dismiss_dialog,
     "I dismiss it"},

    // Files
    {"(upload|attach|submit) [the|a|an|my] [file|image|photo|picture|document|attachment|files] "
     "[named|called] {value:literal}",
     build::upload, "I upload the file \"receipt.pdf\""},
    {"(upload|attach|add|put|submit|drop|select|choose|set) "
     "[the|a|an|my] [file|image|photo|picture|document|attachment] "
     "[named|called] {value:literal} (to|into|in|for|on|as|using|with|via|through|from) {target}",
     build::upload, "I attach \"photo.png\" to \"Picture of the damage\""},
    {"(upload|attach) {what}", build::upload_any, "I upload a photo"},

    // Dragging, scrolling, waiting
    {"(drag|drag and drop|drag-and-drop) {target} "
     "(to|onto|into|on|over|in|on top of|above|below|before|after|upon) {onto}",
     build::drag, "I drag \"Assam\" onto \"Favourites\""},
    {"{target} be (dragged|dropped|dragged and dropped) "
     "(to|onto|into|on|over|on top of|above|below|before|after|upon) {onto}",
     build::drag, "box \"A\" is dragged onto box \"B\""},
    {"{target} be (dragged|moved|slid|set|pushed) [all the way|completely] to [the|its] "
     "{end:end}",
     build::slide_to_end, "the slider \"Volume\" is moved to its maximum"},
    {"(drag|move|slide|set|push) {target} [all the way|completely] to [the|its] {end:end}",
     build::slide_to_end, "I drag the slider \"Volume\" all the way to the right"},
    {"drag {target} and drop it (to|onto|into|on|over|in|inside) {onto}", build::drag,
     "I drag \"Assam\" and drop it onto \"Favourites\""},
    {"scroll [down] [the] [page] [down|all the way down] [to] [the|its] [very] "
     "(bottom|end|down) [of [the|this] (page|list|screen|window|feed)]",
     build::scroll_down, "I scroll to the bottom of the page"},
    {"scroll [back|all the way] [up] [to] [the|its] [very] (top|up) "
     "[of [the|this] (page|list|screen|window)]",
     build::scroll_up, "I scroll back to the top"},
    {"scroll [the page] [down|up] (to|until i see|until i can see|towards|over to) {target}",
     build::scroll_to, "I scroll down to the heading \"Reviews\""},
    {"scroll [the page] [down|up] until {target} (be (visible|shown|displayed|in view)|appear|show "
     "up)",
     build::scroll_to, "I scroll down until \"Reviews\" is visible"},
    {"scroll {target} into view", build::scroll_to, "I scroll \"Reviews\" into view"},
    {"wait [for] [about|around|at least|up to] {seconds:quantity} "
     "(second|seconds|s|sec|secs|ms|milliseconds|minute|minutes)",
     build::wait, "I wait 2 seconds"},
    {"wait [for] [about|around|at least|up to] {seconds:quantity} "
     "(second|seconds|s|sec|secs|ms|milliseconds|minute|minutes) (for|until) {what}",
     build::wait, "I wait 2 seconds for the text to appear"},
    {"wait (for|until) {what}", build::wait_for, "I wait for the answer"},
    {"wait", build::wait, "I wait"},
    {"pause [for] {seconds:quantity} (second|seconds|s|ms|milliseconds)", build::wait,
     "I pause for 500 ms"},
    {"wait [for] [a|a few|some|a little|a short] "
     "(moment|while|seconds|time|bit|second)",
     build::wait, "I wait a moment"},
    {"wait (for|until) [the|this|that] "
     "(page|site|application|app|screen|animation|network|request|response|everything|results|data|"
     "content|page content) [(to load|to be loaded|to finish loading|loads|is loaded|has "
     "loaded|to be ready|is ready|to finish|to complete|to settle|to be idle|be loaded|be ready|"
     "load|to open|is idle)]",
     build::wait, "I wait for the page to load"},

    // Tabs, frames and the window
    {"(switch|change|move|go|navigate|turn) [over] to [the] "
     "(new|second|other|newly opened|opened|next|newly created|popup|last) "
     "[browser] (tab|window)",
     build::show_new_tab, "I switch to the new tab"},
    {"(switch|change|move|go|return|come|navigate) [back] to [the|my] "
     "(first|original|main|previous|parent|initial|old) [browser] (tab|window)",
     build::show_first_tab, "I switch back to the first tab"},
    {"close [the|this|that] [new|current|second|newly opened|opened|popup] [browser] (tab|window)",
     build::close_tab, "I close the new tab"},
    {"(switch|change|move|go) [in|into] [to|into] [the|an|this] (frame|iframe) {name:literal}",
     build::enter_frame, "I switch to iframe \"editor\""},
    {"(switch|change|move|go|enter) [back|in|into] [to|into] [the|an|this] [{name}] "
     "(frame|iframe|main frame|default content|main content|parent frame|inner frame)",
     build::enter_frame, "I switch to the \"editor\" frame"},
    {"(resize|set|change) [the] (window|browser|browser window|viewport|screen|page|window "
     "size|viewport size|screen size|browser size|size of the window|screen resolution) to "
     "{width:literal} (x|by|*) {height:literal} [pixels|px]",
     build::resize, "I resize the window to 375 by 812"},
    {"(resize|set|change) [the] (window|browser|browser window|viewport|screen|window "
     "size|viewport size|screen size|browser size|screen resolution) to {size:literal} [pixels|px]",
     build::resize, "I set the viewport to \"375x812\""},
    {"[the] (window|browser|browser window|viewport|screen) be (resized|set|changed) to "
     "{size} [pixels|px]",
     build::resize, "the window is resized to 320x480"},
    {"[be] (use|using|on|view the site on|viewing the site on|browsing on|switch to|in) [a|the] "
     "(mobile|phone|smartphone|tablet|desktop) "
     "[device|phone|screen|viewport|view|browser|resolution|layout|screen size]",
     build::resize, "I am on a mobile device"},
    {"(resize|set) [the] (window|browser|browser window|viewport|screen) to "
     "(mobile|phone|smartphone|tablet|desktop) [size|view|width|resolution]",
     build::resize, "I resize the window to mobile size"},

    // Clicking
    {"(click|press|tap|hit|push|follow|touch|activate|trigger) [on|upon|at|onto|to|into|inside] "
     "{target}",
     build::click, "I click the button \"Save\""},
    {"(go on|carry on|move on|continue|proceed) (with|by|via|using) {target}", build::click_named,
     "I go on with \"Next\""},
    {"(save|store|confirm|finish|apply|discard) [the|my|his|her|their|all] "
     "(change|changes|edit|edits|settings|form|entry) (with|using|via|by clicking) "
     "{target:literal}",
     build::click_named, "I save the changes with \"Edit event\""},
    {"{target} be (opened|closed|shown|started|reached) (with|by|by clicking|using|via|through) "
     "{opener:literal}",
     build::opened_with, "the chat has been opened with \"Chat with us\""},
    {"[the|a] {what} (form|dialog|dialogue|window|popup|modal) be (open|opened|shown|displayed)",
     build::opened_form, "the registration form is open"},
    {"[the|a] (form|dialog|dialogue|window|popup|modal) {what} be (open|opened|shown|displayed)",
     build::opened_form, "the dialog \"Add order\" is open"},
    {"[the|a] (form|dialog|dialogue|window|popup|modal) for {what} be "
     "(open|opened|shown|displayed)",
     build::opened_form, "the form for a new ticket is open"},
    {"(flip|toggle) {target}", build::click, "I flip the \"Lights\" switch"},
    {"(select|choose|use|pick|find and click|show|open|toggle|close|dismiss|expand|collapse) "
     "{target}",
     build::click_choice, "he selects the \"Sign in\" button"},
    {"(double click|double-click|doubleclick) [on|upon] {target}", build::double_click,
     "I double click on \"Buy milk\""},
    {"(right click|right-click|rightclick|context click|context-click) [on|upon|in|inside|within] "
     "{target}",
     build::right_click, "I right click on \"Buy milk\""},
    {"(hover|mouse) [over|on|above] {target}", build::hover, "I hover over \"Products\""},
    {"(focus|focus on) {target}", build::focus, "I focus the field \"Search\""},
    {"(set|put|move|give|place) [the|keyboard|input] focus (to|on|onto|into|in) {target}",
     build::focus, "I put the focus on the slider \"Volume\""},
    {"{target} have [the|keyboard|input] focus", build::have_focus,
     "the slider \"Volume\" has keyboard focus"},
    {"move [the|my] (mouse|pointer|cursor) (over|to|onto|on) {target}", build::hover,
     "I move the mouse over \"Products\""},
    {"(press|hit|use|push|type|strike|tap|click) [on] {key:key}", build::press, "I press Enter"},
    {"(leave|exit) {target} (with|by pressing|using) {key:key}", build::press,
     "I leave the field \"Name\" with the Tab key"},
    {"(tab out of|tab away from|leave|exit|blur|click out of|move out of|move away from|"
     "move the focus away from|remove the focus from|remove focus from) {target}",
     build::leave_field, "I tab out of the field \"Name\""},
    {"(press|hit|use|push|type) {key:key} (in|on|within|inside) {target}", build::press,
     "I press Enter in the field \"Search\""},
    {"(press|hit|push|click|tap|type|use|enter) [on] [the] [keys|buttons|letters] {keys} "
     "[one after the other|one by one|in this order|in turn]",
     build::click_each, "she presses 7, + and 8"},
    {"(press|hit|push|type|use|strike|enter) [the] [keys|letters] {keys} "
     "[one after the other|one by one|in this order|in turn]",
     build::press_each, "she types a, b and c"},
    {"(press|hit|type|enter|strike|guess|try) [the] [key|letter|character] {value:literal}",
     build::press_letter, "she types \"q\""},

    // Filling
    {"(fill|complete|submit) [in|out] [the|a|an|this|my|his|her] [{form}] form "
     "(with|using) {fields}",
     build::fill_form, "I fill in the contact form with name \"Ann\" and email \"a@example.com\""},
    {"(fill|complete|populate) [in|out] {target} (with|as|using|by) {value}", build::fill,
     "I fill \"User name\" with \"anna\""},
    {"(fill|enter|type|input|write|put|key|provide|insert|paste|supply|specify|add|use) "
     "[in] {value} (in|into|to|on|as|for|inside|within|at|under|below) {target}",
     build::fill, "I enter \"anna\" into the field \"User name\""},
    {"(enter|type|input|put|fill in|order|set) {value:literal} "
     "(piece|pieces|item|items|unit|units|copies|times) "
     "(of|for|of the) {target}",
     build::fill, "I enter 10 pieces of \"Assam\""},
    {"{value:literal} (piece|pieces|item|items|unit|units|copies|times) (of|for|of the) {target} "
     "be "
     "(entered|filled in|ordered|set|typed)",
     build::fill, "5 pieces of \"Assam\" are entered"},
    {"(type|write|enter) {value:literal} over {target}", build::fill, "I type \"new\" over it"},
    {"(replace|overwrite) {target} (with|by) {value}", build::fill,
     "I replace the text with \"We test\""},
    {"(set|change|update|adjust|increase|decrease|reduce) {target} to {value:literal} "
     "(second|seconds|minutes|minute|hours|hour|days|percent|pixels|px|items|pieces)",
     build::fill, "I change the waiting time to 2 seconds"},
    {"(start|begin) (typing|entering|to type|to enter) {value} (in|into|to) {target}", build::fill,
     "I start typing \"Lon\" in the destination field"},
    {"fill in {value} (in|into|for|as) {target}", build::fill,
     "I fill in \"anna\" for \"User name\""},
    {"(limit|lower|narrow) [down] {target} to {value:literal}", build::fill,
     "I limit the price range to \"$50 - $100\""},
    {"(set|change|update|edit|adjust|modify|correct|increase|decrease|reduce|switch) {target} "
     "(to|with|as|into) {value}",
     build::fill, "I set the quantity of \"Green Tea\" to 3"},
    {"(fill|enter|type|input|give|provide|set|specify) [in] {amounts}", build::fill_amounts,
     "I fill in an amount of 500, a term of 10 years and a rate of 4%"},
    {"{verb:verb} {object} for {amounts}", build::verb_for_amounts,
     "I calculate the repayments for £100,000 over 20 years at 6%"},
    {"(sign up|register|sign-up) as {name:literal} (with|using) {fields}", build::sign_up_as,
     "I sign up as \"Ada\" with email \"ada@example.com\" and password \"secret\""},
    {"(create|register|make) [a|an] [new] account for {name:literal} (with|using) {fields}",
     build::sign_up_as, "I create an account for \"Ada\" with the email \"ada@example.com\""},
    {"(set|change|update|edit|adjust|modify|correct|fill|enter|type) [in] {target} (to|with|as) "
     "{value}",
     build::fill_and_leave, "I change the title to \"Tea\""},
    {"(fill|enter|type|input|write|put|insert) [in] {value} (in|into|to|as|for) {target}",
     build::fill_and_leave, "I type \"anna\" into the field \"User name\""},
    {"(enter|type|input|write|provide|insert|specify|supply|set|fill in) {target} as "
     "{value:literal}",
     build::fill_as, "I enter First Name as \"Anna\""},
    {"(increase|raise|increment|decrease|reduce|lower|decrement) {target} [by {number:quantity}]",
     build::step_by, "I increase the quantity of \"Green Tea\" by 2"},
    {"(set|change|increase|decrease|reduce|raise|lower|adjust) {item} to {number:literal}",
     build::quantity_of, "I reduce the Smart Watches to 1"},
    {"(set|change|increase|decrease|adjust|bring) {target} to {value:literal} "
     "(with|using|by|by pressing|by clicking|via) {how}",
     build::fill_by, "I set the number of bags to 3 with \"+\" and \"−\""},
    {"(move|drag|slide) {target} to {value:literal}", build::slide,
     "I move the slider \"Volume\" to 8"},
    {"(give|assign) (it|them) [the|a|an] {label} {value:literal}", build::give_it,
     "I give it the name \"Plans\""},
    {"(change|update|edit|rename|modify|correct) {target} from {old:literal} to {value:literal}",
     build::fill_from, "I change the title from \"Ideas\" to \"Plans\""},
    {"(set|change|switch) {target} to {words}", build::fill_words, "I set the priority to high"},
    {"{target} be [set|due|planned] [on|at|to|for] {value}", build::be_set,
     "the first delivery is on 17 May 2030"},
    {"(enter|type|input|provide|fill|write|insert|supply|specify|give|set) [in|out] {target} [of] "
     "{value:literal} [percent]",
     build::fill, "she enters the password \"secret\""},
    {"(enter|type|input|write|insert|paste) [in] {value:literal}", build::fill, "I type \"hello\""},
    {"(deposit|withdraw|transfer|bid|donate|bet|invest|borrow|repay|pay in|pay out|pay) "
     "{value:literal}",
     build::move_amount, "she withdraws 120"},
    {"{value:literal} be (entered|typed|filled|put|inserted|written) [in] (in|into|as|for) "
     "{target}",
     build::fill, "\"anna\" is entered into the field \"User name\""},
    {"{target} be (filled|set|completed|changed|updated) [in] (with|to) {value}", build::fill,
     "the field \"User name\" is filled with \"anna\""},
    {"(fill|complete|enter|type|write|input|set|update|change|provide) [in|out] {target} "
     "(with|as|to|using)",
     build::fill_doc, "I fill \"Delivery note\" with:"},
    {"(list|describe|enter|type|write|provide|give|note|state) {target}", build::fill_doc,
     "she lists the ingredients:"},
    {"(paste|enter|type|write|insert|put|copy) [the] (following|this) [text|lines|content] "
     "(in|into|to) {target}",
     build::fill_doc, "I paste the following into the \"JSON\" box:"},
    {"(set|change|update|edit|adjust|modify|correct) {target} of {item:literal} to {value:literal}",
     build::edit_item, "I change the copies of \"Emma\" to 5"},
    {"(fill|complete|enter|provide|submit|update|edit|populate|type|use|set|input|have|supply|"
     "specify) [in|out] {form}",
     build::fill_table, "I complete the form with:"},
    {"(register|sign up|check out|checkout|apply|enrol|enroll|subscribe) (with|using) [the|these] "
     "[following] [details|data|values|information|credentials]",
     build::fill_table, "I register with the following data:"},
    {"(fill|complete|enter|provide|type|give) [in] [the] following [details|values|data|fields] "
     "{where}",
     build::fill_table_in, "I enter the following under \"New device\":"},
    {"{verb:verb} [the|this|a|an|my|his|her] [following] {noun} (of|for|about) {of}",
     build::fill_and_send, "he posts this review of \"Assam\":"},
    {"{verb:verb} [the|this|a|an|my|his|her] [following] {noun}", build::fill_and_send,
     "he posts this review:"},
    {"{verb:verb} [the|this|a|an|my|his|her] [new] {noun} (with|having|using) [the|these] "
     "[following] (details|data|values|fields|information)",
     build::fill_and_send, "I add an event with these details:"},
    {"(make|record|log|enter|note|register|note down|write down) [the|these|all] "
     "(following|these) {noun}",
     build::enter_each, "I have recorded these expenses:"},
    {"(enter|provide|give|fill in|state|submit) [the|my|his|her|their|our|a] [own|personal|"
     "contact|billing|shipping|payment|following] "
     "(details|data|information)",
     build::fill_table, "she enters her own details:"},
    {"(ask|say|write|post|send|type) {value:literal} (in|into|to|on|using) {place}", build::say_in,
     "the visitor asks \"When do you open?\" in the chat"},
    {"{verb:verb} [the|a] {noun} {value:literal}", build::fill_and_apply,
     "I apply the coupon code \"SPRING10\""},
    {"(apply|redeem) {value:literal} as [the|a] {noun}", build::fill_and_apply,
     "I apply \"SPRING10\" as coupon code"},
    {"(confirm|repeat|retype|re-enter) (it|this|that|[the|my|his|her|their] password) [(with|as|by "
     "entering|by typing)] {value:literal}",
     build::repeat_password, "I confirm it with \"secret\""},
    {"(change|reset|update) [the|my|his|her|their|a|your] password from {old:literal} to "
     "{value:literal} [{where}]",
     build::change_password, "I change my password from \"old-1\" to \"new-2\""},
    {"[the|my|his|her|their|a|your] password be (changed|reset|updated) from {old:literal} to "
     "{value:literal} [{where}]",
     build::change_password, "the password is changed from \"old-1\" to \"new-2\""},
    {"(post|publish|reply|comment|tweet|write|send|leave|add|answer) [with] "
     "[the|a|an|another] [new] (comment|comments|reply|message|post|answer|note|tweet) "
     "[(saying|with the text|that says|reading)] {value:literal} "
     "[(to|on|under|below|about|for) [the|a|this|that] [first] [post|comment|article|topic|thread|"
     "task|ticket|contact|product|video|message|question|card|issue]]",
     build::post_text, "I post the comment \"Nice\""},
    {"(post|publish|reply|comment|tweet) [with] {value:literal} "
     "[(to|on|under|below) [the|a|this|that] [first] "
     "[post|comment|article|topic|thread|task|ticket|"
     "video|message|question|card|issue]]",
     build::post_text, "I reply \"Thanks\" to the first comment"},
    {"invite {value:literal} [(to|into|as) {what}]", build::invite,
     "I invite \"kate@example.com\" to the team"},
    {"rename {target} (to|as|into) {value:literal}", build::rename,
     "I rename \"Ideas\" to \"Plans\""},
    {"(assign|reassign) {target} to {value:literal}", build::assign,
     "I assign the ticket \"A-1\" to \"Sarah\""},
    {"(apply|use|redeem|try|enter) [a|an] (invalid|expired|wrong|unknown|incorrect|non-existent|"
     "nonexistent) (coupon|coupon code|promo code|discount code|voucher|voucher "
     "code|gift card|gift code|promotion code)",
     build::apply_wrong_code, "I apply an invalid coupon"},
    {"(fill|complete) [in|out] [the|my|this|his|her|their|a|an] [whole|entire] [{form}] form "
     "[completely|correctly|properly|fully|in full] [with (valid|correct|all required|made-up|"
     "proper|some) (data|details|information|values|entries)]",
     build::fill_all, "I fill in the booking form with valid data"},
    {"(fill|complete|enter|provide|give) [in|out] [all] [of] [the|my|his|her] [other|remaining] "
     "(required|mandatory|necessary) "
     "(fields|details|information|data|field|inputs|values) "
     "[completely|correctly|properly|of the form|in the form] [with (valid|correct|made-up|proper) "
     "(data|details|information|values|entries)]",
     build::fill_all, "I fill in all required fields"},
    {"(fill|complete) [in|out] (all|all of|every) [the|my] [other|remaining] "
     "(fields|details|information|field|inputs|form fields) "
     "[completely|correctly|properly|of the form|in the form] [with (valid|correct|made-up|proper) "
     "(data|details|information|values|entries)]",
     build::fill_all, "I fill in all fields with valid data"},
    {"(enter|provide|fill in|give|input|submit) [all] (valid|correct|proper) "
     "(data|details|information|values|entries) "
     "[(in|into|for|on) [all] [of] [the|my] [required|mandatory] "
     "(form|fields|required fields|page|inputs)]",
     build::fill_all, "I enter valid data into all fields"},
    {"(enter|type|provide|input|use|fill in|fill|give|submit|try|specify) [in] [a|an|my|the] "
     "(valid|invalid|incorrect|wrong|malformed|unknown|correct) {target}",
     build::fill_some, "I enter an invalid email address"},
    {"(sign in|log in|login|log on|sign into|log into) [to|into] [the|my|his|her|their|an] "
     "[portal|site|application|app|account|system] (with|using) [an|a|the|some] "
     "(invalid|incorrect|wrong|unknown) [or|and|unknown|wrong|invalid|incorrect] "
     "(credentials|credential|password|username|user name|email|email address|details|"
     "login details|username and password|username and a password|user name and password|"
     "email and password|user|login|data)",
     build::sign_in_wrongly, "I log in with invalid credentials"},
    {"(enter|type|provide|input|use|fill in|submit) [in] [an|a|the|some] "
     "(invalid|incorrect|wrong|unknown) (credentials|username and password|login details|"
     "user name and password|username or password|email and password|login data)",
     build::fill_wrong_credentials, "I enter invalid credentials"},
    {"(enter|type|provide|input|write|fill in|fill|paste) [in] [exactly|only|just] "
     "{length:quantity} (characters|character|letters|digits) (in|into|to|as|for|inside) {target}",
     build::fill_length, "I enter 501 characters into the comment"},
    {"(enter|type|provide|input|write|fill in|fill|paste|use) [in] [a|an|the|my] {target} "
     "(of|with|having|containing|that has|consisting of) [exactly|only|just] {length:quantity} "
     "(characters|character|letters|digits)",
     build::fill_length, "I type a comment of 501 characters"},
    {"(enter|type|provide|input|write|fill in|fill|paste|use) [in] [a|an|the|my] {target} "
     "(longer than|that is longer than|exceeding|with more than|of more than|that exceeds) "
     "{over:quantity} (characters|character|letters|digits)",
     build::fill_length, "I enter a title longer than 50 characters"},
    {"(subscribe|sign up) (to|for) {what} (with|using) [the] [email|e-mail|address|email address] "
     "{value:literal}",
     build::subscribe, "I subscribe to the newsletter with \"ada@example.com\""},
    {"append {value:literal} to {target}", build::append, "I append \"!\" to the field \"Title\""},
    {"(add|type|write|enter) {value:literal} (to|at) the end of {target}", build::append,
     "I add \"!\" to the end of the field \"Title\""},
    {"(go on typing|continue typing|keep typing|keep on typing|append) {value:literal}",
     build::type_on, "I go on typing \"or\""},
    {"(clear|empty|erase|blank|blank out) [out] {target}", build::clear,
     "I clear the field \"Search\""},
    {"(delete|remove|erase|clear) [the|all] (text|content|contents|value|input) "
     "(in|of|from|inside) {target}",
     build::clear, "I delete the text in the field \"Search\""},
    {"(leave|keep) {target} (empty|blank|unfilled)", build::leave_empty,
     "I leave \"Postcode\" empty"},
    {"fill [in|out] {target} with nothing", build::leave_empty, "I fill \"Postcode\" with nothing"},

    {"[the|this] (page|application|app|site|website) "
     "(load|be loaded|have loaded|have finished loading|finish loading|be ready|be fully loaded)",
     build::idle, "the page has finished loading"},
    {"(maximize|maximise) [the|my] [browser] (window|browser|screen)", build::idle,
     "I maximize the window"},
    {"[the|my] [browser] (window|browser|screen) be (maximized|maximised)", build::idle,
     "the window is maximized"},
    {"be (a|an) [registered|new|existing|guest|returning|anonymous|first-time|regular|logged-out] "
     "(user|customer|visitor|guest|member)",
     build::is_somebody, "I am a registered user"},
    {"nothing be (entered|typed|typed in|filled in|selected|chosen|ticked)", build::idle,
     "nothing is entered"},
    {"(leave|keep) (all|every|all of) [the] (field|fields|inputs|boxes|input fields) "
     "(empty|blank|unfilled)",
     build::idle, "I leave all fields empty"},
    {"(leave|keep) [the] form (empty|blank|unfilled)", build::idle, "I leave the form empty"},
    {"no (filter|filters|sorting) be (applied|set|active|selected)", build::idle,
     "no filter is applied"},

    // Choosing
    {"(select|choose|pick|set) {value} (from|in|within|on|under) {target}", build::choose,
     "I select \"Netherlands\" from \"Country\""},
    {"(select|choose|pick|set) {value} (as|for) {target}", build::choose,
     "I choose \"Express\" as delivery"},
    {"(select|choose|pick) {target} as {value}", build::choose_as,
     "I select country as \"Norway\""},
    {"(select|choose|pick|switch to|switch back to|change back to) [the] {target}",
     build::choose_any, "I choose \"Express\""},
    {"{verb:verb} by {value}", build::sort, "I sort by \"Price\""},
    {"{verb:verb} {target} by {value}", build::sort, "I sort the products by \"Price\""},
    {"(show|view|display|list) only [the] {what}", build::show_only,
     "I show only the active tasks"},
    {"filter for [the] {what}", build::show_only, "I filter for open tasks"},
    {"move {target} [from {old}] (to|into|onto) {onto:literal}", build::drag,
     "I move \"Ideas\" to \"Done\""},
    {"filter {things} to [only] (show|see|list) [only] [the] {what}", build::show_only,
     "I filter the list to show only active tasks"},
    {"(vote|opt|apply|register|enroll|enrol|upgrade|downgrade|jump) (for|in|to|into|on) {object}",
     build::verb_object, "I vote for \"Tea\""},
    {"(rate|review) {what} with {stars:quantity} (star|stars)", build::choose_stars,
     "I rate the product with 4 stars"},
    {"filter [{things}] (by|for|on|to) [the] {value:literal} {label}", build::filter_by,
     "I filter for the \"Finance\" department"},
    {"filter {label:literal} (by|with|for|on|to) {value:literal}", build::filter_by,
     "I filter \"Major\" by \"lang\""},
    {"{verb:verb} [{things}] (by|on|for) {label} [=|is|equals|to] {value:literal}",
     build::filter_by, "I filter the orders by status \"Paid\""},
    {"{verb:verb} [{things}] (by|on|for|with) [the] {label} [=|is|equals|to] {value:literal} and "
     "[the|by] {label2} [=|is|equals|to] {value2:literal}",
     build::filter_by_two, "I filter the tasks by status \"Open\" and priority \"High\""},
    {"(select|choose|mark) {all}", build::check_all, "I select all rows"},
    {"(check|tick|enable|mark|activate) [off] {target}", build::check,
     "I check \"I accept the terms\""},
    {"(turn|switch) on {target}", build::check, "I switch on \"Dark mode\""},
    {"(turn|switch|toggle|set) {target} on", build::check, "I switch \"Dark mode\" on"},
    {"(turn|switch|toggle) (on|off) {target}", build::press_toggle, "I turn on \"Dark mode\""},
    {"(turn|switch|toggle) {target} (on|off)", build::press_toggle, "I turn \"Dark mode\" on"},
    {"(choose|select|pick|give|leave|set|rate) [it|them|this|a rating of|the rating|a|of] "
     "{stars:quantity} (star|stars)",
     build::choose_stars, "I give it 5 stars"},
    {"(give|rate|review) (it|them|this|the|this|that) [{noun}] [with|a rating of] {stars:quantity} "
     "(star|stars)",
     build::choose_stars, "I give the product 5 stars"},
    {"(rate|review) {what} [with|a|as] {stars:quantity} (out of|of) {of:quantity} [stars]",
     build::choose_stars, "I rate the product 4 out of 5"},
    {"(uncheck|untick|deselect|unselect|disable|unmark|deactivate) {target}", build::uncheck,
     "I uncheck \"Send me the newsletter\""},
    {"(turn|switch) off {target}", build::uncheck, "I switch off \"Dark mode\""},
    {"(turn|switch|toggle|set) {target} off", build::uncheck, "I switch \"Dark mode\" off"},
    {"leave {target} (unchecked|unticked|unselected)", build::uncheck,
     "I leave \"Send me the newsletter\" unchecked"},
    {"{verb:verb} [to|with] {target}", build::accept, "I accept the terms"},
    {"(mark|set|toggle) {target} (as|to) {how}", build::mark, "I mark \"Buy milk\" as done"},
    {"{target} be (completed|done|finished|ticked off|checked off|marked as "
     "(done|completed|complete))",
     build::be_done, "the task \"Milk\" is completed"},
    {"(complete|finish|check off) {target}", build::check, "I complete \"Buy milk\""},

    // Signing in and out
    {"(sign in|log in|login|log on|logon|authenticate|sign-in|log-in|signin|log into|sign into) "
     "[[to|into] [the|my] (portal|application|app|site|website|system|shop|store|account)] "
     "[{credentials}]",
     build::sign_in, "leo signs in with password \"secret-leo\""},
    {"be [logged|signed] (logged in|signed in|logged-in|signed-in|authenticated|logged into|logged "
     "on|login) "
     "[{credentials}]",
     build::signed_in, "I am signed in as \"anna\" with password \"secret-anna\""},
    {"have (logged in|signed in|logged into) "
     "[[to|into] [the|my] (portal|application|app|site|website|system|shop|store|account)] "
     "[{credentials}]",
     build::signed_in, "I have signed in as \"anna\""},
    {"(sign out|log out|logout|log off|sign off|sign-out|log-out|signout) [(of|from) [the|my] "
     "(application|app|site|website|system|shop|store|portal|account)] "
     "[(from|via|using|through|with|by) {what}]",
     build::sign_out, "he signs out"},
    {"(log|sign) back in [with the same (account|credentials|user)]", build::sign_in_again,
     "I log back in"},
    {"be (signed out|logged out|logged off|signed off)", build::signed_out, "I am signed out"},
    {"(sign in|log in|login|log on) [again] (with|using) [the|that] same "
     "(account|credentials|user|data|"
     "details|email and password|user name and password)",
     build::sign_in_again, "I log in again with the same account"},
    {"(submit|send|finish|confirm) [it|this|that] (with|by pressing|by) [the] {key:key} [key]",
     build::press, "I confirm it with Enter"},
    {"(nobody|no one|no user) be (signed in|logged in)", build::signed_out, "nobody is logged in"},

    {"(register|sign up|apply|continue|proceed|check out|go on) as (a|an) {role}", build::verb_as,
     "I register as a patient"},
    {"(sign in|log in|login|log on) as [a|an|the] {role}", build::sign_in_as,
     "I log in as bank manager"},

    // Searching and submitting
    {"(search|look|query|browse) for {value}", build::search, "she searches for \"tea\""},
    {"(search|look up|query) {value:literal}", build::search, "I search \"tea\""},
    {"(search|look) for [the|a|an] {noun} (of|by|called|named|with) {value:literal}",
     build::search_for, "the guest searches for the gift list of \"Anna\""},
    {"(search|look|query) for {value} (in|using|with|on|within) {target}", build::search,
     "I search for \"tea\" in the search box"},
    {"(search|look up|query) {value:literal} (in|into|using|with|on|within) {target}",
     build::search, "I search \"tea\" in the search box"},
    {"(search|query) {target} for {value}", build::search, "I search the catalogue for \"tea\""},
    {"[do|make|perform|run|execute] a search for {value}", build::search,
     "I do a search for \"tea\""},
    {"submit", build::submit, "I submit"},
    {"{verb:verb} {object}", build::submit, "I place the order"},

    // Any other verb with its object
    {"(add|put|place|have put|have added) [the] (following|these) {noun} (to|into|in|on) {place}",
     build::add_each_to, "I put the following products into my cart:"},
    {"(select|choose|pick|tick|check) [the|these|all] [of] [the|these] (following|these) {noun} "
     "(in|from|under|for|within|on) {target}",
     build::do_to_each, "I select the following options in \"Skills\":"},
    {"{place} (hold|contain|have|include) [the|these] [following] [{noun}]", build::holds_each,
     "my cart contains:"},
    {"{verb:verb} [the|these|all] [of] [the|these] (following|these) {noun}", build::do_to_each,
     "I add the following products:"},
    {"{verb:verb} {object} (with|using|by|by clicking|by pressing|via|through) [the|its] {button} "
     "(button|icon|link|sign)",
     build::verb_by_button, "I remove \"Assam\" with the \"x\" button"},
    {"{verb:verb} {target} (of|for|worth|at|costing|with an amount of|with the amount|with amount|"
     "with a price of) {amount:literal}",
     build::add_of_amount, "I add a transaction \"Salary\" of 1500"},
    {"{verb:verb} [a|an|another|one] [new] {noun} of {amount:literal} "
     "[(for|called|named|from|as) {name:literal}]",
     build::add_amount_for, "I add an expense of 20 for \"Lunch\""},
    {"{verb:verb} [a|an|the|another|one] [new] {noun} (named|called|titled|entitled|with the name|"
     "with name|with the title|with title|with the text) {name:literal} "
     "[(with|and|having|that has) {fields}]",
     build::add_named_with, "I create a note titled \"Shopping\" with the text \"Milk\""},
    {"{verb:verb} [a|an|the|another|one] [new] {noun} {name:literal} (on|due) {from:literal}",
     build::add_dated, "I add the event \"Dentist\" on March 9, 2027"},
    {"{verb:verb} [a|an|the|another|one] [new] {noun} {name:literal} from {from:literal} "
     "(to|until|till) {to:literal}",
     build::add_dated, "I add the event \"Leave\" from July 3, 2027 to July 7, 2027"},
    {"{verb:verb} [a|an|the|another|one] [new] [{noun}] {name:literal} (with|having) {fields}",
     build::add_named_with, "I add another contact \"Ada\" with phone \"555\""},
    {"{verb:verb} [a|an|the|another|one] [new] {noun} (with|having) {fields}",
     build::add_named_with, "I add a contact with name \"Ada\" and phone \"555\""},
    {"(enter|fill in|type|input) [a|an|the|another|one] [new] {noun} {name:literal} (with|having) "
     "{fields}",
     build::enter_named_with, "I enter a line item \"Tea\" with quantity 2 and price 8"},
    {"(enter|fill in|type|input) [a|an|the|another|one] [new] {noun} (with|having) {fields}",
     build::enter_named_with, "I enter a line item with description \"Tea\" and quantity 2"},
    {"(complete|pass|finish|fill in|fill out|get through) {what} with {values}",
     build::complete_with, "I have completed step 1 with \"Ada\" and \"ada@example.com\""},
    {"{value:literal}", build::click_words, "I choose to \"Go left\""},
    {"(ask|tell|want) {what} to {value:literal}", build::click_words,
     "she asks the tool to \"Check\""},
    {"(add|put|place|move|save) {target} (to|in|into|on) {place}", build::add_to,
     "I add \"Darjeeling\" to the cart"},
    {"(add|put|place|have put|have added) {quantity:quantity} [of|x|×|times] {target} "
     "(to|in|into|on) {place}",
     build::add_several_to, "I put 3 \"Darjeeling\" into the cart"},
    {"(add|put|have added|have put) {quantity:quantity} {target}", build::add_several_to,
     "I add 2 \"Darjeeling\""},
    {"{verb:verb} {target}", build::add, "I add the todo \"Buy milk\""},
    {"there be {target} in {place}", build::have_in, "there is a \"Green Tea\" in my cart"},
    {"have {target} (in|on) {place}", build::have_in, "I have \"Sencha\" in my cart"},
    {"{place} (have|contain|hold|include) {target}", build::have_in, "my cart contains \"Sencha\""},
    {"{target} be [added] (in|to|on) {place}", build::have_in, "\"Sencha\" is in my cart"},
    {"[the] (following|these) {noun} (exist|be there|be present|be available|be stored|be on file|"
     "have been (added|created|registered|stored|entered|saved))",
     build::records_exist, "the following books exist:"},
    {"[the] [{quantity:quantity}] "
     "(sample|demo|example|default|initial|seed|predefined|preset|test) "
     "{noun} (exist|be there|be present|be available|be loaded|be shown|be in place)",
     build::begins_with, "the eight sample orders exist"},
    {"{noun} exist", build::records_exist, "users exist:"},
    {"there (be|exist) [the] (following|these) {noun}", build::records_exist,
     "there are the following tasks:"},
    {"[my|the|our|his|her|their] {noun} list (contain|hold|have|include|show) "
     "[the following|these|the] [{what}]",
     build::list_holds, "my task list contains:"},
    {"{holder} (have|own|hold|contain|stock|keep|list|offer|include|know) [the] (following|these) "
     "{noun}",
     build::records_exist, "the library holds the following books:"},
    {"have [the] (following|these) {noun}", build::records_exist, "I have these tasks:"},
    {"[the] (following|these) {what} be [registered|known|existing] {noun}", build::records_exist,
     "the following people are members:"},
    {"{noun} {name:literal} exist [with {fields}]", build::record_exists, "a task \"Tea\" exists"},
    {"there (be|exist) [a|an|the] {noun} [called|named|titled] {name:literal} [with {fields}]",
     build::record_exists, "there is a task \"Tea\""},
    {"there be [{quantity:quantity}] {noun} [called|named|titled] {name}", build::record_exists,
     "there are two tasks: \"Tea\" and \"Milk\""},
    {"have (a|an) {noun} (called|named|titled) {name:literal} [with {fields}]",
     build::record_exists, "I have a task called \"Tea\""},
    {"have (a|an) {what} (with|containing|of) [the] [following] {noun} {name}", build::list_of,
     "I have a todo list with the items \"Tea\" and \"Milk\""},
    {"have [the] {noun} [called|named|titled] {name}", build::records_named,
     "I have the tasks \"Tea\" and \"Milk\""},
    {"have {quantity:quantity} {noun} [called|named|titled] {name}", build::record_exists,
     "I have two tasks: \"Tea\" and \"Milk\""},
    {"{name:literal} be (a|an) (registered|known|existing) {noun} [with {fields}]",
     build::record_exists, "\"Ann\" is a registered member with the phone number \"555\""},
    {"{verb:verb} {thing}", build::add_thing, "I add a task \"Rent\" due on 1 May 2031"},
    {"(fill in|fill out) {thing}", build::add_thing, "I fill in an expense of 20 for \"Cinema\""},
    {"have {thing}", build::add_thing, "I have a low priority task \"Rent\""},
    {"{verb:verb} {object}", build::verb_object, "I cancel the order \"1003\""},
    {"{verb:verb}", build::verb_alone, "I cancel"},
    {"{verb:verb} {what}", build::left_undone, "she does not confirm the password"},
};

}  // namespace

std::span<const Line> act_lines() { return kActs; }

}  // namespace vouch::features
