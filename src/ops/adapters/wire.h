// The conventions of the adapter-scripts API (Dialect::kAdapters), and what its operations share.
//
// An answer is flat: {code, isSuccess, message, …payload}, `code` the HTTP status, which is 200
// whenever it went well. Times are ISO 8601 in UTC and end in `At`. Nothing is null: what does not
// apply is "", 0 or [], and an optional part of a sample is left out. Lists carry their items under
// their own name, and nextCursor ("" at the end).
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "ops/change.h"
#include "ops/operation.h"
#include "ops/services.h"
#include "store/rows.h"

namespace vouch::ops::flat {

// Slugs that are other things in the routes.
inline constexpr std::string_view kRefusedSlugs[] = {"jobs",   "scripts",  "providers",
                                                     "topics", "generate", "health"};
inline constexpr std::size_t kSlugCharactersMax = 64;

// With the envelope around it.
Answer answer(std::string message, boost::json::object payload = {});
// A page of a list: {…, [name]: items, nextCursor}.
template <class Row, class ToJson>
Answer list_answer(std::string_view name, const store::List<Row>& list, ToJson to_json) {
  boost::json::array items;
  for (const Row& row : list.items) items.push_back(to_json(row));
  std::string message = std::to_string(items.size()) + " " + std::string(name) + ".";
  boost::json::object payload;
  payload[name] = std::move(items);
  payload["nextCursor"] = list.next_cursor.value_or("");
  return answer(std::move(message), std::move(payload));
}

// The JSON Schema of an answer from that of its payload's properties, as text. Every object in it
// that does not say otherwise has exactly its properties, all of them.
boost::json::object result(std::string_view properties);
// … of a list of `item` (text of a schema) under `name`.
boost::json::object list_result(std::string_view name, std::string_view item);

// `parameters` of a route below kAdapterScripts.
boost::json::object list_parameters(std::string_view route, std::string_view more = "{}");

// kInvalidRequest unless it may be a provider's slug: lower-case letters, digits, - and _, and none
// of kRefusedSlugs.
Result<void> check_slug(std::string_view slug);
// The topic's name as it is kept: of one built in also by an alias. kInvalidRequest for what cannot
// be a name.
Result<std::string> topic_name(std::string_view name);
// Of a call with both in its route or body.
Result<store::AdapterOf> of_call(const Call& call);

// Handlers of what a provider and topic have: `look` in a read, `alter` in a change that is kept
// for the call's Idempotency-Key (ops/change.h).
using Look = Result<Answer> (*)(const store::Tx&, const store::AdapterOf&, const Call&);
using Alter = Result<Answer> (*)(store::Tx&, const store::AdapterOf&, const Call&);
template <Look look>
boost::asio::awaitable<Result<Answer>> looking(Services& services, const Call& call) {
  VOUCH_CO_TRY(store::AdapterOf of, of_call(call));
  auto work = [of, call](const store::Tx& tx) { return look(tx, of, call); };
  co_return co_await services.store.read(std::move(work));
}
template <Alter alter>
boost::asio::awaitable<Result<Answer>> altering(Services& services, const Call& call) {
  VOUCH_CO_TRY(store::AdapterOf of, of_call(call));
  auto work = [of, call](store::Tx& tx) { return alter(tx, of, call); };
  co_return co_await change(services, call, std::move(work));
}

// A row of the table as most are: on every surface, with the route's own parameters and an answer
// without a payload; what is no GET writes, and a DELETE cannot be taken back.
Operation operation(std::string name, Method method, std::string_view route,
                    std::string description, Handler handler);
// "/api/v1/adapter-scripts" and the rest.
std::string route(std::string_view tail);

// The number in a route; kNotFound, with this sentence, where it is none.
Result<std::int64_t> number_of(const Call& call, std::string_view name, std::string_view missing);

// {code, message, details, field}, as errors are told.
boost::json::object error_json(const Error& error);

// As text where it is one, as JSON otherwise.
std::string json_text(const boost::json::value& value);

}  // namespace vouch::ops::flat
