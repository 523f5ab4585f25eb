//! The schema as it is served, to be walked.

use std::collections::BTreeMap;

use rinnalla_domain::ids::TYPE_BYTES;
use serde_json::Value;

const INTROSPECTION: &str = "{ __schema { types { kind name possibleTypes { name }
    fields { name type { ...t } args { name defaultValue type { ...t } } } inputFields { name defaultValue type { ...t } } enumValues { name } } } }
    fragment t on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

/// How many levels below a root field are asked for.
const DEPTH: usize = 3;

pub struct Sdl(BTreeMap<String, Value>);

impl Sdl {
    pub async fn read() -> Self {
        let schema = rinnalla_api::graphql::builder().finish();
        let answer = serde_json::to_value(schema.execute(INTROSPECTION).await).unwrap();
        let types = answer["data"]["__schema"]["types"].as_array().unwrap();
        let named = |of: &Value| (text(&of["name"]).to_owned(), of.clone());
        Self(types.iter().map(named).collect())
    }

    /// The fields of a type.
    pub fn fields(&self, name: &str) -> &[Value] {
        array(&self.0[name]["fields"])
    }

    /// The fields of an input type; none where it is not one.
    pub fn inputs(&self, name: &str) -> &[Value] {
        array(&self.0[name]["inputFields"])
    }

    /// The types that an interface stands for.
    pub fn possible(&self, name: &str) -> Vec<&str> {
        let possible = array(&self.0[name]["possibleTypes"]).iter();
        possible.map(|one| text(&one["name"])).collect()
    }

    /// Every input type.
    pub fn input_types(&self) -> Vec<&str> {
        let inputs = self.0.iter().filter(|(_, of)| of["kind"] == "INPUT_OBJECT");
        inputs.map(|(name, _)| name.as_str()).collect()
    }

    /// The values of an enum.
    pub fn values(&self, name: &str) -> Vec<&str> {
        array(&self.0[name]["enumValues"])
            .iter()
            .map(|value| text(&value["name"]))
            .collect()
    }

    pub fn is_enum(&self, name: &str) -> bool {
        self.0[name]["kind"] == "ENUM"
    }

    /// All that can be asked of a type, some levels deep; fields that need an argument are root fields alone.
    pub fn selection(&self, of: &str) -> String {
        self.levels(of, DEPTH)
    }

    fn levels(&self, of: &str, depth: usize) -> String {
        let of = &self.0[of];
        let mut fields = vec!["__typename".to_owned()];
        for one in array(&of["possibleTypes"]) {
            let name = text(&one["name"]);
            fields.push(format!("... on {name} {}", self.levels(name, depth)));
        }
        for field in array(&of["fields"]) {
            let needs = array(&field["args"]).iter().any(is_demanded);
            assert!(!needs, "{} needs an argument", field["name"]);
            let (name, inner) = (text(&field["name"]), named(&field["type"]));
            match text(&self.0[inner]["kind"]) {
                "SCALAR" | "ENUM" => fields.push(name.to_owned()),
                _ if depth > 0 => fields.push(format!("{name} {}", self.levels(inner, depth - 1))),
                _ => {}
            }
        }
        format!("{{ {} }}", fields.join(" "))
    }
}

/// The name of a type without its lists and exclamation marks.
pub fn named(of: &Value) -> &str {
    match of["ofType"].is_null() {
        true => text(&of["name"]),
        false => named(&of["ofType"]),
    }
}

/// Whether an argument or a field of an input must be told: it may not be null, and nothing is taken for it.
pub fn is_demanded(of: &Value) -> bool {
    is_needed(&of["type"]) && of["defaultValue"].is_null()
}

pub fn is_needed(of: &Value) -> bool {
    of["kind"] == "NON_NULL"
}

/// Whether it is a list, needed or not.
pub fn is_list(of: &Value) -> bool {
    of["kind"] == "LIST" || (is_needed(of) && of["ofType"]["kind"] == "LIST")
}

/// The type byte of ids of a GraphQL type.
pub fn type_byte(of: &str) -> u8 {
    let id = match of {
        "Notice" => "OutboxMessageId".to_owned(),
        _ => format!("{of}Id"),
    };
    let known = TYPE_BYTES.iter().find(|(_, name)| *name == id);
    known.unwrap_or_else(|| panic!("no ids of {of}")).0
}

pub fn text(of: &Value) -> &str {
    of.as_str().unwrap()
}

pub fn array(of: &Value) -> &[Value] {
    of.as_array().map(Vec::as_slice).unwrap_or_default()
}
