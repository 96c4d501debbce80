/// @file
/// A filter of the list of calls, as a condition on the table `calls`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "store/database/database.h"
#include "store/list/call_list_place.h"
#include "tonecue/core/result.h"
#include "tonecue/store/call_entry.h"
#include "tonecue/store/scope.h"

namespace tonecue {

/// Words to look for in notes; more is no search that a person types.
inline constexpr std::size_t kLongestSearch = 200;

/// Collects conditions and the values in them, which are bound, never written into the text.
///
/// What the asker does not see of an agent's side (Scope, docs/review.md) is out of every one of
/// them, so that neither a count nor an order tells of it.
class CallFilterSql {
 public:
  /// @param conduct_cutoff_unix_ms  Of calls written later, the agent's side is the agent's alone
  /// until they have seen it.
  /// @return `invalid_argument`, naming the field.
  static Result<CallFilterSql> create(const Scope& scope, const CallFilter& filter,
                                      std::int64_t conduct_cutoff_unix_ms);

  /// Calls in scope, nothing else.
  static CallFilterSql of_scope(const Scope& scope, std::int64_t conduct_cutoff_unix_ms);

  void require_id(std::int64_t id);
  void require_source(const std::string& source);
  void require_after(const CallListPlace& place);

  /// "TERM AND TERM ..."
  std::string where() const;

  /// The columns of an ORDER BY.
  std::string order_by(CallOrder order);

  /// An expression: what the asker may see of the need.
  std::string visible_need();

  /// An expression: 1 where the agent's side is left out.
  const std::string& withheld();

  /// An expression: a value for what else the statement asks.
  std::string bound(std::string value) { return place_of(std::move(value)); }

  /// Into a statement made of all the texts above that were asked for.
  void bind(Statement& statement) const;

 private:
  using Value = std::variant<std::int64_t, double, std::string>;

  CallFilterSql(const Scope& scope, std::int64_t conduct_cutoff_unix_ms);

  std::string place_of(Value value);
  void require(std::string term) { terms_.push_back(std::move(term)); }
  void require_any_of(std::string_view column, const std::vector<std::string>& values);
  void require_scope(const Scope& scope);
  void require_cue(const CallFilter& filter);
  void require_note(std::string_view match);

  std::string asker_;
  std::int64_t conduct_cutoff_unix_ms_;
  std::string withheld_{};  // Empty: not asked for, so that its values have no place.
  std::vector<Value> values_{};
  std::vector<std::string> terms_{};
};

}  // namespace tonecue
