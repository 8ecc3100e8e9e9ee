#include "features/explore/visitor.h"

namespace vouch::features::explore {

using boost::asio::awaitable;

awaitable<Result<Visitor::Visit>> Visitor::visit(std::string path) {
  if (!session_) {
    VOUCH_CO_TRY(session_, co_await host_.open(options_));
  }
  Result<Visit> visit = co_await visit_in_session(std::move(path));
  if (!visit && browser::is_of_page(visit.error())) session_.reset();
  if (!visit && visit.error().code == ErrorCode::kTimeout) ++hanging_;
  co_return visit;
}

awaitable<Result<Visitor::Visit>> Visitor::visit_in_session(std::string path) {
  const browser::Action go{browser::Action::Kind::kGoto, {}, std::move(path)};
  Visit visit;
  VOUCH_CO_TRY(visit.effect, co_await session_->perform(go));
  VOUCH_CO_TRY(visit.snapshot, co_await session_->snapshot());
  co_return visit;
}

}  // namespace vouch::features::explore
