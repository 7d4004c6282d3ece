//! OPA's bundle signatures: a token that holds the hash of every file.
//!
//! See <https://www.openpolicyagent.org/docs/management-bundles#signing>.

use std::collections::BTreeMap;

use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512, Sha512_256};

use super::{MANIFEST, SIGNATURES, canonical};
use crate::pack::hex::hex;

/// The key that a signature must be by.
#[derive(Clone)]
pub struct VerificationKey {
    key: DecodingKey,
    scope: Option<String>,
}

/// The key that a bundle is signed by.
#[derive(Clone)]
pub struct SigningKey {
    key: EncodingKey,
    algorithm: Algorithm,
    id: String,
}

#[derive(Deserialize, Serialize)]
struct Signatures {
    signatures: Vec<String>,
}

#[derive(Deserialize, Serialize)]
struct Claims {
    files: Vec<Hashed>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    keyid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct Hashed {
    name: String,
    hash: String,
    algorithm: String,
}

impl VerificationKey {
    /// A public key as PEM; of another text, the secret itself. A signature must be of the scope, where one is given.
    ///
    /// # Errors
    ///
    /// Where it is PEM, but no public key of RSA, of an elliptic curve (P-256, P-384) or of Ed25519; or empty.
    pub fn read(text: &[u8], scope: Option<String>) -> Result<Self, String> {
        let key = match pem_kind(text) {
            None => DecodingKey::from_secret(secret(text)?).map_err(|error| error.to_string())?,
            Some(kind) if kind.contains("PRIVATE") => {
                return Err("is a private key: give the public one, and keep this one to yourself".to_owned());
            }
            Some(_) => DecodingKey::from_rsa_pem(text)
                .or_else(|_| DecodingKey::from_ec_pem(text))
                .or_else(|_| DecodingKey::from_ed_pem(text))
                .map_err(|_| "is no public key of RSA, of an elliptic curve or of Ed25519".to_owned())?,
        };
        Ok(VerificationKey { key, scope })
    }
}

impl SigningKey {
    /// A private key as PEM; of another text, the secret itself. `id` is what the signature calls the key.
    ///
    /// # Errors
    ///
    /// Where it is PEM, but no private key of RSA, of an elliptic curve (P-256, P-384) or of Ed25519; or empty.
    pub fn read(text: &[u8], id: &str) -> Result<Self, String> {
        let key = match pem_kind(text) {
            None => EncodingKey::from_secret(secret(text)?).map_err(|error| error.to_string())?,
            Some(kind) if kind.contains("PUBLIC") => return Err("is a public key: sign by the private one".to_owned()),
            Some(_) => EncodingKey::from_rsa_pem(text)
                .or_else(|_| EncodingKey::from_ec_pem(text))
                .or_else(|_| EncodingKey::from_ed_pem(text))
                .map_err(|_| {
                    "is no private key of RSA, of an elliptic curve (as PKCS#8: `openssl pkcs8 -topk8 -nocrypt`) or of \
                     Ed25519"
                        .to_owned()
                })?,
        };
        let signs = |algorithm: &Algorithm| jsonwebtoken::crypto::sign(b"", &key, *algorithm).is_ok();
        let algorithm = match key.family() {
            AlgorithmFamily::Hmac => Algorithm::HS256,
            AlgorithmFamily::Rsa => Algorithm::RS256,
            family => (family.algorithms().iter().copied().find(signs)).ok_or("is of a curve that is not known")?,
        };
        Ok(SigningKey {
            key,
            algorithm,
            id: id.to_owned(),
        })
    }
}

/// The label of a PEM text, `PUBLIC KEY`.
fn pem_kind(text: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(text);
    let (_, after) = text.split_once("-----BEGIN ")?;
    Some(after.split("-----").next()?.to_owned())
}

fn secret(text: &[u8]) -> Result<&[u8], String> {
    match text.trim_ascii() {
        [] => Err("is empty".to_owned()),
        secret => Ok(secret),
    }
}

/// Whether the signature is by the key and names every file by the hash that it has.
///
/// # Errors
///
/// Why it does not hold, for after "the signature".
pub(super) fn verify(
    signatures: &[u8],
    files: &BTreeMap<String, Vec<u8>>,
    key: &VerificationKey,
) -> Result<(), String> {
    let signatures: Signatures = serde_json::from_slice(signatures)
        .map_err(|error| format!("is not as OPA writes it: {SIGNATURES}: {error}"))?;
    let [token] = signatures.signatures.as_slice() else {
        return Err(format!(
            "is no single one: {SIGNATURES} has {}",
            signatures.signatures.len()
        ));
    };
    // Only algorithms of the key's own kind: a public key must never count as the secret of another.
    let mut validation = Validation::new_for_family(key.key.family());
    validation.required_spec_claims.clear();
    // A signed bundle holds until its key is withdrawn, as with OPA; no clock decides on a verdict.
    validation.validate_exp = false;
    validation.validate_aud = false;
    let claims = jsonwebtoken::decode::<Claims>(token, &key.key, &validation)
        .map_err(|error| format!("is not by the given key: {error}"))?
        .claims;
    if claims.scope != key.scope {
        let shown = |scope: &Option<String>| scope.as_ref().map_or("none".to_owned(), |scope| format!("`{scope}`"));
        return Err(format!(
            "is of the scope {}, and {} is wanted",
            shown(&claims.scope),
            shown(&key.scope)
        ));
    }
    let mut signed = BTreeMap::new();
    for file in &claims.files {
        if signed.insert(file.name.trim_start_matches('/'), file).is_some() {
            return Err(format!("names `{}` twice", file.name));
        }
    }
    for (name, content) in files.iter().filter(|(name, _)| *name != SIGNATURES) {
        let file = signed
            .remove(name.as_str())
            .ok_or_else(|| format!("does not cover `{name}`: it was added later"))?;
        let found = hash(name, content, &file.algorithm)?;
        if !found.eq_ignore_ascii_case(&file.hash) {
            return Err(format!("is of another `{name}`: it was changed later"));
        }
    }
    match signed.keys().next() {
        Some(name) => Err(format!("covers `{name}`, which is not there: it was taken out later")),
        None => Ok(()),
    }
}

/// The `.signatures.json` of these files.
///
/// # Errors
///
/// Where one of them is JSON that cannot be read, or the key does not sign.
pub(super) fn sign(files: &BTreeMap<String, Vec<u8>>, key: &SigningKey) -> Result<Vec<u8>, String> {
    const ALGORITHM: &str = "SHA-256";
    let hashed = files
        .iter()
        .filter(|(name, _)| *name != SIGNATURES)
        .map(|(name, content)| {
            Ok(Hashed {
                name: name.clone(),
                hash: hash(name, content, ALGORITHM)?,
                algorithm: ALGORITHM.to_owned(),
            })
        });
    let claims = Claims {
        files: hashed.collect::<Result<_, String>>()?,
        keyid: Some(key.id.clone()),
        scope: None,
    };
    let header = Header {
        kid: Some(key.id.clone()),
        ..Header::new(key.algorithm)
    };
    let token = jsonwebtoken::encode(&header, &claims, &key.key).map_err(|error| error.to_string())?;
    let signatures = Signatures {
        signatures: vec![token],
    };
    serde_json::to_vec(&signatures).map_err(|error| error.to_string())
}

/// The hash of a file, of JSON that of its canonical form.
fn hash(name: &str, content: &[u8], algorithm: &str) -> Result<String, String> {
    let last = name.rsplit('/').next().unwrap_or(name);
    let canonical = match last {
        "data.json" | MANIFEST => {
            canonical::json(content).map_err(|reason| format!("cannot be checked: `{name}` {reason}"))?
        }
        _ => content.to_vec(),
    };
    Ok(match algorithm {
        "SHA-224" => hex(&Sha224::digest(&canonical)),
        "SHA-256" => hex(&Sha256::digest(&canonical)),
        "SHA-384" => hex(&Sha384::digest(&canonical)),
        "SHA-512" => hex(&Sha512::digest(&canonical)),
        "SHA-512-256" => hex(&Sha512_256::digest(&canonical)),
        _ => {
            return Err(format!(
                "hashes `{name}` by {algorithm}, which is not trusted: use SHA-256"
            ));
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn public_key_is_no_secret() {
        // Whoever has the public key could sign by it, were it taken for the secret of another algorithm.
        let public = include_bytes!("../../../testdata/bundle/rsa.pub.pem");
        let files = BTreeMap::from([("a.rego".to_owned(), b"package a".to_vec())]);
        for secret in [public.as_slice(), public.trim_ascii()] {
            let forged = SigningKey {
                key: EncodingKey::from_secret(secret).unwrap(),
                algorithm: Algorithm::HS256,
                id: "default".to_owned(),
            };
            let signatures = sign(&files, &forged).unwrap();
            let error = verify(&signatures, &files, &VerificationKey::read(public, None).unwrap()).unwrap_err();
            assert!(error.contains("is not by the given key"), "{error}");
        }
    }
}
