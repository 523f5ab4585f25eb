use std::sync::Arc;

use async_graphql::{
    ComplexObject, Context, EmptyMutation, EmptySubscription, Enum, Guard, ID, Object, Request,
    Response, Result, Schema, SimpleObject, Value, Variables,
};
use serde_json::json;

use super::{Answer, Written, written};

#[derive(Enum, Written, Clone, Copy, PartialEq, Eq)]
enum Colour {
    DeepRed,
    Blue,
}

#[derive(SimpleObject, Written)]
#[graphql(complex)]
struct Leaf {
    turned_on: Option<i32>,
    share: f64,
    #[graphql(skip)]
    hidden: bool,
}

#[written]
#[ComplexObject]
impl Leaf {
    /// Whether it hides.
    async fn hides(&self) -> bool {
        self.hidden
    }
}

struct Tree {
    name: String,
    leaves: Vec<Arc<Leaf>>,
}

#[written]
#[Object]
impl Tree {
    async fn id(&self) -> ID {
        ID(self.name.clone())
    }

    async fn full_name(&self) -> &str {
        &self.name
    }

    async fn colours(&self) -> Vec<Colour> {
        vec![Colour::DeepRed, Colour::Blue]
    }

    async fn leaves(&self, #[graphql(default_with = "1")] first: i32) -> Result<Vec<&Leaf>> {
        let first = usize::try_from(first)?;
        Ok(self.leaves.iter().map(Arc::as_ref).take(first).collect())
    }

    async fn neighbour(&self) -> Result<Option<Box<Tree>>> {
        Ok((self.name != "näre").then(|| Box::new(tree("näre", 0))))
    }

    async fn waits(&self) -> bool {
        std::future::ready(true).await
    }

    #[graphql(guard = "Nobody")]
    async fn age(&self) -> i32 {
        80
    }
}

/// Lets nobody see.
struct Nobody;

#[async_graphql::async_trait::async_trait]
impl Guard for Nobody {
    async fn check(&self, _: &Context<'_>) -> Result<()> {
        Err("not yours to see".into())
    }
}

fn tree(name: &str, leaves: i32) -> Tree {
    let leaf = |n| Leaf {
        turned_on: (n > 0).then_some(n),
        share: f64::from(n) / 4.0,
        hidden: n == 0,
    };
    Tree {
        name: name.to_owned(),
        leaves: (0..leaves).map(leaf).map(Arc::new).collect(),
    }
}

struct Root;

#[Object]
impl Root {
    async fn tree(&self) -> Result<Answer<Option<Tree>>> {
        Ok(Answer(Some(tree("kuusi \"\\\u{7}", 3))))
    }
}

async fn ask(query: &str, variables: serde_json::Value) -> Response {
    let schema = Schema::new(Root, EmptyMutation, EmptySubscription);
    let request = Request::new(query).variables(Variables::from_json(variables));
    schema.execute(request).await
}

/// Whether the tree is JSON already.
fn is_written(response: &Response) -> bool {
    let Value::Object(data) = &response.data else {
        return false;
    };
    matches!(&data["tree"], Value::Object(tree) if tree.contains_key("$serde_json::private::RawValue"))
}

/// What comes of a question, written and by the executor.
async fn both(selection: &str, fragments: &str, variables: serde_json::Value) -> (String, String) {
    let head = match variables.as_object().unwrap().is_empty() {
        true => "query",
        false => "query($some: Int, $not: Boolean! = false)",
    };
    let alone = format!("{head} {{ tree {selection} }} {fragments}");
    let alone = ask(&alone, variables.clone()).await;
    assert!(is_written(&alone), "{selection}: {alone:?}");
    // Under a key that comes twice.
    let again = format!("fragment again on Root {{ tree {selection} }}");
    let twice = format!("{head} {{ tree {selection} ...again }} {fragments} {again}");
    let twice = ask(&twice, variables).await;
    assert!(!is_written(&twice), "{selection}: {twice:?}");
    assert!(twice.errors.is_empty(), "{selection}: {twice:?}");
    let text = |response: &Response| serde_json::to_string(&response.data).unwrap();
    (text(&alone), text(&twice))
}

#[tokio::test]
async fn what_is_written_is_what_the_executor_gives() {
    for (selection, fragments) in [
        (
            "{ id fullName colours leaves(first: 3) { turnedOn share hides } }",
            "",
        ),
        (
            "{ __typename leaves { turnedOn } leaves { share __typename } }",
            "",
        ),
        (
            "{ one: fullName two: fullName neighbour { neighbour { id } own: fullName leaves { hides } } }",
            "",
        ),
        (
            "{ ...a ... { b: id } ... on Tree { neighbour { id } } }",
            "fragment a on Tree { neighbour { fullName ...b } leaves(first: 2) { share } } fragment b on Tree { colours }",
        ),
        (
            "{ id @skip(if: true) fullName @include(if: true) neighbour { id @include(if: false) colours } }",
            "",
        ),
    ] {
        let (written, resolved) = both(selection, fragments, json!({})).await;
        assert_eq!(written, resolved, "{selection}");
    }
}

#[tokio::test]
async fn how_many_rows_are_shown_is_what_was_said() {
    for (variables, rows) in [(json!({ "some": 2 }), 2), (json!({ "some": 0 }), 0)] {
        let (written, resolved) = both(
            "{ leaves(first: $some) { share hides @skip(if: $not) } }",
            "",
            variables,
        )
        .await;
        assert_eq!(written, resolved);
        assert_eq!(written.matches("share").count(), rows, "{written}");
    }
}

#[tokio::test]
async fn what_cannot_be_written_is_resolved() {
    for (query, data) in [
        (
            "{ tree { waits id } }",
            json!({ "tree": { "waits": true, "id": "kuusi \"\\\u{7}" } }),
        ),
        ("{ tree { id @skip(if: true) } }", json!({ "tree": null })),
        (
            "query($none: Int) { tree { leaves(first: $none) { share } } }",
            json!({ "tree": null }), // and what the executor says of it
        ),
    ] {
        let response = ask(query, json!({})).await;
        assert!(!is_written(&response), "{query}");
        assert_eq!(
            serde_json::to_value(&response.data).unwrap(),
            data,
            "{query}: {response:?}"
        );
    }
}

#[tokio::test]
async fn who_may_see_a_field_is_asked() {
    let response = ask("{ tree { id age } }", json!({})).await;
    assert!(!is_written(&response));
    assert_eq!(response.errors[0].message, "not yours to see");
    let told = serde_json::to_string(&response.data).unwrap();
    assert!(!told.contains("80"), "{told}");
}

#[tokio::test]
async fn a_field_that_fails_is_an_error_at_its_place() {
    let response = ask("{ tree { id leaves(first: -1) { share } } }", json!({})).await;
    assert!(!is_written(&response));
    assert_eq!(response.errors.len(), 1, "{response:?}");
    let error = serde_json::to_value(&response.errors[0]).unwrap();
    assert_eq!(error["path"], json!(["tree", "leaves"]));
}
