//! What a wish may become, and what has to be said of it.

use rinnalla_entity::states::WishStatus;

/// The longest wish and the longest answer, in characters.
pub const TEXT_MAX_CHARS: usize = 500;

/// The longest wording for everybody, in characters.
pub const TOLD_MAX_CHARS: usize = 200;

/// The areas of osallisuus: in one's own life, in processes of influencing, in the common good (handbook of THL).
pub const AREAS: std::ops::RangeInclusive<i32> = 1..=3;

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
}
