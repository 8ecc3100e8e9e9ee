// Small pages for tests, written down as the browser tells them.
#pragma once

#include <string>

#include "features/ground/page.h"

namespace vouch::features::ground {

class PageBuilder {
 public:
  // Adds an element under `parent` (-1: the root) and returns its id.
  int add(int parent, std::string tag, std::string role, std::string name = "") {
    browser::Element e;
    e.id = static_cast<int>(snapshot_.elements.size());
    e.parent = parent;
    e.tag = std::move(tag);
    e.role = std::move(role);
    e.name = std::move(name);
    e.visible = true;
    snapshot_.elements.push_back(std::move(e));
    return snapshot_.elements.back().id;
  }
  // Adds an element that shows `text`; those around it show it too.
  int add_text(int parent, std::string tag, std::string role, const std::string& text) {
    const int id = add(parent, std::move(tag), std::move(role));
    at(id).own_text = text;
    for (int up = id; up >= 0; up = at(up).parent)
      at(up).text += (at(up).text.empty() ? "" : " ") + text;
    return id;
  }
  browser::Element& at(int id) { return snapshot_.elements[static_cast<std::size_t>(id)]; }
  Page page(std::string url = "http://site/", std::string title = "") {
    snapshot_.title = std::move(title);
    snapshot_.url = std::move(url);
    return Page(snapshot_);
  }

 private:
  browser::Snapshot snapshot_;
};

}  // namespace vouch::features::ground
