//! Questions that are too large, and how little it costs to say so.

use std::time::{Duration, Instant};

use rinnalla_api::{limits::Limits, server::Patience, socket::Manners, transport::Policy};
use serde_json::json;

use crate::support::{app, app_with};

const SDL: &str = "
type Query { me: Person a: Int things(first: Int! = 20): ThingConnection! short: [Person!]! }
type Person {
  name: String
  relationships(first: Int = 20): RelationshipConnection!
  friend: Person
}
type RelationshipConnection { edges: [RelationshipEdge!]! nodes: [Relationship!]! }
type RelationshipEdge { node: Relationship! cursor: String! }
type Relationship { id: ID reviews(first: Int): ReviewConnection! meetings(first: Int): MeetingConnection! }
type ReviewConnection { edges: [ReviewEdge!]! }
type ReviewEdge { node: Review! }
type Review { id: ID }
type MeetingConnection { edges: [MeetingEdge!]! }
type MeetingEdge { node: Meeting! }
type Meeting { id: ID }
type ThingConnection { nodes: [Person!]! }
";

fn limits() -> Limits {
    Limits::for_schema(SDL, false).unwrap()
}

/// Ten spreads on each of seven levels.
fn bomb(leaf: &str) -> String {
    let mut query = "{...a}".to_owned();
    for level in b'a'..b'g' {
        let (this, next) = (level as char, (level + 1) as char);
        let spreads = format!("...{next} ").repeat(10);
        query.push_str(&format!("fragment {this} on Query{{{spreads}}}"));
    }
    query.push_str(&format!("fragment g on Query{{{}}}", leaf.repeat(10)));
    query
}

#[test]
fn a_bomb_of_fragments_costs_nothing() {
    let limits = limits();
    let ending = ["a ", "...unknown ", "...on Query{a}", "x:a "];
    for query in ending.map(bomb) {
        assert!(query.len() < 800, "{}", query.len());
        let begun = Instant::now();
        let refused = limits.check(&query);
        let took = begun.elapsed();
        let error = refused.unwrap_err().into_error();
        assert!(took < Duration::from_millis(5), "{took:?}");
        let code = error.extensions.unwrap().get("code").cloned();
        assert_eq!(code, Some("LIMIT_EXCEEDED".into()));
    }
}

#[tokio::test]
async fn a_bomb_costs_nothing_over_http_either() {
    let app = app().await;
    app.ask("{ hello }").await;
    let begun = Instant::now();
    let reply = app.ask(&bomb("hello ")).await;
    let took = begun.elapsed();
    assert_eq!(
        (reply.status, reply.limit().as_str()),
        (400, "expandedFields")
    );
    assert!(took < Duration::from_millis(50), "{took:?}");
}

#[tokio::test]
async fn every_limit_is_named_and_the_last_that_fits_is_let_through() {
    let app = app().await;
    let aliases = |n: usize| {
        format!(
            "{{ {} }}",
            (0..n)
                .map(|n| format!("a{n}: thing {{ id }} "))
                .take(10)
                .chain((10..n).map(|n| format!("b{n}: hello ")))
                .collect::<String>()
        )
    };
    let spread_aliases = |n: usize| {
        format!(
            "{{ thing {{ {} }} }}",
            (0..n).map(|n| format!("a{n}: id ")).collect::<String>()
        )
    };
    let roots = |n: usize| {
        format!(
            "{{ ...f }} fragment f on Query {{ {} }}",
            "hello ".repeat(n)
        )
    };
    let depth = |n: usize| {
        format!(
            "{{ thing {{ ...f }} }} fragment f on Thing {{ {} id {} }}",
            "inner {".repeat(n - 2),
            "}".repeat(n - 2)
        )
    };
    let directives = |n: usize| format!("{{ thing {{ {} }} }}", "id @skip(if: false) ".repeat(n));
    let fragments = |n: usize| {
        let spreads: String = (0..n).map(|n| format!("...f{n} ")).collect();
        let all: String = (0..n)
            .map(|n| format!("fragment f{n} on Thing {{ id }} "))
            .collect();
        format!("{{ thing {{ {spreads} }} }} {all}")
    };
    let expanded = |n: usize| {
        let (many, rest) = (n / 100, n % 100);
        let spreads = "...f ".repeat(many);
        let ids = |n| "id ".repeat(n);
        format!(
            "{{ thing {{ {spreads} {} }} }} fragment f on Thing {{ {} }}",
            ids(rest),
            ids(99)
        )
    };
    let tokens = |n: usize| format!("{{ thing {{ {} }} }}", "id ".repeat(n - 5));
    let bytes = |n: usize| format!("{{ hello #{}\n}}", "x".repeat(n - 11));
    let nesting = |n: usize| format!("{{ list(of: {}{}) }}", "[".repeat(n - 2), "]".repeat(n - 2));
    let cases: [(&str, String, Option<String>); 10] = [
        ("aliases", aliases(31), None),
        ("aliases", spread_aliases(31), Some(spread_aliases(30))),
        ("rootFields", roots(21), Some(roots(20))),
        ("depth", depth(13), Some(depth(12))),
        ("directives", directives(21), Some(directives(20))),
        ("fragments", fragments(51), Some(fragments(50))),
        ("expandedFields", expanded(2_000), Some(expanded(1_999))),
        ("tokens", tokens(2_001), Some(tokens(2_000))),
        ("queryBytes", bytes(16 * 1024 + 1), Some(bytes(16 * 1024))),
        ("nesting", nesting(51), None),
    ];
    for (limit, over, within) in cases {
        let reply = app.ask(&over).await;
        assert_eq!(
            (reply.status, reply.code().as_str()),
            (400, "LIMIT_EXCEEDED"),
            "{limit}"
        );
        assert_eq!(reply.limit(), limit, "{}", reply.text);
        if let Some(within) = within {
            let reply = app.ask(&within).await;
            assert_eq!(reply.status, 200, "{limit}: {}", reply.text);
        }
    }
}

#[test]
fn limits_hold_for_fragments_and_operations_that_are_not_used() {
    let limits = limits();
    let refused = |query: &str| limits.check(query).is_err();
    assert!(refused(&format!("{{ a }} {}", &bomb("a ")[6..])));
    let many: String = (0..21).map(|n| format!("query q{n} {{ a }} ")).collect();
    assert!(refused(&many));
    for cycle in [
        "{ ...f } fragment f on Query { ...f }",
        "{ a } fragment f on Query { ...g } fragment g on Query { a ...f }",
    ] {
        let error = limits.check(cycle).unwrap_err().into_error();
        assert_eq!(error.message, "a fragment must not contain itself");
    }
}

#[test]
fn lists_are_multiplied_and_a_professionals_page_passes() {
    let limits = limits();
    let cost = |query: &str, variables: serde_json::Value| {
        let checked = limits
            .check(query)
            .map_err(|fault| fault.into_error().message)?;
        let chosen = checked
            .choose(None)
            .map_err(|fault| fault.into_error().message)?;
        let variables = async_graphql::Variables::from_json(variables);
        limits
            .check_cost(chosen, &variables)
            .map(drop)
            .map_err(|fault| fault.into_error().message)
    };
    let fields = (0..10).map(|n| format!("f{n} ")).collect::<String>();
    let page = |first: &str| {
        format!(
            "query($n: Int, $d: Int = 100) {{ me {{ relationships(first: {first}) {{ edges {{ cursor node {{ {fields}
               reviews(first: 3) {{ edges {{ node {{ {fields} }} }} }}
               meetings(first: 5) {{ edges {{ node {{ {fields} }} }} }} }} }} }} }} }}"
        )
    };
    assert_eq!(cost(&page("100"), json!({})), Ok(()));
    assert_eq!(cost(&page("$n"), json!({ "n": 100 })), Ok(()));
    for refused in [
        cost(&page("1000"), json!({})),
        cost(&page("$n"), json!({ "n": 1000 })),
    ] {
        assert_eq!(
            refused.unwrap_err(),
            "an estimated 111002 values, and at most 20000 are answered"
        );
    }
    assert!(cost(&page("$d"), json!({ "d": 1000 })).is_err());
    assert_eq!(cost(&page("$d"), json!({})), Ok(()));
    let endless = "{ me { relationships(first: 9223372036854775807) { nodes { id reviews(first: 9223372036854775807) { edges { node { id } } } } } } }";
    assert!(
        cost(endless, json!({}))
            .unwrap_err()
            .contains(&u64::MAX.to_string())
    );
    // 20 things by default, each with 20 relationships and those with 20 reviews of 4 values.
    let nested =
        "{ things { nodes { relationships { nodes { reviews { edges { node { id } } } } } } } }";
    assert!(cost(nested, json!({})).is_err());
    // Short lists count as five.
    let short = format!(
        "{{ short {{ relationships(first: 100) {{ nodes {{ {} }} }} }} }}",
        "id ".repeat(41)
    );
    assert!(cost(&short, json!({})).is_err());
    let fragment = "{ me { relationships(first: 100) { nodes { ...f ...f ...f ...f ...f } } } }
                    fragment f on Relationship { reviews(first: 10) { edges { node { id } } } }";
    assert_eq!(cost(fragment, json!({})), Ok(()));
    assert!(cost(&fragment.replace("10)", "20)"), json!({})).is_err());
}

#[tokio::test]
async fn variables_are_measured_anew_for_a_known_document() {
    let app = app().await;
    let query =
        "query($n: Int!) { things(first: $n) { nodes { id parts(first: $n) { id name } } } }";
    for _ in 0..2 {
        assert_eq!(
            app.ask_with(query, json!({ "n": 5 }), &[]).await.status,
            200
        );
        let reply = app.ask_with(query, json!({ "n": 100 }), &[]).await;
        assert_eq!((reply.status, reply.code().as_str()), (400, "TOO_COMPLEX"));
        assert_eq!(reply.limit(), "complexity");
    }
}

#[tokio::test]
async fn the_usual_introspection_passes_where_it_is_allowed() {
    let policy = Policy {
        introspection: true,
        ..Policy::default()
    };
    let app = app_with(policy, Manners::default(), Patience::default()).await;
    let of_type = format!("{} name {}", "kind ofType {".repeat(9), "}".repeat(9));
    let query =
        format!("{{ __schema {{ types {{ fields {{ args {{ type {{ {of_type} }} }} }} }} }} }}");
    let reply = app.ask(&query).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
}

/// What passes the limits must be cheap for the executor as well.
#[tokio::test]
async fn the_worst_that_passes_is_answered_soon() {
    let app = app().await;
    let ids = "id ".repeat(99);
    let overlapping = format!(
        "{{ thing {{ {} }} }} fragment f on Thing {{ {ids} }}",
        "...f ".repeat(19)
    );
    let nested: String = (0..49)
        .map(|n| format!("fragment f{n} on Thing {{ id ...f{} }} ", n + 1))
        .collect();
    let chain = format!("{{ thing {{ ...f0 }} }} {nested} fragment f49 on Thing {{ id }}");
    let inline = format!(
        "{{ thing {{ {} id {} }} }}",
        "... on Thing {".repeat(28),
        "}".repeat(28)
    );
    let unused: String = (0..47)
        .map(|n| format!("fragment u{n} on Thing {{ ...g }} "))
        .collect();
    let unused = format!(
        "{{ hello }} {unused} fragment g on Thing {{ {} }} fragment h on Thing {{ {} }}",
        "...h ".repeat(19),
        "id ".repeat(100)
    );
    let copies = format!("query($v: [Int!]) {{ {} }}", "list(of: $v) ".repeat(20));
    let big = json!({ "v": vec![1; 9_000] });
    for (name, query, variables) in [
        ("overlapping", overlapping, json!({})),
        ("chain", chain, json!({})),
        ("inline", inline, json!({})),
        ("copies", copies, big),
        ("unused", unused, json!({})),
    ] {
        let begun = Instant::now();
        let reply = app.ask_with(&query, variables, &[]).await;
        let took = begun.elapsed();
        eprintln!("{name}: {} in {took:?}: {:.120}", reply.status, reply.text);
        assert!(took < Duration::from_secs(1), "{name}: {took:?}");
    }
}
