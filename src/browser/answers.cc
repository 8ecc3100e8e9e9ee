#include "browser/answers.h"

#include <boost/json.hpp>
#include <limits>

namespace vouch::browser {
namespace {

namespace json = boost::json;

// Typed access to an object that may hold anything.
class View {
 public:
  explicit View(const json::value* value) : object_(value ? value->if_object() : nullptr) {}
  explicit View(const json::object& object) : object_(&object) {}

  explicit operator bool() const { return object_ != nullptr; }

  const json::value* find(std::string_view key) const {
    return object_ ? object_->if_contains(key) : nullptr;
  }
  std::string text(std::string_view key) const {
    const json::value* found = find(key);
    return found && found->is_string() ? std::string(found->get_string()) : std::string();
  }
  bool flag(std::string_view key) const { return optional_flag(key).value_or(false); }
  std::optional<bool> optional_flag(std::string_view key) const {
    const json::value* found = find(key);
    return found && found->is_bool() ? std::optional(found->get_bool()) : std::nullopt;
  }
  std::int64_t integer(std::string_view key) const {
    const json::value* found = find(key);
    return found && found->is_int64() ? found->get_int64() : 0;
  }
  std::vector<std::string> texts(std::string_view key) const {
    std::vector<std::string> texts;
    if (const json::array* array = list(key)) {
      for (const json::value& each : *array) {
        if (each.is_string()) texts.emplace_back(each.get_string());
      }
    }
    return texts;
  }
  const json::array* list(std::string_view key) const {
    const json::value* found = find(key);
    return found ? found->if_array() : nullptr;
  }

 private:
  const json::object* object_;
};

int small(std::int64_t value) {
  return static_cast<int>(std::clamp<std::int64_t>(value, std::numeric_limits<int>::min(),
                                                   std::numeric_limits<int>::max()));
}

Box parse_box(const View& view) {
  const json::array* box = view.list("box");
  if (!box || box->size() != 4) return {};
  const auto side = [&](std::size_t i) {
    const json::value& value = (*box)[i];
    return value.is_int64() ? small(value.get_int64()) : 0;
  };
  return {side(0), side(1), side(2), side(3)};
}

void parse_states(const View& view, Element& element) {
  element.disabled = view.flag("disabled");
  element.required = view.flag("required");
  element.readonly = view.flag("readonly");
  element.focused = view.flag("focused");
  element.checked = view.optional_flag("checked");
  element.expanded = view.optional_flag("expanded");
  element.selected = view.optional_flag("selected");
  element.pressed = view.optional_flag("pressed");
  element.level = small(view.integer("level"));
  element.clickable = view.flag("clickable");
}

Element parse_element(const View& view, int id) {
  Element element;
  element.id = id;
  const std::int64_t parent = view.find("parent") ? view.integer("parent") : -1;
  element.parent = parent >= 0 && parent < id ? small(parent) : -1;
  element.tag = view.text("tag");
  element.role = view.text("role");
  element.name = view.text("name");
  element.description = view.text("description");
  element.text = view.text("text");
  element.own_text = view.text("own_text");
  element.drawn = view.text("drawn");
  element.label = view.text("label");
  element.label_is_associated = view.flag("label_is_associated");
  element.placeholder = view.text("placeholder");
  element.title = view.text("title");
  element.alt = view.text("alt");
  element.test_id = view.text("test_id");
  element.hook = view.text("hook");
  element.hook_value = view.text("hook_value");
  element.html_id = view.text("html_id");
  element.html_name = view.text("html_name");
  element.css_class = view.text("css_class");
  element.type = view.text("type");
  element.href = view.text("href");
  element.value = view.text("value");
  element.options = view.texts("options");
  element.selected_option = view.text("selected_option");
  element.frame = view.texts("frame");
  element.visible = !view.flag("hidden");
  parse_states(view, element);
  element.box = parse_box(view);
  return element;
}

}  // namespace

Result<Snapshot> parse_snapshot(const json::object& answer) {
  const View view(View(answer).find("snapshot"));
  const json::array* elements = view.list("elements");
  if (!elements) return fail(ErrorCode::kUnavailable, "The page could not be read.");
  Snapshot snapshot{.url = view.text("url"), .title = view.text("title")};
  snapshot.truncated = view.flag("truncated") || elements->size() > kElementsMax;
  snapshot.elements.reserve(std::min<std::size_t>(elements->size(), kElementsMax));
  for (const json::value& each : *elements) {
    const int id = static_cast<int>(snapshot.elements.size());
    if (id == kElementsMax) break;
    snapshot.elements.push_back(parse_element(View(&each), id));
  }
  if (const json::array* folded = view.list("folded")) {
    for (const json::value& each : *folded) {
      if (snapshot.folded.size() == kFoldedMax) break;
      const View one(&each);
      const std::int64_t opener = one.integer("opener");
      const bool known = opener >= 0 && opener < std::ssize(snapshot.elements);
      snapshot.folded.push_back({one.text("role"), one.text("name"), one.text("href"),
                                 known ? small(opener) : -1, one.flag("is_pressed")});
    }
  }
  return snapshot;
}

Result<Effect> parse_effect(const json::object& answer) {
  const View view(View(answer).find("effect"));
  if (!view) return fail(ErrorCode::kInternal, "The browser host told no effect.");
  Effect effect{.url_before = view.text("url_before"), .url_after = view.text("url_after")};
  effect.navigated = view.flag("navigated");
  effect.dom_changed = view.flag("dom_changed");
  effect.loads_late = view.flag("loads_late");
  if (const json::array* requests = view.list("requests")) {
    for (const json::value& each : *requests) {
      const View request(&each);
      effect.requests.push_back({request.text("method"), request.text("url"),
                                 request.text("resource_type"), small(request.integer("status")),
                                 request.flag("before")});
    }
  }
  effect.dialogs = view.texts("dialogs");
  effect.popups = view.texts("popups");
  effect.duration_ms = view.integer("duration_ms");
  return effect;
}

CheckResult parse_check(const json::object& answer) {
  const View view(answer);
  return {view.flag("passed"), view.text("message"), view.integer("duration_ms")};
}

}  // namespace vouch::browser
