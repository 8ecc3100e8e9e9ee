// How people say what is to be seen.
#include "features/read/phrase_lines.h"

namespace vouch::features {
namespace {

constexpr Line kObservations[] = {
    // Seeing
    {"(see|view|find|notice|read|observe|get|receive|encounter|show) {seen}", build::see,
     "I should see \"Hello, Anna\""},
    {"(verify|validate|assert|ensure|confirm|expect|check) {seen}", build::see,
     "I verify the heading \"Products\""},
    {"be (shown|given|presented with|offered|displayed|presented) {seen}", build::see,
     "she is shown the heading \"Products\""},
    {"(see|find|notice|get) {items} {where}", build::see_items,
     "I see \"Milk\" and \"Oat milk\" in the list"},
    {"(see|find|notice|get) {value:literal} (instead of|rather than) {other:literal}",
     build::see_instead, "I see \"Sold out\" instead of \"In stock\""},
    {"{value:literal} be (shown|displayed|visible|listed) (instead of|rather than) "
     "{other:literal}",
     build::see_instead, "\"Sold out\" is shown instead of \"In stock\""},
    {"{target} (be|say|read|show|display) {value:literal} (instead of|rather than) "
     "{other:literal}",
     build::content_is, "the message is \"Sold out\" instead of \"In stock\""},
    {"there be {seen}", build::see, "there is a link \"Orders\""},
    {"there (exist|appear) {seen}", build::see, "there exists a link \"Orders\""},
    {"(see|find|get|receive|notice|observe) {seen} (appear|be shown|be "
     "displayed|displayed|shown|listed)",
     build::see, "I see \"Hello\" displayed"},
    {"(see|view|find|notice|observe|get|be shown|have|there be|contain|show|display) no "
     "[more|such] {seen}",
     build::see_none, "I see no error message"},
    {"(see|view|find|notice|observe|get|be shown|have|there be|contain|show|display) any {seen}",
     build::see, "I should not see any error"},
    {"it have no [more|such] {seen}", build::see_none, "it has no \"Helpful\" button any more"},
    {"{place} (have|show|contain|display) no [more|such] {seen}", build::has_none,
     "the cart has no badge"},
    {"{place} (have|show|contain|display|include|list) any {seen}", build::has_any,
     "the cart does not contain any \"Sencha\""},
    {"no {target} (be listed|be left|remain)", build::none_listed, "no product is listed"},
    {"no {target} (appear|be shown|be displayed|be visible|be there|be present|be offered|be "
     "available|be found|exist)",
     build::gone, "no error message is shown"},
    {"none of [the|these|those|my|our|your|his|her|their] {target} be [called|named|titled] "
     "{value:literal}",
     build::none_is, "none of the users is \"Ann\""},
    {"{things} be (added|saved|created|stored) [{where}]", build::not_added,
     "the task is not added to the list"},
    {"no {target} be added", build::none_named, "no task \"Milk\" is added"},
    {"no [new|more|further|other|additional] {things} "
     "(be added|be created|be saved|be stored|be made|be placed|be recorded|be submitted|be sent|"
     "be booked|have been added|have been created|have been saved)",
     build::same_number, "no task is added"},
    {"the number of {things} (be|stay|remain) [still|exactly] " AS_BEFORE, build::same_number,
     "the number of tasks stays the same"},
    {"the number of {things} (change|be changed)", build::number_unchanged,
     "the number of tasks does not change"},
    {"{target} (be|stay|remain|be left) [still|exactly] " AS_BEFORE, build::same,
     "the total is the same as before"},
    {"{target} (change|be changed)", build::unchanged, "the total does not change"},
    {"{target} (change|be changed|be updated|update|be different|be different than before|"
     "be different from before|differ)",
     build::changed, "the total changes"},
    {"the number of {things} (increase|decrease|grow|shrink|rise|fall|drop|go up|go down|"
     "be increased|be decreased|be incremented|be decremented|be reduced|increment|decrement) "
     "[by {number:quantity}]",
     build::more_of_them, "the number of tasks increases by one"},
    {"{target} (increase|decrease|grow|shrink|rise|fall|drop|go up|go down|be increased|"
     "be decreased|be incremented|be decremented|be reduced|increment|decrement) "
     "by {number:quantity}",
     build::grown_by, "the cart badge goes up by 1"},
    {"there (be|exist) {number:quantity} (more|fewer|less) {things} [than before] "
     "[listed|shown|displayed|in the list|in the table]",
     build::more_of_them, "there is one more task"},
    {"(see|have|find) {number:quantity} (more|fewer|less) {things} [than before] "
     "[listed|shown|displayed|in the list|in the table]",
     build::more_of_them, "I see 2 fewer tasks"},
    {"[another] {number:quantity} (more|additional|fewer|new) {things} "
     "be (loaded|listed|shown|displayed|added|visible)",
     build::more_of_them, "10 more items are loaded"},
    {"(each|every|all|all of) [the|these] [displayed|shown|listed|visible|remaining] {things} "
     "(be|cost|be priced) " BOUNDS,
     build::each_measured, "every price is below 50"},
    {"(each|every|all|all of) [the|these] [displayed|shown|listed|visible|remaining] {things} "
     "have [a|an] {label} [of|that is] " BOUNDS,
     build::each_measured, "all products have a price between 20 and 50"},
    {"(see|find) only {things} (with|that have|having) [a|an] {label} [of|that is] " BOUNDS,
     build::each_measured, "I see only products with a price below 50"},
    {"(see|find) only {things} [priced|costing|that cost] " BOUNDS, build::each_measured,
     "I see only products under 50"},
    {"only {things} [priced|costing|that cost] " BOUNDS " be [listed|shown|displayed|visible|left]",
     build::each_measured, "only products under $50 are shown"},
    {"only {things} (with|that have|having) [a|an] {label} [of|that is] " BOUNDS
     " be [listed|shown|displayed|visible|left]",
     build::each_measured, "only products with a price below 50 are listed"},
    {"{target} (be|cost|show) " BOUNDS, build::measured, "the total is at most 100"},
    {"(see|find) {value:literal} (as|for) {target}", build::value_in,
     "I see \"€ 5.00\" as the total"},
    {"see {value:literal} (in|on|inside) {target}", build::value_in, "I see 1 in the cart badge"},
    {"(see|find|expect|notice) {target} to (be|equal|read|say) {value:literal}", build::content_is,
     "I see the total to be \"€ 5.00\""},
    {"(see|find|expect|notice) {target} to (contain|include|have|show|display) [the] [text] "
     "{value:literal}",
     build::content_has, "I see the page title to contain \"Shop\""},
    {"{target} (display|show|have|give|report) [the|an|a] "
     "(error|error message|message|validation error|validation message|warning|hint) [message] "
     "[of|:] "
     "{value:literal}",
     build::says_message, "the field \"Email\" shows the error \"Enter an email address\""},
    {"see {target} (as|be|equal to|equal) {value:literal}", build::content_is,
     "I see the total as \"€ 5.00\""},
    {"see {target} (contain|containing|with|have|show|showing|including) [the] [text|value] "
     "{value:literal}",
     build::content_has, "I see an alert containing \"not right\""},

    {"{place} with [the|a|an] {what} {value:literal} "
     "(open|appear|be shown|be displayed|be opened|pop up|be visible|show up)",
     build::shown_with, "a menu with the entry \"Copy\" is shown"},
    {"{target} with the value {value} (appear|be shown|be displayed|show up|take its place)",
     build::field_value, "a text box with the value \"Fern\" takes its place"},
    {"be (offered|invited) to {value:literal}", build::greeted, "she is offered to \"Play again\""},

    // Being told
    {"[be] (told|warned|informed|notified|reminded|asked|alerted|advised) "
     "[that|about|by|with|to|of] [:] {value}",
     build::told, "he is told \"Please sign in first.\""},
    {"[be] (greeted|thanked|welcomed|addressed|prompted|met) [by|with|as|for|to] {value}",
     build::greeted, "I am thanked with \"Thank you, Anna!\""},
    {"[a|an|the] [success|error] (message|notification|toast|alert|popup|notice|banner) "
     "(confirm|acknowledge|show|appear) [that] {value:literal}",
     build::told, "a message confirms \"Added to cart\""},
    {"{target} (say|state|read|tell|warn|announce|mention|explain|inform|indicate|report) "
     "[me|us|him|her|them|the user] [that|about] "
     "{value}",
     build::says, "an alert says \"This account is locked\""},
    {"it (say|state|read|show|tell|display) {value:literal}", build::greeted, "it says \"Saved\""},
    {"it be (refused|rejected|answered|acknowledged|declined|met) with {value:literal}",
     build::greeted, "it is refused with \"Not allowed\""},
    {"[the|this|that|my|his|her|their] {what} be "
     "(refused|rejected|declined|denied) "
     "(with|because|by) [the|a|an] "
     "[error|error message|message|notice|warning|reason|note|text] [:] {value:literal}",
     build::greeted, "the upload is rejected with the message \"Too large\""},
    {"be (offered|invited|asked|prompted|requested|required|urged) to {what}", build::invited,
     "the guest is invited to sign up"},
    {"{target} (change|switch|turn|update|drop|fall|rise|go|go up|go down|grow|jump|move|move "
     "on|increase|"
     "decrease|be changed|be updated|be set|be reset) to {value:literal}",
     build::changes_to, "the status changes to \"Copied\""},
    {"{target} be [back] (at|to|down to|up to) {value:literal}", build::changes_to,
     "the counter is back at 0"},
    {"{target} (drop|fall|go|jump|move|change|return|revert|switch|rise|climb) back (to|down to|"
     "up to) {value:literal}",
     build::changes_to, "the rate drops back to 0%"},
    {"{target} (continue|go on) with {value:literal}", build::says,
     "the story continues with \"That was close\""},
    {"{target} be (labelled|labeled|captioned|titled) {value:literal}", build::says,
     "the first box is labelled \"B\""},
    {"it (say|state|show|tell|display) [me|us|him|her] {what} {value:literal}", build::it_says,
     "it says where the parcel is: \"Delivered to the front door.\""},

    {"{target} be (written|posted|sent|created|made|uploaded|ordered|submitted|signed) by "
     "{value:literal}",
     build::made_by, "the review \"Fern\" was written by \"Anna\""},

    // Things shown and gone
    {"{target} (appear|reappear|exist|show up|pop up|show|come up|come back|become visible|be "
     "back|be found|be seen|be "
     "present|be displayed|"
     "be visible|be shown|be listed|be available|be there|be read|be rendered|be given|be "
     "presented|be "
     "displaying|be included|be appearing)",
     build::shown, "a message \"Saved\" appears"},
    {"{target} be (created|saved|stored|added)", build::told_of, "the note \"Ideas\" is created"},
    {"{what} be (placed|submitted|sent|confirmed|booked|created|registered|completed|saved|updated|"
     "added|deleted|removed|uploaded|processed|changed|published|cancelled|canceled|reset)",
     build::told_of_success, "the order is placed successfully"},
    {"[the] form be (reset|cleared|emptied|blank)", build::form_empty, "the form is cleared"},
    {"[the] page have [the|a] (title|heading) {value:literal}", build::headed,
     "the page has the title \"Select a plan\""},
    {"{place} (have|show|display) [the|a] (title|heading|header) {value:literal}", build::headed,
     "the dialog has the title \"New user\""},
    {"[the] (dialog|dialogue|modal|popup|form|section|card|panel|window|sidebar) "
     "(title|heading|header) (be|read|say|show) {value:literal}",
     build::part_headed, "the dialog title is \"New user\""},
    {"{target} be (reported|announced|noted|recorded|mentioned|logged|printed|stated) [{where}]",
     build::told_of, "\"Saved.\" is reported"},
    {"{target} (appear|exist|be displayed|be visible|be shown|be listed|be present|be available|be "
     "found|"
     "be seen|be included|show up|be added|show|be) {where}",
     build::shown, "\"Earl Grey\" is listed under \"You may also like\""},
    {"{target} (open|be opened|pop up|open up|show up|come up)", build::opens,
     "the dialog \"Create new user\" opens"},
    {"{target} (open|be opened|pop up|appear|be shown|show up) (with|showing|that shows|saying) "
     "[the|a] [heading|title|text|message] {value:literal}",
     build::opens_with, "a dialog opens with the heading \"New user\""},
    {"{target} (disappear|vanish|go away|be gone|be removed|be absent|be missing|be hidden|be "
     "closed|"
     "be deleted|be invisible|close)",
     build::gone, "the message disappears"},
    {"{target} (disappear|vanish|be gone|be removed|be absent|be missing|be hidden|be deleted) "
     "{where}",
     build::gone, "\"Sencha\" is gone from the cart"},
    {"only {value:literal} (be|remain|be left|be still) "
     "[listed|shown|displayed|visible|left|there|present|offered|suggested] [{where}]",
     build::only, "only \"Watches\" is listed"},
    {"only {items} (be|remain|be left|be still) "
     "[listed|shown|displayed|visible|left|there|present] [in (this|that) order]",
     build::only_these, "only \"Tea\" and \"Oil\" are left"},
    {"(see|find) only {items} [in (this|that) order]", build::only_these,
     "I see only \"Tea\" and \"Oil\""},
    {"only [the] {target} {value:literal} be [listed|shown|displayed|visible|left|there|present] "
     "[{where}]",
     build::only, "only the product \"Watches\" is listed"},
    {"(see|find|have) only {value:literal} [{where}]", build::only,
     "I should see only \"Watches\" in the list"},
    {"only [the] {things} (with|containing|that contain|that have|that match|that "
     "show|matching|from|"
     "tagged|tagged as|tagged with|marked as|whose name contains|of|in) [the] [text|word|category|"
     "status|name] {value:literal} (be [listed|shown|displayed|visible|left|there|present]|remain)",
     build::each_contains, "only products with \"Tea\" are shown"},
    {"(see|find|have|get) only {things} (with|containing|that contain|that have|that "
     "match|matching|"
     "from|tagged|tagged as|tagged with|marked as|whose name contains) [the] [text|word|category|"
     "status|name] {value:literal}",
     build::each_contains, "I see only products containing \"Tea\""},
    {"(each|every|all|all of) [the|these] [displayed|shown|listed|visible|remaining] {things} "
     "[shown|"
     "listed|displayed] (contain|show|have|display|include|say|read|mention|list) [the] "
     "[text|word|words|category|status] {value:literal}",
     build::each_contains, "every row contains \"Tea\""},
    {"(each|every|all|all of) [the|these] [displayed|shown|listed|visible|remaining] {things} "
     "(contain|show|have|display|include|say|read|list) {value:literal} (in|under) "
     "{column} (column|field)",
     build::each_contains, "every row has \"Languages\" in the \"Major\" column"},
    {"(each of them|all of them|each one|every one|each|they all) "
     "(contain|show|have|display|include|say|read|be [rated|marked|tagged|labelled|labeled|"
     "classified|categorised|categorized]) [as] {value:literal}",
     build::each_contains, "each of them is rated \"Easy\""},
    {"(each|every|all|all of) [the|these] [displayed|shown|listed|visible] {things} (have|show|"
     "contain|display|include|offer) {part}",
     build::each_has, "each card shows a \"Buy\" button"},
    {"{value:literal} be (at the top|first|the first one|the first|on top|at the bottom|last|the "
     "last "
     "one|the last) [{noun}] [(of|in|on) {place}]",
     build::at_end, "\"Buy milk\" is at the top of the list"},
    {"{value:literal} (come|be listed|be shown|stand) (first|last)", build::at_end,
     "\"Clark Kent\" comes first"},
    {"{value:literal} (come|be|be listed|be shown|stand) (first|at the top) and {other:literal} "
     "[come|be|be listed|be shown|stand] (last|at the bottom)",
     build::at_both_ends, "\"Rent\" comes first and \"Tea\" last"},
    {"{value:literal} be {target}", build::is_nth, "\"Inigo Montoya\" is the third person"},
    {"{first:literal} (be|come|appear|stand|be shown|be listed|be displayed|be placed) "
     "(above|before|ahead of|in front of) {second:literal} [{where}]",
     build::comes_before, "\"Buy milk\" comes before \"Feed the cat\""},
    {"{second:literal} (be|come|appear|stand|be shown|be listed|be displayed|be placed) "
     "(below|after|behind|under|underneath) {first:literal} [{where}]",
     build::comes_before, "\"Feed the cat\" is listed below \"Buy milk\""},
    {"{things} be {items} [in (this|that|the following|exactly this|the given) order]",
     build::listed_items, "the items are \"Milk\", \"Eggs\" and \"Tea\" in this order"},
    {"{things} be [shown|listed|displayed|sorted] in (this|the) order [:|of] {items}",
     build::listed_items, "the items are listed in the order \"Milk\", \"Eggs\", \"Tea\""},
    {"[the] order of {things} be {items}", build::listed_items,
     "the order of the items is \"Milk\", \"Eggs\" and \"Tea\""},
    {"{target} (offer|show|list|contain|have|display) (these|the following) {things} in "
     "(this|the following|that|alphabetical|numerical|ascending|descending) order",
     build::ordered_rows, "the list offers these stations in alphabetical order:"},
    {"exactly these {things} be (offered|listed|shown|displayed|available|there) [{where}] [:] "
     "{items}",
     build::exactly_listed, "exactly these sections are offered in the menu: Home and Help"},
    {"{things} {items} be [left|listed|shown|displayed] in (this|that) order", build::listed_items,
     "the cards \"Tea\" and \"Oil\" remain in this order"},
    {"{place} (show|list|contain|have|display) {items} in (this|that|the following|exactly this) "
     "order",
     build::listed_items, "the list shows \"Milk\", \"Eggs\" and \"Tea\" in this order"},
    {"{place} (contain|have|show|display|list|include|hold) [a|the|an] "
     "(row|entry|line|record|table row) "
     "(with|for|containing|of|that has|that contains|showing|reading) {items}",
     build::row_of, "the table contains a row with \"Bob\" and \"30\""},
    {"{place} (contain|have|show|display|list|include) [a|the|an] (row|entry|line|record) {items}",
     build::row_of, "the table contains the row \"Bob\""},
    {"{target} (show|have|contain|display|say|list) {value:literal} (in|under|for|as) [the] "
     "{column} "
     "(column|field)",
     build::content_in_column, "the first row shows \"Airi\" in the \"Name\" column"},
    {"{value:literal} be (shown|displayed|visible) (for|under|below|beside|next to|near) {places}",
     build::shown_for_each, "\"Required\" is shown for name, email and phone number"},
    {"[the] [page] title be {value:literal}", build::headed, "the page title is \"Select a plan\""},
    {"{was:literal} be replaced (by|with) {value:literal}", build::replaced,
     "\"Lidl\" has been replaced by \"Aldi\""},
    {"(see|find|notice|have) {target} with [the|a|an] {label} [of] {value:literal}",
     build::labelled_content, "I see \"Coffee\" with an amount of $12.50"},
    {"{target} (show|have|display|carry|bear) {value:literal} as (its|the|their|his|her) {label}",
     build::labelled_content, "\"Tea\" shows \"Today\" as its due date"},
    {"{target} (show|have|display|carry|bear) {value:literal} as (its|the|their|his|her) {label}",
     build::content_as_label, "\"Tea\" shows \"Today\" as its due date"},
    {"{target} (be listed|be shown|be displayed|be added|appear) with [the|a|an] {label} [of] "
     "{value:literal}",
     build::labelled_content, "the contact \"Ann\" is listed with the phone \"123\""},
    {"(see|have|find|get|there be|be left with|be shown) {quantity:quantity} {things} "
     "[:|called|named|,|that be] {items}",
     build::counted_items, "I should see 3 list items: \"Watches\", \"Sweaters\" and \"Scarves\""},
    {"{quantity:quantity} {things} (be|remain) [left|listed|shown|displayed|there|offered] [:|,] "
     "{items}",
     build::counted_items, "3 people are left: Brandon, Bruce and Dennis"},
    {"{place} (contain|have|show|list|display|include|hold) {quantity:quantity} {things} "
     "[:|called|named|,] {items}",
     build::counted_items, "the list shows 2 todos: \"Buy milk\" and \"Feed the cat\""},
    {"{value:literal} be the only {target} [that be] "
     "[listed|shown|displayed|visible|left|there|found] [{where}]",
     build::only, "\"Teapot\" is the only gift that is listed"},
    {"the only {target} {where} be [the|a|an] {value:literal}", build::only,
     "the only product in the cart is \"Teapot\""},
    {"the only {target} [that be] [listed|shown|displayed|visible|left|there|found] be "
     "{value:literal}",
     build::only, "the only question that is shown is \"Do you deliver?\""},
    {"the [only] (suggestion|proposal) [that be] [offered|shown|made|left] be {value:literal}",
     build::suggested, "the suggestion is \"Germany\""},
    {"{target} (contain|show|have|list|display|include) only {value:literal}", build::only,
     "the list contains only \"Watches\""},
    {"{value} be [listed] (among|amongst|one of|in the list of) {target}", build::among,
     "\"Teapot\" is among the products"},

    // Attributes, classes and styles, where they are named
    {"{target} have [the|an|a] attribute {attribute:literal} "
     "[with|as|of|equal to|set to|containing|=|being] [the] [value] {value:literal}",
     build::attribute, "the link \"Docs\" has the attribute \"rel\" with the value \"nofollow\""},
    {"{target} have [the|an|a] {attribute:literal} attribute "
     "(with|as|of|equal to|set to|containing|being) [the] [value] {value:literal}",
     build::attribute, "the link \"Docs\" has the \"rel\" attribute set to \"nofollow\""},
    {"[the] {attribute:literal} attribute (of|on|for) {target} (be|equal|contain|include) "
     "{value:literal}",
     build::attribute, "the \"rel\" attribute of the link \"Docs\" is \"nofollow\""},
    {"[the] attribute {attribute:literal} (of|on|for) {target} (be|equal|contain|include) "
     "{value:literal}",
     build::attribute, "the attribute \"rel\" of the link \"Docs\" is \"nofollow\""},
    {"{target} have [the|an|a] (href|src|alt|placeholder|target|type|lang|maxlength|rel) "
     "[text|attribute|value] [with|as|of|equal to|set to|containing] [the] [value|text] "
     "{value:literal}",
     build::named_attribute, "the field \"Search\" has the placeholder \"Find a tea\""},
    {"[the] (href|src|alt|placeholder|target|type|lang|maxlength|rel) [text|attribute|value] "
     "(of|on|for|in) {target} (be|equal|read|say|contain|include|show) {value:literal}",
     build::named_attribute, "the placeholder of \"Search\" is \"Find a tea\""},
    {"{target} (link|links|point|points|lead|refer|refers) to {value:literal}", build::link_target,
     "the link \"Docs\" points to \"/docs\""},
    {"{target} have [the|a] [css] class [name] {value:literal}", build::css_class,
     "the tab \"Orders\" has the class \"active\""},
    {"{target} have [the|a] [css] (style|property|style property) {property:literal} "
     "[with|of|as|set to|equal to] [the] [value] {value:literal}",
     build::css_style, "the button \"Save\" has the style \"opacity\" \"0.5\""},
    {"[the] [css] [text|font|background|border] (color|colour|background|font size|font-size) "
     "(of|on|for) "
     "{target} (be|equal) {value:literal}",
     build::css_style, "the background color of \"Save\" is \"rgb(0, 128, 0)\""},
    {"{target} have [the|a] [text|font|background] (color|colour|background|font size|font-size) "
     "[of] {value:literal}",
     build::css_style, "the button \"Save\" has the color \"rgb(0, 128, 0)\""},

    // Order
    {"{target} be (sorted|ordered|listed|arranged|displayed|shown|in order) [again] by [their|its] "
     "{key} "
     "[in|from] {how}",
     build::sorted, "the products are sorted by price from low to high"},
    {"{target} be (sorted|ordered|arranged|listed|displayed|shown|in) [in|from] {how}",
     build::sorted, "the names are sorted alphabetically"},
    {"{column} be (sorted|ordered) [in|from] {how}", build::sorted_column,
     "the \"Price\" column is sorted descending"},
    {"{target} be (sorted|ordered|arranged) [again] by [their|its] {key}", build::sorted,
     "the products are sorted by name"},
    {"see {target} (sorted|ordered|arranged|listed) by [their|its] {key} [in|from] {how}",
     build::sorted, "I see the products sorted by price in ascending order"},
    {"see {target} (sorted|ordered|arranged|listed) [in|from] {how}", build::sorted,
     "I see the names sorted from A to Z"},
    {"see {target} in {how}", build::sorted, "I see the prices in ascending order"},

    {"wait for {target} [to] (appear|be visible|be displayed|load|show up|be shown|be present|be "
     "loaded|be available|open|be there|become visible)",
     build::shown, "I wait for the heading \"Results\" to appear"},
    {"wait for {target} [to] (disappear|go away|be hidden|be gone|vanish|close|be removed)",
     build::gone, "I wait for the spinner to disappear"},
    {"wait for {target}", build::shown, "I wait for the heading \"Results\""},

    // States
    {"{target} be {state:state}", build::state, "the button \"Add to cart\" should be disabled"},
    {"{target} be {state:state} {where}", build::state, "\"Norway\" is selected in \"Country\""},
    {"(have|see|view|find|get|be shown|start with|begin with|start from|begin from|start on|"
     "start off with) (a|an|the|my) "
     "empty {target}",
     build::empty, "I have an empty cart"},
    {"{target} become {state:state}", build::state, "the tab \"Orders\" becomes selected"},
    {"{target} be the {state:state} (one|tab|option|choice|entry|item)", build::state,
     "the tab \"Orders\" is still the selected one"},
    {"see {target} (be|as) {state:state}", build::state, "I see the button \"Save\" as disabled"},
    {"see {target} {state:state}", build::state, "I see the button \"Save\" disabled"},
    {"{target} be (changed|edited|modified|altered)", build::changeable,
     "the field \"Customer number\" cannot be changed"},
    {"both [of] {target} be {state:state}", build::both_in_state, "both lights are off"},
    {"(all|all of|each|each of|every|every one of) {target} be {state:state}", build::all_in_state,
     "all answers are disabled"},
    {"(neither|none) of (them|these|those|the two) be {state:state}", build::none_of_them,
     "neither of them is checked"},
    {"neither {target} be {state:state}", build::none_in_state, "neither box is checked"},
    {"{target} be {state:state}", build::plural_in_state, "the answers are enabled"},
    {"(click|press|tick|check|untick|select|choose|submit|change|edit) [on] {target}",
     build::can_be_clicked, "I should not be able to click \"Save\""},
    {"{target} be (filled in|filled|filled out|prefilled|pre-filled|populated|prepopulated|"
     "pre-populated)",
     build::filled_in, "the password is filled in"},
    {"{target} (open|lead) (in|to) a new [browser] (tab|window)", build::link_opens_tab,
     "the link \"Docs\" opens in a new tab"},
    {"{place} (have|contain|show|display|include|offer|provide) [the|a|an] {kind} {value:literal}",
     build::has_element, "the dialog has the button \"Cancel\""},
    {"{place} (have|contain|show|display|include|offer|provide) [the|a|an] {kind} (to|for|called|"
     "named|labelled|labeled|titled|saying) {value:literal}",
     build::has_element, "the footer contains a link to \"Imprint\""},
    {"{place} (have|contain|show|display|include|offer|provide) [the|a|an] {value:literal} {kind}",
     build::has_element, "the dialog offers a \"Cancel\" button"},
    {"{place} (offer|provide) {value:literal}", build::offers, "the drop-down offers \"Toronto\""},
    {"{place} (have|contain|show|display|include|offer) {things}", build::has_elements,
     "the form displays Save and Cancel buttons"},
    {"[its|the] value be {value}", build::its_value, "its value is 7"},
    {"[the] (page|view|window|screen) (scroll|jump|be scrolled|move) [down|up|back] to {target}",
     build::scrolled_to, "the page scrolls to the section \"Contact\""},
    {"{target} (reach|hit|get to|arrive at) {value:literal}", build::changes_to,
     "the progress bar reaches 100"},
    {"[both|all of] {things} be [all|both] {state:state}", build::each_in_state,
     "Lettuce, Tomato and Mustard are all checked"},
    {"{things} be [all|both] (shown|displayed|visible|listed|there|present)", build::each_in_state,
     "the compass and calendar images are displayed"},
    {"nothing be {state:state} {where}", build::nothing_in_state,
     "nothing is selected under \"Pizza\""},
    {"{target} be [shown|displayed|set|written|drawn] [in] {style}", build::drawn_in,
     "the text is bold and centered"},
    {"{target} (turn|become|go) {style}", build::drawn_in, "the label \"Name\" turns red"},
    {"[all|each|every one] [of] (these|this|the following) [{noun}] be [all] {state:state}",
     build::rows_in_state, "all of these are checked:"},
    {"[both|all of] {things} [both|all] (show|say|read|display|have|contain|count|list|be) "
     "[both|all] "
     "{value:literal}",
     build::each_content, "both \"Zip code\" and \"Phone\" show \"N/A\""},
    {"none of {target} be {state:state}", build::none_in_state, "none of the boxes is checked"},
    {"no {target} be {state:state}", build::no_one_in_state, "no box is checked"},
    {"[the|keyboard|input] (cursor|caret|focus) be [back] (in|on|inside) {target}", build::focused,
     "the cursor is in the field \"Name\""},
    {"{target} have [the|keyboard|input] focus", build::focused, "the field \"Search\" has focus"},
    {"{target} (show|have|be) {state:state}", build::state, "the cart shows empty"},

    {"{value:literal} be the (selected|chosen|current|active) (option|choice|item|entry)",
     build::option_selected, "\"Two\" is the selected option"},
    {"[the] (title|heading) (of|in) [the] (new|second|opened|other|last|newly opened) [browser] "
     "(tab|window) (be|read|say|show) {value:literal}",
     build::of_new_tab, "the title of the new tab is \"Terms\""},

    // Contents and values
    {"(have to pay|need to pay|pay|be charged|owe|be asked to pay) {value:literal} "
     "[in total|altogether|in all|overall]",
     build::to_pay, "I have to pay \"€ 5.40\" in total"},
    {"{target} (change|go|turn|switch|move|be changed|rise|fall|drop|increase|decrease) from "
     "{was:literal} to {value:literal}",
     build::content_changes, "the status of \"Bo\" changes from \"Invited\" to \"Active\""},
    {"{target} (be|equal|be equal to|equal to|match|be exactly|read exactly|be shown as|be "
     "displayed as|"
     "become|show exactly|be listed as|come to|amount to|total|be called|be now) {value}",
     build::content_is, "the total in the cart is \"€ 7.65\""},
    {"{target} (be|equal|come to|amount to) {value:literal} (per|a|each) {period}",
     build::content_per, "the total is $170 per year"},
    {"{target} (have|contain|show|display|include|hold|list|indicate|be showing|be "
     "displaying|say|read|mention) "
     "[the] [text|words|content|message|string|word] {value}",
     build::content_has, "the cart badge shows 1"},
    {"{target} (counts|count) {value:literal}", build::content_has, "the column \"Done\" counts 2"},
    {"{target} be (marked|labelled|labeled|tagged|flagged|badged|annotated|offered|listed|shown|"
     "displayed|highlighted) (with|as) {value:literal}",
     build::content_has, "\"Teapot\" is marked with \"You give this.\""},
    {"{target} be (completed|complete|done|finished|ticked off|checked off|crossed off)",
     build::is_done, "the todo \"Milk\" is completed"},
    {"{target} be (completed|complete|done|finished|active)", build::is_of_state_class,
     "the todo \"Milk\" is completed"},
    {"{target} be (marked|highlighted|flagged|shown|coloured|colored|styled) as {mark}",
     build::marked_as, "\"Germany\" is marked as incorrect"},
    {"{target} be (for|from|by|to) {value:literal}", build::nth_has,
     "the first order is for \"Tea\""},
    {"{target} be (for|from|by|to) {value:literal} with [the|a|an] {label} {other:literal}",
     build::nth_has, "the first order is for \"Tea\" with the amount \"$3\""},
    {"{target} (start with|begin with|starting with) {value}", build::content_starts,
     "the title starts with \"Products\""},
    {"{place} (start|begin|open) with {items}", build::begins_with_items,
     "the activity begins with \"New order\", \"+$250\" and \"Just now\""},
    {"{target} (end with|end in|ending with) {value}", build::content_ends,
     "the URL should end with \"/orders\""},
    {"{target} (start|begin|end|finish|close|open|arrive|depart|leave) (on|at|in) {value:literal}",
     build::happens_on, "the event \"Dentist\" starts on \"March 9, 2027\""},
    {"{target} (have|show|display|contain|list) [the|a|an] {label} [as|of|:] {value:literal}",
     build::labelled_content, "the row of order \"1004\" shows status \"Paid\""},
    {"{target} (have|contain|show|display) [the|a] value [of] {value}", build::field_value,
     "the field \"User name\" has the value \"nobody\""},
    {"{target} be (filled|prefilled|pre-filled|populated|prepopulated|pre-populated|set) [in] "
     "(with|to) {value}",
     build::field_value, "the field \"Country\" should be filled with \"Norway\""},
    {"[the] [currently] (selected|chosen|picked) {target} be {value:literal}", build::chosen_value,
     "the selected fruit is \"bananas\""},
    {"the value (of|in|for) {target} (be|equal) {value}", build::field_value,
     "the value of \"User name\" is \"nobody\""},
    {"{target} have {value:literal} (selected|chosen|as value|as its value|filled in|as selected)",
     build::field_value, "\"Country\" has \"Norway\" selected"},
    {"{value:literal} be (chosen|selected|entered|filled in|set|given|picked) as {target}",
     build::field_value, "\"Belgium\" is still chosen as the country"},
    {"{value:literal} be (entered|filled in|the value) (in|of) {target}", build::field_value,
     "\"nobody\" is entered in the field \"User name\""},

    // Counts
    {"{place} (say|show|have|contain|display|read|list) {value:literal} (twice|thrice)",
     build::count_shown, "the row of \"Tea\" says \"Yes\" twice"},
    {"{place} (say|show|have|contain|display|read|list) {value:literal} {quantity:quantity} times",
     build::count_shown, "the row of \"Tea\" says \"Yes\" 3 times"},
    {"(see|find|view|get|have|there be|there exist|be shown|notice|show) {quantity:quantity} "
     "[more|such] {things} [left|remaining|in total|altogether] [{where}]",
     build::count, "I should see 3 rows"},
    {"(see|find|have|there be) {quantity:quantity} {things} [left|shown|displayed] (that|which) "
     "(say|read|show) {value:literal}",
     build::count_named, "there are 3 buttons left that read \"Change\""},
    {"{place} with {quantity:quantity} {things} "
     "(open|appear|be shown|be displayed|be opened|pop up|be visible)",
     build::count, "a menu with 4 items opens"},
    {"{quantity:quantity} {things} be (shown|displayed|listed) per page", build::count,
     "25 orders are shown per page"},
    {"[my|all|the|all my|all the|his|her|their|our|these] {quantity:quantity} {things} "
     "(be|appear|exist|remain) "
     "[listed|shown|displayed|visible|found|left|there|present|available|returned|in total|"
     "on offer|offered|in all|listed in all|back|counted|counted in total|suggested|proposed|"
     "recommended|waiting|waiting for (me|us|him|her|them)] "
     "[{where}]",
     build::count, "only 7 products are listed"},
    {"{place} (have|contain|show|list|display|include|hold|count|report) {quantity:quantity} "
     "{things} "
     "[in all|in total|altogether|overall|left|remaining]",
     build::count, "the cart table should have 2 rows"},
    {"the number of {things} [listed|shown|displayed|visible|present|on the page] (be|equal) "
     "{quantity:quantity}",
     build::count, "the number of products is 7"},

    // Pages
    {"be [now] [back] (on|at|in|viewing|looking at) [the] {what} form", build::form_shown,
     "I am still on the booking form"},
    {"be [now] [back] (on|at|in|viewing|looking at) {page}", build::on_page,
     "he is back on the sign-in page"},
    {"[be] "
     "(redirected|taken|sent|brought|directed|forwarded|navigated|led|returned|moved|transferred|"
     "landed) [back] [to|on|onto|at] {page}",
     build::on_page, "I am taken to the checkout page"},
    {"[a|the] page with [the|a] [heading|title] {value:literal} "
     "(open|load|appear|be shown|be opened|be displayed)",
     build::page_headed, "the page with the heading \"Terms\" opens"},
    {"[be] (land|arrive|end up|taken|redirected|brought) (on|at|in|to) [a|the|another] page "
     "(with|that has|showing|titled) [the] [heading|title] {value:literal}",
     build::page_headed, "I land on a page with the heading \"Terms\""},
    {"(land|arrive|end up) (on|at|in) {page}", build::on_page, "she lands on the start page"},
    {"(reach|return to|get to|go to|navigate to|visit|come to|come back to) {page}", build::on_page,
     "I reach the checkout page"},
    {"(see|find|view) {page}", build::page_seen, "I see the checkout page"},
    {"{page} (be|get) (shown|displayed|opened|open|loaded|visible|presented)", build::page_shown,
     "the checkout page is shown"},
    {"{page} (be|get) (shown|displayed|opened|open|loaded) (for|to) {value:literal}",
     build::page_for, "the dashboard is shown for \"Anna Lee\""},
    {"{page} (open|load|appear)", build::page_shown, "the checkout page opens"},
    {"be {page}", build::page_shown, "it is the start page"},

    // Tables, lists and longer texts beside the step
    {"(see|find|view|get|have|be shown|there be|display|contain|list) {target}", build::rows,
     "I should see the following products:"},
    {"(see|find|view) {target} in [this|the following|that|the given] order", build::ordered_rows,
     "I should see the products in this order:"},
    {"{target} (appear|come|stand) in (this|the following|that|the given) order",
     build::ordered_rows, "the names appear in this order:"},
    {"{target} be (listed|shown|displayed|sorted|ordered|in|present|visible) [in] (this|the "
     "following|that|the given) order",
     build::ordered_rows, "the products should be listed in this order:"},
    {"(these|this|the following) be {target} in [this|the following|that] order",
     build::ordered_rows, "these are the products, in this order:"},
    {"(these|this|the following) be {target}", build::rows, "these are the products:"},
    {"only (these|the following) {target} be (left|listed|shown|displayed|visible|there|present) "
     "[in [the] (table|list)]",
     build::rows, "only these rows are left in the table:"},
    {"{target} be (offered|listed|shown|sold|available|displayed) (at|with|for) "
     "(these|the following) {what}",
     build::rows_as_cards, "the plans are offered at these prices:"},
    {"(see|find|view|get|have|be shown) {target}", build::rows_as_cards,
     "I should see the following products:"},
    {"{target} be (listed|shown|displayed|visible|present|available|offered|mentioned|named|"
     "described|advertised|recommended)",
     build::rows_as_cards, "the following products are listed:"},
    {"{place} (show|list|contain|display|include) {item:literal} (for|at|costing|with) "
     "{value:literal}",
     build::item_with, "the summary shows \"Advanced\" for \"$12/mo\""},
    {"[the] [{noun}] {item:literal} (cost|sell for|be sold for|be priced at|be offered for|be "
     "offered "
     "at) {value:literal}",
     build::item_costs, "\"Assam\" costs \"€ 5.00\""},
    {"{place} be (headed|titled|entitled) [with|by] {value:literal}", build::headed,
     "the form is headed \"Edit recipe\""},
    {"(it|this|the product|the item|the article|the dish|the book|the ticket|the room|the course|"
     "the plan|the service) (cost|sell for|be priced at) {value:literal}",
     build::it_costs, "it costs $45.00"},
    {"(it|this) (take|last|need|require|weigh|measure) {value:literal} {unit}", build::it_costs,
     "it takes 12 min"},
    {"[a|the] {target} of {value:literal} be (applied|granted|given|charged|added)",
     build::content_has, "a discount of 10% is applied"},
    {"{target} be assigned to {value:literal}", build::content_has,
     "the ticket \"A-1\" is assigned to \"Sarah\""},
    {"{target} have [a|an|the] {value:literal} (label|tag|badge|status|priority|mark|chip|marker)",
     build::content_has, "the ticket \"A-1\" has a \"Critical\" label"},
    {"{target} be (masked|obscured|shown as dots|shown masked|displayed masked|unreadable)",
     build::masked, "the password is masked"},
    {"{target} be (shown|visible|readable|displayed) (in|as) (plain|clear) text", build::masked,
     "the password is shown in plain text"},
    {"{target} be with {value:literal}", build::content_has,
     "the appointment is with \"Dr. Chen\""},
    {"{target} be (displayed|shown|listed) as {value:literal} with [the|a|an] {label} "
     "{other:literal}",
     build::shown_as_with, "the article is shown as \"Draft\" with the author \"Ann\""},
    {"{place} (list|show|contain|include|have) {item} with {fields}", build::item_with_fields,
     "the cart lists \"Assam\" with quantity 3 and a subtotal of \"$9\""},
    {"{place} (show|say|display|confirm|tell|report) that {what} {value:literal}", build::it_says,
     "the page shows that I ordered \"Tea\""},
    {"{target} (exist|be (listed|shown|displayed|visible|present|available|offered|suggested|"
     "mentioned|named|described|advertised|recommended))",
     build::rows, "the following products are listed:"},
    {"{target} (contain|have|show|list|include|display|be|offer) [exactly|only] [the|these] "
     "[following] "
     "[rows|items|entries|data|values|lines|options|records|products|todos|tasks|names]",
     build::rows, "the orders table should contain the rows:"},
    {"{target} (contain|have|show|list|include|display|be) [exactly|only] [the|these] [following] "
     "[rows|items|entries|data|values|lines] in [this|the following] order",
     build::ordered_rows, "the list contains these items in this order:"},
    {"{target} (contain|have|show|list|include|display|offer|hold) [exactly|only] (the "
     "following|these) "
     "{kinds}",
     build::rows_of, "the menu displays the following links:"},
    {"[the] (following|these) {target} be (listed|shown|displayed|visible|present|available) "
     "(in|on|under) {place}",
     build::rows_in, "the following users are listed in the table:"},
    {"{target} (read|be|show|say|contain|have|list)", build::row_by_columns,
     "the first row reads:"},
    {"(see|find|view|get|have|be shown) {target}", build::labelled_rows,
     "I should see my details:"},
    {"{target} (contain|have|show|list|include|display|be)", build::labelled_rows,
     "the confirmation page shows:"},
    {"(see|read|find|get)", build::rows, "I should see:"},
    {"(read|find out|learn|be told) about [the|these] [following] [{target}]", build::rows,
     "she can read about these features:"},
    {"(see|read|find|get) [the] [following]", build::rows, "I should see the following:"},
    {"(see|read|find|get|receive|be told|be shown) [the] [following] [text|message|words]",
     build::doc_text, "I should see the text:"},
    {"[the] (following|this) (text|description|message) [can] (be read|be shown|be "
     "displayed|appear|"
     "be visible)",
     build::doc_text, "the following text can be read:"},
    {"{target} (contain|have|show|say|read|be|display|include) [the] [following] "
     "[text|message|words|value]",
     build::doc_text, "the field \"Note\" should contain:"},
};

}  // namespace

std::span<const Line> observation_lines() { return kObservations; }

}  // namespace vouch::features
