// A site of three pages on a free port of 127.0.0.1, served by the thread of the io_context.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <string>

namespace vouch::runs {

class TestSite {
 public:
  explicit TestSite(boost::asio::io_context& io)
      : acceptor_(io, {boost::asio::ip::address_v4::loopback(), 0}) {
    boost::asio::co_spawn(io, accept(), boost::asio::detached);
  }
  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
  }
  int requests() const { return requests_; }

 private:
  using Socket = boost::asio::ip::tcp::socket;

  boost::asio::awaitable<void> accept() {
    while (true) {
      boost::system::error_code error;
      auto socket = co_await acceptor_.async_accept(
          boost::asio::redirect_error(boost::asio::use_awaitable, error));
      if (error) co_return;
      boost::asio::co_spawn(acceptor_.get_executor(), serve(std::move(socket)),
                            boost::asio::detached);
    }
  }

  boost::asio::awaitable<void> serve(Socket socket) {
    boost::system::error_code error;
    std::string head;
    co_await boost::asio::async_read_until(
        socket, boost::asio::dynamic_buffer(head), "\r\n\r\n",
        boost::asio::redirect_error(boost::asio::use_awaitable, error));
    if (error) co_return;
    ++requests_;
    const std::string body = R"html(<!doctype html><html lang="en"><title>Sign in</title>
<h1>Sign in</h1>
<form onsubmit="document.querySelector('h1').textContent='Welcome, '+this.user.value;return false">
<label>User name <input name="user"></label><button>Sign in</button></form>
<ul><li>One <button>Delete</button></li><li>Two <button>Delete</button></li></ul></html>)html";
    const std::string answer =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"
        "Content-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body;
    co_await boost::asio::async_write(
        socket, boost::asio::buffer(answer),
        boost::asio::redirect_error(boost::asio::use_awaitable, error));
  }

  boost::asio::ip::tcp::acceptor acceptor_;
  int requests_ = 0;
};

}  // namespace vouch::runs
