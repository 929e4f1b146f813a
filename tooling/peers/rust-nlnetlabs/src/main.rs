//! The life of a key by NLnet Labs' kmip-protocol: `life HOST PORT FOLDER VERSION`, where FOLDER holds ca.pem, cert.pem
//! and key.pem. The crate chooses the version of each request itself: 1.0, 1.1 for Discover Versions, 1.2 for Query.
//! Prints a line for each step that held, and ends with a code other than 0 at the first one that did not.

use std::{env, fs, net::TcpStream, process, time::Duration};

use kmip_protocol::client::tls::openssl::connect;
use kmip_protocol::client::{Client, ClientCertificate, ConnectionSettings, Error};
use kmip_protocol::types::common::{
    AttributeName, CryptographicAlgorithm, CryptographicLength, CryptographicUsageMask, KeyFormatType, KeyMaterial,
    ObjectType, UniqueIdentifier,
};
use kmip_protocol::types::request::{
    self, Attribute, KeyBlock, KeyValue, RequestPayload, SymmetricKey, TemplateAttribute,
};
use kmip_protocol::types::response::{ManagedObject, ResponsePayload};
use openssl::ssl::SslStream;

const NAME: &str = "rust-nlnetlabs";
const MATERIAL: [u8; 16] = [7; 16];

type Outcome = Result<(), String>;
type Step = (&'static str, fn(&mut Life) -> Outcome);

struct Life {
    client: Client<SslStream<TcpStream>>,
    created: String,
    registered: String,
}

fn main() {
    let steps: [Step; 13] = [
        ("discover", discover),
        ("query", query),
        ("create", create),
        ("register", register),
        ("locate", locate),
        ("get", get),
        ("attributes", attributes),
        ("modify", modify),
        ("rename", rename),
        ("activate", activate),
        ("revoke", revoke),
        ("destroy", destroy),
        ("refusal", refusal),
    ];
    let mut life = start(&env::args().collect::<Vec<_>>()).unwrap_or_else(|error| fail("start", &error));
    for (name, step) in steps {
        step(&mut life).unwrap_or_else(|error| fail(name, &error));
        println!("{name}");
    }
}

fn fail(step: &str, error: &str) -> ! {
    eprintln!("{step}: {error}");
    process::exit(1)
}

fn start(args: &[String]) -> Result<Life, String> {
    let [_, host, port, folder, _version] = args else {
        return Err("usage: HOST PORT FOLDER VERSION".into());
    };
    let read = |name: &str| fs::read(format!("{folder}/{name}")).map_err(|error| format!("{name}: {error}"));
    let settings = ConnectionSettings {
        host: host.clone(),
        port: port.parse().map_err(|error| format!("port {port}: {error}"))?,
        client_cert: Some(ClientCertificate::SeparatePem {
            cert_bytes: read("cert.pem")?,
            key_bytes: Some(read("key.pem")?),
        }),
        ca_cert: Some(read("ca.pem")?),
        read_timeout: Some(Duration::from_secs(30)),
        ..Default::default()
    };
    let client = connect(&settings).map_err(|error| error.to_string())?;
    Ok(Life { client, created: String::new(), registered: String::new() })
}

impl Life {
    fn ask(&self, payload: RequestPayload) -> Result<ResponsePayload, String> {
        self.client.do_request(payload).map_err(|error| error.to_string())
    }
}

fn expect(holds: bool, got: impl std::fmt::Debug) -> Outcome {
    if holds { Ok(()) } else { Err(format!("got {got:?}")) }
}

fn discover(life: &mut Life) -> Outcome {
    match life.ask(RequestPayload::DiscoverVersions(vec![]))? {
        ResponsePayload::DiscoverVersions(answer) => {
            let versions = answer.supported_versions.unwrap_or_default();
            let minors: Vec<i32> = versions.iter().map(|version| version.minor).collect();
            expect(minors == [1, 0], versions)
        }
        other => expect(false, other),
    }
}

fn query(life: &mut Life) -> Outcome {
    let answer = life.client.query().map_err(|error| error.to_string())?;
    let types = answer.object_types.clone().unwrap_or_default();
    expect(answer.vendor_identification.is_some() && types.contains(&ObjectType::SymmetricKey), answer)
}

fn create(life: &mut Life) -> Outcome {
    let template = TemplateAttribute::unnamed(vec![
        Attribute::CryptographicAlgorithm(CryptographicAlgorithm::AES),
        Attribute::CryptographicLength(256),
        Attribute::CryptographicUsageMask(CryptographicUsageMask::Encrypt),
        Attribute::Name(NAME.into()),
        Attribute::ObjectGroup(NAME.into()),
    ]);
    match life.ask(RequestPayload::Create(ObjectType::SymmetricKey, template))? {
        ResponsePayload::Create(answer) => {
            life.created = answer.unique_identifier.0;
            Ok(())
        }
        other => expect(false, other),
    }
}

fn register(life: &mut Life) -> Outcome {
    let template = TemplateAttribute::unnamed(vec![Attribute::CryptographicUsageMask(CryptographicUsageMask::Encrypt)]);
    let key = request::ManagedObject::SymmetricKey(SymmetricKey(KeyBlock(
        KeyFormatType::Raw,
        None,
        Some(KeyValue(KeyMaterial::Bytes(MATERIAL.to_vec()), None)),
        Some(CryptographicAlgorithm::AES),
        Some(CryptographicLength(128)),
        None,
    )));
    match life.ask(RequestPayload::Register(ObjectType::SymmetricKey, template, Some(key)))? {
        ResponsePayload::Register(answer) => {
            life.registered = answer.unique_identifier.0;
            Ok(())
        }
        other => expect(false, other),
    }
}

fn locate(life: &mut Life) -> Outcome {
    let filters = vec![Attribute::Name(NAME.into()), Attribute::ObjectGroup(NAME.into())];
    match life.ask(RequestPayload::Locate(filters))? {
        ResponsePayload::Locate(answer) => {
            let found = &answer.unique_identifiers;
            expect(found.len() == 1 && found[0].0 == life.created, found)
        }
        other => expect(false, other),
    }
}

fn get(life: &mut Life) -> Outcome {
    let answer = life.client.get_key(&life.registered).map_err(|error| error.to_string())?;
    match &answer.cryptographic_object {
        ManagedObject::SymmetricKey(key) => {
            expect(key.key_block.key_value.key_material == KeyMaterial::Bytes(MATERIAL.to_vec()), "another key")
        }
        other => expect(false, other),
    }
}

fn attributes(life: &mut Life) -> Outcome {
    let id = Some(UniqueIdentifier(life.created.clone()));
    let names = match life.ask(RequestPayload::GetAttributeList(id.clone()))? {
        ResponsePayload::GetAttributeList(answer) => answer.attributes,
        other => return expect(false, other),
    };
    expect(names.contains(&AttributeName("Object Group".into())), names)?;
    let wanted = Some(vec![AttributeName("Name".into()), AttributeName("State".into())]);
    match life.ask(RequestPayload::GetAttributes(id, wanted))? {
        ResponsePayload::GetAttributes(answer) => {
            let found = answer.attributes.unwrap_or_default();
            expect(found.len() == 2, found)
        }
        other => expect(false, other),
    }
}

fn modify(life: &mut Life) -> Outcome {
    let id = Some(UniqueIdentifier(life.created.clone()));
    life.ask(RequestPayload::AddAttribute(id.clone(), Attribute::ContactInformation("ops".into())))?;
    life.ask(RequestPayload::ModifyAttribute(id.clone(), Attribute::ContactInformation("night".into())))?;
    life.ask(RequestPayload::DeleteAttribute(id, AttributeName("Contact Information".into()), None)).map(|_| ())
}

fn rename(life: &mut Life) -> Outcome {
    life.client.rename_key(&life.created, format!("{NAME} renamed")).map_err(|error| error.to_string()).map(|_| ())
}

fn activate(life: &mut Life) -> Outcome {
    life.client.activate_key(&life.created).map_err(|error| error.to_string())
}

fn revoke(life: &mut Life) -> Outcome {
    expect(life.client.destroy_key(&life.created).is_err(), "an active key was destroyed")?;
    life.client.revoke_key(&life.created).map_err(|error| error.to_string())
}

fn destroy(life: &mut Life) -> Outcome {
    for id in [&life.created, &life.registered] {
        life.client.destroy_key(id).map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn refusal(life: &mut Life) -> Outcome {
    match life.client.get_key(&life.created) {
        Err(Error::ItemNotFound(_)) => Ok(()),
        other => expect(false, other.map(|_| "a destroyed key")),
    }
}
