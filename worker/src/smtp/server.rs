//! Where the mail server is and how it is to be trusted, as its address in the settings says.

use std::path::Path;
use std::sync::Arc;

use lettre::transport::smtp::authentication::Credentials;
use percent_encoding::percent_decode_str;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio_rustls::TlsConnector;
use url::Url;

use crate::delivery::SettingsError;
use crate::mail::tokens::is_this_machine;

pub(super) struct Server {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) security: Security,
    pub(super) credentials: Option<Credentials>,
}

pub(super) enum Security {
    /// None: to this machine only.
    Plain,
    /// TLS after STARTTLS, or nothing.
    StartTls(Tls),
    /// TLS from the first byte.
    Tls(Tls),
}

pub(super) struct Tls {
    pub(super) connector: TlsConnector,
    pub(super) name: ServerName<'static>,
}

impl Server {
    pub(super) fn parse(url: &str, ca_file: Option<&Path>) -> Result<Self, SettingsError> {
        let url = Url::parse(url).map_err(|_| SettingsError::Address)?;
        let is_required = match url.query() {
            None | Some("") => false,
            Some("tls=required") => true,
            Some(_) => return Err(SettingsError::Query),
        };
        if url.fragment().is_some() || !matches!(url.path(), "" | "/") {
            return Err(SettingsError::Address);
        }
        let host = url
            .host_str()
            .filter(|host| !host.is_empty())
            .ok_or(SettingsError::Address)?;
        let host = host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .to_owned();
        let (security, port) = match (url.scheme(), is_required) {
            ("smtp+starttls", _) | ("smtp", true) => {
                (Security::StartTls(tls(&host, ca_file)?), 587)
            }
            ("smtps", _) => (Security::Tls(tls(&host, ca_file)?), 465),
            ("smtp", false) if is_this_machine(&host) => (Security::Plain, 25),
            ("smtp", false) => return Err(SettingsError::Clear),
            _ => return Err(SettingsError::Scheme),
        };
        let port = url.port().unwrap_or(port);
        Ok(Self {
            host,
            port,
            security,
            credentials: credentials(&url)?,
        })
    }
}

fn credentials(url: &Url) -> Result<Option<Credentials>, SettingsError> {
    let read = |text: &str| {
        let text = percent_decode_str(text)
            .decode_utf8()
            .map_err(|_| SettingsError::Address)?;
        Ok(text.into_owned())
    };
    match (url.username(), url.password().unwrap_or_default()) {
        ("", "") => Ok(None),
        ("", _) | (_, "") => Err(SettingsError::HalfSignIn),
        (user, password) => Ok(Some(Credentials::new(read(user)?, read(password)?))),
    }
}

fn tls(host: &str, ca_file: Option<&Path>) -> Result<Tls, SettingsError> {
    let name = ServerName::try_from(host.to_owned()).map_err(|_| SettingsError::Address)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| SettingsError::Tls)?
        .with_root_certificates(roots(ca_file)?)
        .with_no_client_auth();
    Ok(Tls {
        connector: TlsConnector::from(Arc::new(config)),
        name,
    })
}

/// The certificates of the file alone, where one is given: who names one means that one.
fn roots(ca_file: Option<&Path>) -> Result<RootCertStore, SettingsError> {
    let mut roots = RootCertStore::empty();
    let Some(file) = ca_file else {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        return if roots.is_empty() {
            Err(SettingsError::NoRoots)
        } else {
            Ok(roots)
        };
    };
    for certificate in CertificateDer::pem_file_iter(file).map_err(|_| SettingsError::CaFile)? {
        let certificate = certificate.map_err(|_| SettingsError::CaFile)?;
        roots.add(certificate).map_err(|_| SettingsError::CaFile)?;
    }
    if roots.is_empty() {
        Err(SettingsError::CaFile)
    } else {
        Ok(roots)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(url: &str) -> SettingsError {
        Server::parse(url, None).err().unwrap()
    }

    #[test]
    fn mail_leaves_in_the_clear_for_this_machine_only() {
        for url in [
            "smtp://localhost",
            "smtp://127.0.0.1:2525",
            "smtp://u:p@[::1]:2525",
        ] {
            let server = Server::parse(url, None).unwrap();
            assert!(matches!(server.security, Security::Plain), "{url}");
        }
        for url in [
            "smtp://mail.example.org",
            "smtp://user:password@mail.example.org:587",
            "smtp://localhost.example.org",
            "smtp://10.0.0.5",
            "smtp://[fe80::1]",
        ] {
            assert!(matches!(refusal(url), SettingsError::Clear), "{url}");
        }
    }

    #[test]
    fn a_servers_address_says_how_tls_begins() {
        let read = |url| Server::parse(url, None).unwrap();
        for url in [
            "smtp+starttls://mail.example.org",
            "smtp://mail.example.org?tls=required",
        ] {
            let server = read(url);
            assert!(matches!(server.security, Security::StartTls(_)), "{url}");
            assert_eq!(
                (server.host.as_str(), server.port),
                ("mail.example.org", 587)
            );
        }
        let server = read("smtps://user%40example.org:p%40ss%2Fw%C3%B6rd@[2001:db8::1]");
        assert!(matches!(server.security, Security::Tls(_)));
        assert_eq!((server.host.as_str(), server.port), ("2001:db8::1", 465));
        let expected = Credentials::new("user@example.org".to_owned(), "p@ss/wörd".to_owned());
        assert_eq!(server.credentials, Some(expected));
    }

    #[test]
    fn settings_that_cannot_be_followed_say_why_and_repeat_no_password() {
        for (url, word) in [
            ("mail.example.org", "not an address"),
            (
                "smtp+starttls://user:se#cret@mail.example.org",
                "not an address",
            ),
            ("smtp+starttls://", "not an address"),
            (
                "smtps://user:secret@mail.example.org/path",
                "not an address",
            ),
            ("https://user:secret@mail.example.org", "must begin with"),
            (
                "smtp://mail.example.org?tls=opportunistic",
                "never merely tried",
            ),
            ("smtp://user:secret@mail.example.org", "in the clear"),
            ("smtps://user@mail.example.org", "without a password"),
            ("smtps://:secret@mail.example.org", "without a user"),
        ] {
            let said = format!("{0} {0:?}", refusal(url));
            assert!(said.contains(word), "{url}: {said}");
            assert!(!said.contains("cret"), "{url}: {said}");
        }
        let missing = Server::parse("smtps://a.example.org", Some(Path::new("/no/such/file")));
        assert!(matches!(missing.err().unwrap(), SettingsError::CaFile));
    }
}
