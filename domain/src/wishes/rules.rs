//! What a wish may become, and what has to be said of it.

use rinnalla_entity::states::WishStatus;

/// The longest wish and the longest answer, in characters.
pub const TEXT_MAX_CHARS: usize = 500;

/// The longest wording for everybody, in characters.
pub const TOLD_MAX_CHARS: usize = 200;

/// How many wishes of a place may wait to be read before the form takes no more: our own choice, far above an honest box.
pub const MOST_UNREAD: i64 = 500;

/// How long ago the box may have been emptied, in days.
pub const BOX_DAYS: u64 = 366;

/// Whether a wish that stands so may come to stand so. It goes forward, over steps too; done and not possible are ends.
pub fn may_follow(from: WishStatus, to: WishStatus) -> bool {
    let step = |status| match status {
        WishStatus::Received => 0,
        WishStatus::Discussed => 1,
        WishStatus::Planned => 2,
        WishStatus::Done | WishStatus::NotPossible => 3,
    };
    from == to || step(from) < step(to)
}

/// Whether what was said is enough: whoever is told that something is not possible is told why.
pub fn needs_answer(status: WishStatus) -> bool {
    status == WishStatus::NotPossible
}

/// How a wish stands that was talked over at a house meeting: as was said there, and talked over at least. `is_answered`: there,
/// or before.
///
/// Errors: a code, where it would go back, or would not be possible without an answer.
pub fn after_talk(
    from: WishStatus,
    said: Option<WishStatus>,
    is_answered: bool,
) -> Result<WishStatus, &'static str> {
    let status = said.unwrap_or(match from {
        WishStatus::Received => WishStatus::Discussed,
        further => further,
    });
    if !may_follow(from, status) {
        return Err("WRONG_STATE");
    }
    match needs_answer(status) && !is_answered {
        true => Err("ANSWER_NEEDED"),
        false => Ok(status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use WishStatus::{Discussed, Done, NotPossible, Planned, Received};

    #[test]
    fn a_wish_goes_forward_alone() {
        let all = [Received, Discussed, Planned, Done, NotPossible];
        let forward = |from: WishStatus| all.map(|to| may_follow(from, to));
        assert_eq!(forward(Received), [true; 5]);
        assert_eq!(forward(Discussed), [false, true, true, true, true]);
        assert_eq!(forward(Planned), [false, false, true, true, true]);
        assert_eq!(forward(Done), [false, false, false, true, false]);
        assert_eq!(forward(NotPossible), [false, false, false, false, true]);
    }

    #[test]
    fn a_wish_that_was_talked_over_stands_at_least_so() {
        assert_eq!(after_talk(Received, None, false), Ok(Discussed));
        assert_eq!(after_talk(Planned, None, false), Ok(Planned));
        assert_eq!(
            after_talk(Planned, Some(Discussed), false),
            Err("WRONG_STATE")
        );
        assert_eq!(
            after_talk(Received, Some(NotPossible), false),
            Err("ANSWER_NEEDED")
        );
        assert_eq!(
            after_talk(Received, Some(NotPossible), true),
            Ok(NotPossible)
        );
    }
}
