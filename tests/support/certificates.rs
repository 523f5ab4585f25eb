//! An authority of the test's own and a server's certificate for `localhost`, made by openssl.

use std::path::PathBuf;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

use super::machine::{Folder, has, left_out, run};

pub struct Certificates {
    folder: Folder,
}

impl Certificates {
    /// `None`, and a line that says so, where there is no openssl.
    pub fn make() -> Option<Self> {
        if !has("openssl") {
            left_out("openssl is not installed");
            return None;
        }
        let made = Self {
            folder: Folder::new("certificates"),
        };
        let [ca, ca_key, request, extensions] = ["ca.pem", "ca.key", "server.csr", "server.ext"]
            .map(|name| made.path(name).display().to_string());
        let [certificate, key] = [made.certificate(), made.key()].map(|p| p.display().to_string());
        std::fs::write(&extensions, "subjectAltName=DNS:localhost").unwrap();
        let new_key = [
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
        ];
        let authority = [
            "-keyout",
            &ca_key,
            "-out",
            &ca,
            "-subj",
            "/CN=Test authority",
        ];
        let server = ["-keyout", &key, "-out", &request, "-subj", "/CN=localhost"];
        run(
            "openssl",
            &[&["req", "-x509", "-days", "2"], &new_key[..], &authority].concat(),
        );
        run("openssl", &[&["req"], &new_key[..], &server].concat());
        let signed = [
            "-in",
            &request,
            "-out",
            &certificate,
            "-extfile",
            &extensions,
        ];
        let signing = ["x509", "-req", "-days", "2", "-CA", &ca, "-CAkey", &ca_key];
        run(
            "openssl",
            &[&signing[..], &["-CAcreateserial"], &signed].concat(),
        );
        Some(made)
    }

    pub fn authority(&self) -> PathBuf {
        self.path("ca.pem")
    }

    pub fn certificate(&self) -> PathBuf {
        self.path("server.pem")
    }

    pub fn key(&self) -> PathBuf {
        self.path("server.key")
    }

    pub fn acceptor(&self) -> TlsAcceptor {
        let chain = vec![CertificateDer::from_pem_file(self.certificate()).unwrap()];
        let key = PrivateKeyDer::from_pem_file(self.key()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        TlsAcceptor::from(Arc::new(config))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}
