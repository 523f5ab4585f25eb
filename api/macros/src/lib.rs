//! What writes an object of the schema as JSON, made of the same text as the object itself.
//!
//! async-graphql makes an object's resolvers of an `impl` block or a struct. These two make the object's `Written`
//! (`api/src/graphql/written.rs`) of the same fields, so none is told twice. They stand beside async-graphql's own:
//!
//! ```text
//! #[written]
//! #[Object]                    #[derive(SimpleObject, Written)]     #[derive(Enum, Written, Clone, Copy)]
//! impl Meeting { … }           pub struct PageInfo { … }            pub enum MeetingChannel { … }
//! ```
//!
//! A field is left to the executor where it asks for the context or waits, and where anything is said of it that its
//! writer would have to know, as who may see it.

use proc_macro::TokenStream;
use proc_macro2::{TokenStream as Tokens, TokenTree};
use quote::quote;
use syn::spanned::Spanned as _;
use syn::{
    Attribute, Data, DeriveInput, Error, Expr, Fields, FnArg, ImplItem, ImplItemFn, ItemImpl, Lit,
    Meta, Result, ReturnType, Token, parse_macro_input,
};

/// Makes `Written` of an `#[Object]`; of a `#[ComplexObject]`, what the `Written` of its struct goes on with.
#[proc_macro_attribute]
pub fn written(_: TokenStream, item: TokenStream) -> TokenStream {
    let block = parse_macro_input!(item as ItemImpl);
    let made = of_resolvers(&block).unwrap_or_else(Error::into_compile_error);
    quote!(#block #made).into()
}

/// Makes `Written` of a `SimpleObject`, or of an `Enum`.
#[proc_macro_derive(Written)]
pub fn derive_written(item: TokenStream) -> TokenStream {
    let item = parse_macro_input!(item as DeriveInput);
    let made = match &item.data {
        Data::Enum(_) => Ok(of_codes(&item)),
        _ => of_fields(&item),
    };
    made.unwrap_or_else(Error::into_compile_error).into()
}

fn of_resolvers(block: &ItemImpl) -> Result<Tokens> {
    let is_of = |name| move |it: &&Attribute| is_named(it, name);
    let whole = block.attrs.iter().find(is_of("Object"));
    let beside = block.attrs.iter().find(is_of("ComplexObject"));
    if let Some(Meta::List(said)) = whole.or(beside).map(|it| &it.meta) {
        let why = "nothing can be said of an object that is written";
        return Err(Error::new(said.span(), why));
    }
    let mut arms = Vec::new();
    for item in &block.items {
        if let ImplItem::Fn(method) = item {
            arms.extend(arm(method)?);
        }
    }
    let (of, rest) = (&block.self_ty, unwritten());
    if beside.is_none() {
        return Ok(object(&quote!(#of), &arms, &rest));
    }
    Ok(quote! {
        impl #of {
            #[allow(clippy::ptr_arg)] // where all that is beside waits, nothing is put there
            pub(crate) fn write_beside(
                &self,
                field: &crate::graphql::written::Chosen,
                json: &mut ::std::vec::Vec<u8>,
            ) -> crate::graphql::written::Done {
                match field.name.as_str() {
                    #(#arms)*
                    _ => #rest,
                }
            }
        }
    })
}

fn of_fields(item: &DeriveInput) -> Result<Tokens> {
    let Data::Struct(data) = &item.data else {
        return Err(Error::new(item.span(), "a union is no object"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(Error::new(item.span(), "an object has named fields"));
    };
    let mut arms = Vec::new();
    for field in &fields.named {
        if let Some(ident) = &field.ident
            && is_plain(&field.attrs)?
        {
            let name = camel(&ident.to_string());
            arms.push(quote! {
                #name => crate::graphql::written::Written::write(&self.#ident, &field.of, json),
            });
        }
    }
    let said = words(&item.attrs)?;
    let said: Vec<&str> = said.iter().map(|(word, _)| word.as_str()).collect();
    let rest = match said[..] {
        [] => unwritten(),
        ["complex"] => quote!(self.write_beside(field, json)),
        _ => {
            let why = "nothing but `complex` can be said of an object that is written";
            return Err(Error::new(item.span(), why));
        }
    };
    let of = &item.ident;
    Ok(object(&quote!(#of), &arms, &rest))
}

fn of_codes(item: &DeriveInput) -> Tokens {
    let of = &item.ident;
    let body = quote!(crate::graphql::written::code(*self, json));
    written_by(&quote!(#of), &quote!(_), &body)
}

fn object(of: &Tokens, arms: &[Tokens], rest: &Tokens) -> Tokens {
    let body = quote! {
        selected.write_object::<Self>(json, |field, json| match field.name.as_str() {
            #(#arms)*
            _ => #rest,
        })
    };
    written_by(of, &quote!(selected), &body)
}

fn written_by(of: &Tokens, selected: &Tokens, body: &Tokens) -> Tokens {
    quote! {
        impl crate::graphql::written::Written for #of {
            fn write(
                &self,
                #selected: &crate::graphql::written::Selected,
                json: &mut ::std::vec::Vec<u8>,
            ) -> crate::graphql::written::Done {
                #body
            }
        }
    }
}

fn unwritten() -> Tokens {
    quote!(::std::result::Result::Err(
        crate::graphql::written::Unwritten
    ))
}

/// A resolver that needs nothing but its object, and how many rows are wanted.
fn arm(method: &ImplItemFn) -> Result<Option<Tokens>> {
    let (body, signature) = (&method.block, &method.sig);
    let ReturnType::Type(_, shown) = &signature.output else {
        return Ok(None);
    };
    if waits(quote!(#body)) || !is_plain(&method.attrs)? {
        return Ok(None);
    }
    let given: Vec<&FnArg> = signature.inputs.iter().skip(1).collect();
    let first = match given[..] {
        [] => None,
        [FnArg::Typed(argument)] => {
            let (name, of) = (&argument.pat, &argument.ty);
            let default = default_with(&argument.attrs)?;
            if quote!(#name).to_string() != "first" || default.is_none() {
                return Ok(None);
            }
            Some(quote!(let first: #of = field.first.unwrap_or_else(|| #default);))
        }
        _ => return Ok(None),
    };
    let name = camel(&signature.ident.to_string());
    Ok(Some(quote! {
        #name => {
            #first
            let shown = (|| -> #shown #body)();
            crate::graphql::written::Written::write(&shown, &field.of, json)
        }
    }))
}

/// Whether something in a body is awaited.
fn waits(body: Tokens) -> bool {
    body.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "await",
        TokenTree::Group(group) => waits(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

fn is_named(attribute: &Attribute, name: &str) -> bool {
    let last = attribute.path().segments.last();
    last.is_some_and(|segment| segment.ident == name)
}

/// What `#[graphql(…)]` says: each word, with what it is set to.
fn words(attributes: &[Attribute]) -> Result<Vec<(String, Option<Expr>)>> {
    let mut words = Vec::new();
    for attribute in attributes.iter().filter(|it| is_named(it, "graphql")) {
        attribute.parse_nested_meta(|meta| {
            let word = meta.path.require_ident()?.to_string();
            let value = meta.input.peek(Token![=]).then(|| meta.value()?.parse());
            words.push((word, value.transpose()?));
            Ok(())
        })?;
    }
    Ok(words)
}

/// Whether nothing is said of a field that would make a difference to what is written.
fn is_plain(field: &[Attribute]) -> Result<bool> {
    Ok(words(field)?.iter().all(|(word, _)| word == "owned"))
}

/// What an argument is where it is not given: `#[graphql(default_with = "…")]`.
fn default_with(argument: &[Attribute]) -> Result<Option<Expr>> {
    let said = words(argument)?;
    let mut set = said.iter().filter(|(word, _)| word == "default_with");
    let Some((_, Some(Expr::Lit(literal)))) = set.next() else {
        return Ok(None);
    };
    match &literal.lit {
        Lit::Str(text) => text.parse().map(Some),
        _ => Ok(None),
    }
}

/// A field's name in the schema: `firstMeetingOn` of `first_meeting_on`.
fn camel(name: &str) -> String {
    let mut parts = name.trim_start_matches("r#").split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |mut all, part| {
        let mut letters = part.chars();
        all.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        all.push_str(letters.as_str());
        all
    })
}
