//! An answer that is written is the one that the executor would give.

use async_graphql::Value;

use super::house::House;
use super::roles::{everybody, questions};
use super::sdl::Sdl;
use crate::on_both;

/// What the executor resolves when everything is selected, since something in it is read as it is resolved. So is
/// anything by its id, where what was selected goes by what it is.
const RESOLVED: [&str; 3] = ["ownParticipation", "participation", "participationFigures"];

/// Whether a root field's answer is JSON already.
fn is_written(data: &Value) -> bool {
    let Value::Object(fields) = data else {
        return false;
    };
    matches!(&fields["it"], Value::Object(it) if it.keys().any(|key| key.contains("RawValue")))
}

on_both! {
    async fn what_is_written_is_what_the_executor_gives(app: App) {
        let house = House::new(&app, "Esimerkki").await;
        let sdl = Sdl::read().await;
        let everybody = everybody(&app, &house).await;
        let mut written = 0;
        for (name, question) in questions(&sdl, &house) {
            // The same key once more: the executor puts the two together.
            let field = question.strip_prefix("{ ").and_then(|it| it.strip_suffix(" }")).unwrap();
            let once_more = match field.find(" { ") {
                Some(below) => format!("{} {{ __typename }}", &field[..below]),
                None => field.to_owned(),
            };
            let resolved = format!("{{ {field} {once_more} }}");
            for (who, actor) in &everybody {
                let token = actor.as_ref().map(|actor| actor.token.as_str());
                let Some(alone) = app.executed(token, &question).await else { continue };
                let both = app.executed(token, &resolved).await.unwrap();
                assert!(!is_written(&both.data), "{name} as {who}: the executor was not asked");
                let is_settled = alone.errors.is_empty() && !RESOLVED.contains(&name.as_str());
                if is_settled {
                    let by_the_executor = name.starts_with("node ");
                    assert_eq!(is_written(&alone.data), !by_the_executor, "{name} as {who}");
                }
                if is_written(&alone.data) {
                    let told = |data| serde_json::to_string(data).unwrap();
                    assert_eq!(told(&alone.data), told(&both.data), "{name} as {who}");
                    written += 1;
                }
            }
        }
        assert!(written > 500, "{written} alone were written");
    }
}
