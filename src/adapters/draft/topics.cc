#include "adapters/draft/topics.h"

#include <boost/algorithm/string/predicate.hpp>
#include <boost/json/parse.hpp>

namespace vouch::embedded {
std::string_view topic_list_remote_outlets_json();
std::string_view topic_order_dispatch_json();
std::string_view topic_order_status_update_json();
std::string_view topic_snooze_items_json();
std::string_view topic_sync_outlet_json();
std::string_view topic_sync_products_json();
std::string_view topic_test_connection_json();
}  // namespace vouch::embedded

namespace vouch::adapters::draft {

namespace {

std::vector<Topic> read_all() {
  std::vector<Topic> topics;
  for (const std::string_view text :
       {embedded::topic_list_remote_outlets_json(), embedded::topic_order_dispatch_json(),
        embedded::topic_order_status_update_json(), embedded::topic_snooze_items_json(),
        embedded::topic_sync_outlet_json(), embedded::topic_sync_products_json(),
        embedded::topic_test_connection_json()}) {
    auto topic = read_topic(json::parse(text));
    VOUCH_CHECK(topic.has_value());  // a test reads them all
    topics.push_back(std::move(*topic));
  }
  return topics;
}

}  // namespace

const std::vector<Topic>& built_in_topics() {
  static const std::vector<Topic> topics = read_all();
  return topics;
}

const Topic* find_built_in_topic(std::string_view name) {
  for (const Topic& topic : built_in_topics()) {
    if (boost::iequals(topic.name, name)) return &topic;
    for (const std::string& alias : topic.aliases)
      if (boost::iequals(alias, name)) return &topic;
  }
  return nullptr;
}

}  // namespace vouch::adapters::draft
