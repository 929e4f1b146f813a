//! The life of a key by the messages of cosmian_kmip: `life HOST PORT FOLDER VERSION`, where FOLDER holds ca.pem, cert.pem
//! and key.pem. The crate's Register has the Template-Attribute behind the key, where KMIP has it before, and akm refuses
//! it (`malformed`). Prints a line for each step that held, and ends with a code other than 0 at the first one that did
//! not.

mod connection;
mod requests;

use std::{env, process};

use connection::Connection;
use cosmian_kmip::kmip_0::kmip_types::{ErrorReason, State};
use cosmian_kmip::kmip_1_4::kmip_attributes::Attribute;
use cosmian_kmip::kmip_1_4::kmip_data_structures::{KeyBlock, KeyMaterial, KeyValue};
use cosmian_kmip::kmip_1_4::kmip_objects::{Object, SymmetricKey};
use cosmian_kmip::kmip_1_4::kmip_operations::Operation;
use cosmian_kmip::kmip_1_4::kmip_types::{CryptographicAlgorithm, KeyFormatType, ObjectType};

type Outcome = Result<(), String>;
type Step = (&'static str, fn(&mut Life) -> Outcome);

struct Life {
    connection: Connection,
    key: String,
}

fn main() {
    let steps: [Step; 12] = [
        ("discover", discover),
        ("query", query),
        ("create", create),
        ("locate", locate),
        ("get", get),
        ("attributes", attributes),
        ("modify", modify),
        ("malformed", malformed),
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
    let [_, host, port, folder, version] = args else {
        return Err("usage: HOST PORT FOLDER VERSION".into());
    };
    let connection = Connection::open((host, port), folder, version)?;
    Ok(Life { connection, key: String::new() })
}

impl Life {
    fn attributes(&mut self, names: &[&str]) -> Result<Vec<Attribute>, String> {
        match self.connection.ask(requests::get_attributes(&self.key, names))? {
            Operation::GetAttributesResponse(answer) => Ok(answer.attribute.unwrap_or_default()),
            other => Err(format!("got {other:?}")),
        }
    }

    fn expect_state(&mut self, state: State) -> Outcome {
        let found = self.attributes(&["State"])?;
        expect(found == [Attribute::State(state)], found)
    }

    fn expect_refusal(&mut self, request: Operation, reason: ErrorReason) -> Outcome {
        let answer = self.connection.answer(request)?;
        expect(answer.result_reason == Some(reason), answer)
    }
}

fn expect(holds: bool, got: impl std::fmt::Debug) -> Outcome {
    if holds {
        Ok(())
    } else {
        Err(format!("got {got:?}"))
    }
}

fn discover(life: &mut Life) -> Outcome {
    match life.connection.ask(requests::discover_versions())? {
        Operation::DiscoverVersionsResponse(answer) => {
            let versions = answer.protocol_version.unwrap_or_default();
            let minors: Vec<i32> = versions.iter().map(|version| version.protocol_version_minor).collect();
            expect(minors == [1, 0], versions)
        }
        other => expect(false, other),
    }
}

fn query(life: &mut Life) -> Outcome {
    match life.connection.ask(requests::query())? {
        Operation::QueryResponse(answer) => {
            let types = answer.object_type.unwrap_or_default();
            expect(answer.vendor_identification.is_some() && types.contains(&ObjectType::SymmetricKey), types)
        }
        other => expect(false, other),
    }
}

fn create(life: &mut Life) -> Outcome {
    match life.connection.ask(requests::create())? {
        Operation::CreateResponse(answer) => {
            life.key = answer.unique_identifier;
            Ok(())
        }
        other => expect(false, other),
    }
}

fn locate(life: &mut Life) -> Outcome {
    match life.connection.ask(requests::locate())? {
        Operation::LocateResponse(answer) => {
            let found = answer.unique_identifier.unwrap_or_default();
            expect(found == [life.key.clone()], found)
        }
        other => expect(false, other),
    }
}

fn get(life: &mut Life) -> Outcome {
    match life.connection.ask(requests::get(&life.key))? {
        Operation::GetResponse(answer) => match answer.object {
            Object::SymmetricKey(SymmetricKey { key_block }) => expect(is_aes_256(&key_block), "another key"),
            _ => expect(false, answer.object_type),
        },
        other => expect(false, other),
    }
}

fn is_aes_256(block: &KeyBlock) -> bool {
    let Some(KeyValue::Structure { key_material: KeyMaterial::ByteString(bytes), .. }) = &block.key_value else {
        return false;
    };
    bytes.len() == 32
        && block.key_format_type == KeyFormatType::Raw
        && block.cryptographic_algorithm == Some(CryptographicAlgorithm::AES)
        && block.cryptographic_length == Some(256)
}

fn attributes(life: &mut Life) -> Outcome {
    let names = match life.connection.ask(requests::get_attribute_list(&life.key))? {
        Operation::GetAttributeListResponse(answer) => answer.attribute_names,
        other => return expect(false, other),
    };
    expect(names.contains(&"Object Group".into()), names)?;
    let found = life.attributes(&["Name", "State"])?;
    expect(found == [requests::name(), Attribute::State(State::PreActive)], found)
}

fn modify(life: &mut Life) -> Outcome {
    life.connection.ask(requests::add_attribute(&life.key, requests::contact("ops")))?;
    life.connection.ask(requests::modify_attribute(&life.key, requests::contact("night")))?;
    let found = life.attributes(&["Contact Information"])?;
    expect(found == [requests::contact("night")], found)?;
    life.connection.ask(requests::delete_attribute(&life.key, "Contact Information")).map(|_| ())
}

fn malformed(life: &mut Life) -> Outcome {
    life.expect_refusal(requests::register(), ErrorReason::Invalid_Message)
}

fn activate(life: &mut Life) -> Outcome {
    life.connection.ask(requests::activate(&life.key))?;
    life.expect_state(State::Active)
}

fn revoke(life: &mut Life) -> Outcome {
    life.expect_refusal(requests::destroy(&life.key), ErrorReason::Permission_Denied)?;
    life.connection.ask(requests::revoke(&life.key))?;
    life.expect_state(State::Deactivated)
}

fn destroy(life: &mut Life) -> Outcome {
    life.connection.ask(requests::destroy(&life.key)).map(|_| ())
}

fn refusal(life: &mut Life) -> Outcome {
    life.expect_refusal(requests::get(&life.key), ErrorReason::Item_Not_Found)
}
