// Lists whose items stand in another order than in the input: by one of their members, or the last
// first.
#include <cmath>
#include <numeric>

#include "adapters/functions.h"
#include "adapters/synthesize/leaves.h"
#include "adapters/synthesize/search.h"

namespace vouch::adapters {

namespace {

constexpr std::size_t kItemsMax = 128;  // of one list
constexpr std::size_t kRowsMax = 512;   // of all
constexpr std::size_t kOrdersMax = 3;
// An order is no chance where the lists could stand in this many times as many as are tried.
constexpr double kChanceLeast = 4;

// A row's list of the output, and the input's items that it may be made of.
struct Row {
  std::size_t first = 0;  // of its items in the frame
  std::size_t count = 0;
  std::vector<std::vector<double>> alike;  // by place in the output, by item
  double most = 0;                         // that an order could explain
};

using Places = std::vector<std::size_t>;

// What is explained where the output's items are, in this order, some of the input's.
double explained(const Row& row, const Places& order) {
  // best[j]: of the values so far among the first j items.
  std::vector<double> best(row.count + 1, 0);
  for (std::size_t i = 0; i < row.alike.size(); ++i) {
    std::vector<double> next(row.count + 1, -1e9);
    for (std::size_t j = i; j < row.count; ++j)
      next[j + 1] = std::max(next[j], best[j] + row.alike[i][order[j]]);
    best = std::move(next);
  }
  return best[row.count];
}

class OrderSearch {
 public:
  OrderSearch(Search& search, const Problem& problem, ExprPtr source)
      : search_(search), problem_(problem), source_(std::move(source)) {}

  std::vector<Order> run() {
    std::vector<Order> orders;
    if (!collect() || is_chance() || explains([](const Row& row) { return in_place(row.count); }))
      return orders;
    const auto reversed = [](const Row& row) {
      Places places = in_place(row.count);
      std::ranges::reverse(places);
      return places;
    };
    if (explains(reversed)) orders.push_back({call(Fn::kReverse, {source_}), 0.5});
    for (std::size_t i = 0; i < frame_->columns().size() && !search_.out_of_time(); ++i)
      for (const bool descending : {false, true})
        if (const ColumnRef key{frame_, static_cast<int>(i)}; is_key(key) && is_by(key, descending))
          orders.push_back({make(Sorted{.scope = frame_->scope(),
                                        .source = source_,
                                        .key = key.expr(),
                                        .descending = descending}),
                            1 + 0.3 * key.column().depth});
    std::ranges::stable_sort(orders, {}, &Order::cost);
    if (orders.size() > kOrdersMax) orders.resize(kOrdersMax);
    return orders;
  }

 private:
  static Places in_place(std::size_t count) {
    Places places(count);
    std::iota(places.begin(), places.end(), 0);
    return places;
  }

  // Lists so short that any of the members may be in order.
  bool is_chance() const {
    double orders = 0;  // the logarithm of how many there are
    for (const Row& row : rows_) orders += std::lgamma(static_cast<double>(row.alike.size()) + 1);
    std::size_t tried = 1;
    for (std::size_t i = 0; i < frame_->columns().size(); ++i)
      tried += is_key({frame_, static_cast<int>(i)}) ? 2 : 0;
    return orders < std::log(kChanceLeast * static_cast<double>(tried));
  }

  bool collect() {
    std::vector<adapters::Row> items;
    for (const Target& target : problem_.targets) {
      if (!target.value || !target.value->is_array()) continue;
      const json::array& list = target.value->get_array();
      const json::value* from = search_.value_in_row(*problem_.frame, *source_, target.row);
      if (!from) continue;
      const std::vector<Bound> bounds = items_of(from);
      if (bounds.size() < list.size() || bounds.size() > kItemsMax ||
          items.size() + bounds.size() > kRowsMax)
        return false;
      rows_.push_back(row_of(list, bounds, items.size()));
      for (const Bound& bound : bounds)
        items.push_back(
            {.sample = problem_.frame->rows()[static_cast<std::size_t>(target.row)].sample,
             .parent = target.row,
             .bound = bound});
    }
    frame_ = &search_.add_frame(*problem_.frame, std::move(items));
    return true;
  }

  static Row row_of(const json::array& list, const std::vector<Bound>& bounds, std::size_t first) {
    Row row{.first = first, .count = bounds.size()};
    std::vector<Leaves> items;
    items.reserve(bounds.size());
    for (const Bound& bound : bounds) items.push_back(leaves_of(*bound.item));
    for (const json::value& value : list) {
      const Leaves leaves = leaves_of(value);
      std::vector<double>& alike = row.alike.emplace_back();
      for (const Leaves& item : items) alike.push_back(overlap(leaves, item));
      row.most += std::ranges::max(alike);
    }
    return row;
  }

  template <class OrderOf>
  bool explains(const OrderOf& order_of) const {
    return std::ranges::all_of(rows_, [&](const Row& row) {
      return row.alike.empty() || explained(row, order_of(row)) > row.most - 1e-6;
    });
  }

  // Numbers or texts, in each item.
  bool is_key(const ColumnRef& key) const {
    return std::ranges::all_of(key.column().values, [](const json::value* value) {
      return value && (is_number(*value) || value->is_string());
    });
  }

  bool is_by(const ColumnRef& key, bool descending) const {
    return explains([&](const Row& row) {
      Places places = in_place(row.count);
      std::ranges::stable_sort(places, [&](std::size_t a, std::size_t b) {
        const auto& values = key.column().values;
        const json::value& x = *values[row.first + (descending ? b : a)];
        const json::value& y = *values[row.first + (descending ? a : b)];
        return is_before(x, y);
      });
      return places;
    });
  }

  Search& search_;
  const Problem& problem_;
  const ExprPtr source_;
  std::vector<Row> rows_;
  const Frame* frame_ = nullptr;  // of all items
};

}  // namespace

std::vector<Order> find_orders(Search& search, const Problem& problem, const ExprPtr& source) {
  return OrderSearch(search, problem, source).run();
}

}  // namespace vouch::adapters
